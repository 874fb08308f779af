/** Whole nights on simulated machines: the ordinary code, with seeded stand-ins at its five edges and faults in each. */
@NullMarked
package pantheon.night.simulation;

import org.jspecify.annotations.NullMarked;

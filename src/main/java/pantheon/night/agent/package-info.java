/** The finite-state tool loop, its bounds, and the acceptance checks. */
@NullMarked
package pantheon.night.agent;

import org.jspecify.annotations.NullMarked;

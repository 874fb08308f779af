/** The work of several nights on one branch: copied from where they did it, merged in their order, and judged where texts were merged. */
@NullMarked
package pantheon.night.workspace.gather;

import org.jspecify.annotations.NullMarked;

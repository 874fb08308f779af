/** The night: the run from the first task to the last, in its window, watched. */
@NullMarked
package pantheon.night.batch;

import org.jspecify.annotations.NullMarked;

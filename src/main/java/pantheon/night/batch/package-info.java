/** The night: its queue, its agents put together, and the run from the first task to the last. */
@NullMarked
package pantheon.night.batch;

import org.jspecify.annotations.NullMarked;

/** Who does a night's work beside its own thread, and who looks after it while it is done. */
@NullMarked
package pantheon.night.batch.work;

import org.jspecify.annotations.NullMarked;

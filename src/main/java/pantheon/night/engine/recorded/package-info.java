/** Generations played back from a record: what replay and tests run on. */
@NullMarked
package pantheon.night.engine.recorded;

import org.jspecify.annotations.NullMarked;

/** What a person wants of a night while it runs: that it pauses, goes on, or ends at another time. */
@NullMarked
package pantheon.night.batch.direction;

import org.jspecify.annotations.NullMarked;

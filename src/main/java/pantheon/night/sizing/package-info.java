/** How long a night will take: a fold over earlier journals. */
@NullMarked
package pantheon.night.sizing;

import org.jspecify.annotations.NullMarked;

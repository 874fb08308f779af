/** Distributions, queues and quantiles, knowing of no night. */
@NullMarked
package pantheon.night.sizing.math;

import org.jspecify.annotations.NullMarked;

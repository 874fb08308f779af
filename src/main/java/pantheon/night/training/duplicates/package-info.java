/** Samples that say nearly the same: found, grouped, and each group given to one split. */
@NullMarked
package pantheon.night.training.duplicates;

import org.jspecify.annotations.NullMarked;

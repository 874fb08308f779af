/** How far what a graph computes is from what its weights say. */
@NullMarked
package pantheon.night.model.exactness;

import org.jspecify.annotations.NullMarked;

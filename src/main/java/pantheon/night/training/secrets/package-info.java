/** Secrets in texts: found by their shapes, blotted out, and looked for once more. */
@NullMarked
package pantheon.night.training.secrets;

import org.jspecify.annotations.NullMarked;

/** From logits to tokens, for many conversations at once, whatever computes the logits. */
@NullMarked
package pantheon.night.engine.decode;

import org.jspecify.annotations.NullMarked;

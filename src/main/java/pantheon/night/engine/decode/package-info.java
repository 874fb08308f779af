/** From logits to tokens, whatever computes the logits. */
@NullMarked
package pantheon.night.engine.decode;

import org.jspecify.annotations.NullMarked;

/** Decoders of the llama family: their measures and weights, the graph that computes them, and the same computed plainly. */
@NullMarked
package pantheon.night.model.decoder;

import org.jspecify.annotations.NullMarked;

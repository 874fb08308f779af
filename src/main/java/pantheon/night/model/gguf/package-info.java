/** GGUF files: what their header says and where their tensors lie. */
@NullMarked
package pantheon.night.model.gguf;

import org.jspecify.annotations.NullMarked;

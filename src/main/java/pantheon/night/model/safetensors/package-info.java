/** Safetensors files: what their header says and where their tensors lie. */
@NullMarked
package pantheon.night.model.safetensors;

import org.jspecify.annotations.NullMarked;

/** Decoder-only models in the process, through ONNX Runtime, with tokenizers from DJL. */
@NullMarked
package pantheon.night.engine.onnx;

import org.jspecify.annotations.NullMarked;

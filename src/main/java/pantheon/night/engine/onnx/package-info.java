/** Decoder-only models in the process, through ONNX Runtime. */
@NullMarked
package pantheon.night.engine.onnx;

import org.jspecify.annotations.NullMarked;

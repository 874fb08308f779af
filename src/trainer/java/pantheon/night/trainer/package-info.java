/**
 * The trainer of the embedded tiny model: byte-level BPE, a Qwen2 decoder with a copying circuit in its initial
 * weights, AdamW, and the export to ONNX with a KV cache. It is compiled and run only under the Maven profile {@code
 * trainer}, so that the runner's class path stays free of PyTorch.
 */
@NullMarked
package pantheon.night.trainer;

import org.jspecify.annotations.NullMarked;

package pantheon.night.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import java.util.List;
import java.util.Map;
import pantheon.night.model.ModelFolder;

/**
 * A decoder's inputs and outputs, found by the names that Optimum, transformers.js and the ONNX Runtime generator give
 * them, with the types and shapes that the graph itself states.
 *
 * @param integers the types of the inputs of tokens, mask and positions, by their names
 * @param logits the type of the logits
 * @param vocabulary the logits' width, which may be more than there are tokens
 */
record GraphNames(Map<String, OnnxJavaType> integers, List<KvTensor> kv, OnnxJavaType logits, int vocabulary) {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String POSITIONS = "position_ids";
    static final String LOGITS = "logits";
    /** How many of the last tokens to give out logits for. */
    static final String LOGITS_KEPT = "num_logits_to_keep";

    /** @throws pantheon.night.NightException with exit code 69 where the graph is no decoder with a KV cache */
    static GraphNames of(ModelFolder folder, Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {
        return new GraphSignature(folder, inputs, outputs).names();
    }

    /** Whether keys and values are in 16 bits, and so the graph's arithmetic. */
    boolean isHalf() {
        return kv.getFirst().type() == OnnxJavaType.FLOAT16;
    }
}

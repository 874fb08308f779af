package pantheon.night.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import java.util.List;
import java.util.Map;
import pantheon.night.model.ModelFolder;

/**
 * A decoder's inputs and outputs, found by the names that Optimum, transformers.js, the ONNX Runtime generator and
 * {@code model import} give them, with the types and shapes that the graph itself states.
 *
 * <p>What {@code model import} writes: {@code input_ids} [batch, count], {@code seqlens_k} [batch] (the tokens of each
 * row with these, less one), {@code total_sequence_length} (a scalar, the most tokens of any row with these), {@code
 * logit_rows} [n] (the places in batch x count behind which logits are wanted), {@code past_key_values.L.key|value} and
 * {@code present.L.key|value} [batch, heads, capacity, width] that are the same memory, and {@code logits} [n,
 * vocabulary]. Batch 1 takes any count behind any past; a greater batch takes a count of 1, rows of any lengths.
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
    /** Each row's tokens with those of a run, less one. */
    static final String LAST = "seqlens_k";
    /** The most of any row. */
    static final String MOST = "total_sequence_length";
    /** The places behind which logits are wanted. */
    static final String ROWS = "logit_rows";

    /** @throws pantheon.night.NightException with exit code 69 where the graph is no decoder with a KV cache */
    static GraphNames of(ModelFolder folder, Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {
        return new GraphSignature(folder, inputs, outputs).names();
    }

    /** Whether the graph gives out logits of those places alone that it is asked for. */
    boolean picksRows() {
        return integers.containsKey(ROWS);
    }

    /** Whether keys and values are in 16 bits, and so the graph's arithmetic. */
    boolean isHalf() {
        return kv.getFirst().type() == OnnxJavaType.FLOAT16;
    }
}

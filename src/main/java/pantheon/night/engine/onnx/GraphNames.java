package pantheon.night.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
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

    private static final Set<String> KNOWN = Set.of(IDS, MASK, POSITIONS, LOGITS_KEPT);
    private static final Pattern PAST =
            Pattern.compile("past(?:_key_values)?[._](?:(\\d+)[._](?:decoder\\.)?(key|value)|(key|value)[._](\\d+))");
    private static final Pattern PRESENT = Pattern.compile(
            "present(?:_key_values)?[._](?:(\\d+)[._](?:decoder\\.)?(key|value)|(key|value)[._](\\d+))");

    static GraphNames of(ModelFolder folder, Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {
        var integers = new HashMap<String, OnnxJavaType>();
        var pasts = new HashMap<String, String>();
        for (var name : inputs.keySet()) {
            var part = part(PAST, name);
            if (part != null) {
                pasts.put(part, name);
            } else if (KNOWN.contains(name)) {
                integers.put(name, integer(folder, name, inputs));
            } else {
                throw unusable(
                        folder,
                        "asks for an input %s; expected %s and a KV cache".formatted(name, new TreeSet<>(KNOWN)));
            }
        }
        var presents = new HashMap<String, String>();
        for (var name : outputs.keySet()) {
            var part = part(PRESENT, name);
            if (part != null) {
                presents.put(part, name);
            }
        }
        if (!integers.containsKey(IDS) || !outputs.containsKey(LOGITS)) {
            throw unusable(
                    folder,
                    "has no input %s or no output %s; expected a decoder-only language model".formatted(IDS, LOGITS));
        }
        if (pasts.isEmpty() || !pasts.keySet().equals(presents.keySet())) {
            throw unusable(
                    folder,
                    "has %d past inputs and %d present outputs; expected a KV cache, with as many of both"
                            .formatted(pasts.size(), presents.size()));
        }
        var kv = new ArrayList<KvTensor>();
        pasts.forEach((part, past) -> kv.add(kvTensor(folder, past, presents.get(part), info(folder, past, inputs))));
        var logits = info(folder, LOGITS, outputs);
        if (logits.getShape().length != 3 || logits.getShape()[2] < 1 || !isFloat(logits.type)) {
            throw unusable(
                    folder, "gives out logits as %s; expected floats or halves of a fixed width".formatted(logits));
        }
        return new GraphNames(integers, List.copyOf(kv), logits.type, Math.toIntExact(logits.getShape()[2]));
    }

    private static @Nullable String part(Pattern pattern, String name) {
        var match = pattern.matcher(name);
        if (!match.matches()) {
            return null;
        }
        return match.group(1) == null ? match.group(4) + match.group(3) : match.group(1) + match.group(2);
    }

    private static KvTensor kvTensor(ModelFolder folder, String past, @Nullable String present, TensorInfo info) {
        var shape = info.getShape();
        if (present == null || shape.length != 4 || !isFloat(info.type)) {
            throw unusable(
                    folder,
                    "takes %s as %s; expected floats or halves [batch, heads, tokens, width]".formatted(past, info));
        }
        int heads = shape[1] > 0 ? (int) shape[1] : folder.kvHeads();
        int width = shape[3] > 0 ? (int) shape[3] : folder.headWidth();
        if (heads < 1 || width < 1) {
            throw unusable(
                    folder, "leaves the heads or the width of %s open, and so does the configuration".formatted(past));
        }
        return new KvTensor(past, present, info.type, heads, width);
    }

    private static OnnxJavaType integer(ModelFolder folder, String name, Map<String, NodeInfo> inputs) {
        var type = info(folder, name, inputs).type;
        if (type != OnnxJavaType.INT64 && type != OnnxJavaType.INT32) {
            throw unusable(folder, "takes %s as %s; expected integers".formatted(name, type));
        }
        return type;
    }

    private static TensorInfo info(ModelFolder folder, String name, Map<String, NodeInfo> nodes) {
        var node = nodes.get(name);
        if (node != null && node.getInfo() instanceof TensorInfo info) {
            return info;
        }
        throw unusable(folder, "has no tensor %s".formatted(name));
    }

    private static boolean isFloat(OnnxJavaType type) {
        return type == OnnxJavaType.FLOAT || type == OnnxJavaType.FLOAT16;
    }

    private static NightException unusable(ModelFolder folder, String what) {
        return ModelFolder.unusable(
                folder.graph() + " " + what,
                "Export it as a decoder-only language model with KV cache (text-generation-with-past).");
    }

    /** Whether keys and values are in 16 bits, and so the graph's arithmetic. */
    boolean isHalf() {
        return kv.getFirst().type() == OnnxJavaType.FLOAT16;
    }
}

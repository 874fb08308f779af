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

/** What a graph states of its inputs and outputs, read for what a decoder with a KV cache has. */
record GraphSignature(ModelFolder folder, Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {
    private static final Set<String> KNOWN = Set.of(
            GraphNames.IDS,
            GraphNames.MASK,
            GraphNames.POSITIONS,
            GraphNames.LOGITS_KEPT,
            GraphNames.LAST,
            GraphNames.MOST,
            GraphNames.ROWS);
    private static final String PART =
            "(?:_key_values)?[._](?:(\\d+)[._](?:decoder\\.)?(key|value)|(key|value)[._](\\d+))";
    private static final Pattern PAST = Pattern.compile("past" + PART);
    private static final Pattern PRESENT = Pattern.compile("present" + PART);

    GraphNames names() {
        var integers = integers();
        if (!integers.containsKey(GraphNames.IDS) || !outputs.containsKey(GraphNames.LOGITS)) {
            throw unusable("has no input %s or no output %s; expected a decoder-only language model"
                    .formatted(GraphNames.IDS, GraphNames.LOGITS));
        }
        var kv = kv();
        var logits = logits();
        var shape = logits.getShape();
        return new GraphNames(integers, kv, logits.type, Math.toIntExact(shape[shape.length - 1]));
    }

    /** The types of the inputs beside the KV cache, by name. */
    private Map<String, OnnxJavaType> integers() {
        var integers = new HashMap<String, OnnxJavaType>();
        for (var name : inputs.keySet()) {
            if (KNOWN.contains(name)) {
                integers.put(name, integer(name));
            } else if (part(PAST, name) == null) {
                throw unusable(
                        "asks for an input %s; expected %s and a KV cache".formatted(name, new TreeSet<>(KNOWN)));
            }
        }
        return integers;
    }

    private OnnxJavaType integer(String name) {
        var type = info(name, inputs).type;
        if (type != OnnxJavaType.INT64 && type != OnnxJavaType.INT32) {
            throw unusable("takes %s as %s; expected integers".formatted(name, type));
        }
        return type;
    }

    private List<KvTensor> kv() {
        var pasts = parts(PAST, inputs);
        var presents = parts(PRESENT, outputs);
        if (pasts.isEmpty() || !pasts.keySet().equals(presents.keySet())) {
            throw unusable("has %d past inputs and %d present outputs; expected a KV cache, with as many of both"
                    .formatted(pasts.size(), presents.size()));
        }
        var kv = new ArrayList<KvTensor>();
        pasts.forEach((part, past) -> kv.add(kvTensor(past, presents.get(part))));
        return List.copyOf(kv);
    }

    /** The names of parts of the KV cache, by layer and by which of keys and values they are. */
    private static Map<String, String> parts(Pattern pattern, Map<String, NodeInfo> nodes) {
        var parts = new HashMap<String, String>();
        for (var name : nodes.keySet()) {
            var part = part(pattern, name);
            if (part != null) {
                parts.put(part, name);
            }
        }
        return parts;
    }

    private static @Nullable String part(Pattern pattern, String name) {
        var match = pattern.matcher(name);
        if (!match.matches()) {
            return null;
        }
        return match.group(1) == null ? match.group(4) + match.group(3) : match.group(1) + match.group(2);
    }

    private KvTensor kvTensor(String past, @Nullable String present) {
        var info = info(past, inputs);
        var shape = info.getShape();
        if (present == null || shape.length != 4 || !isFloat(info.type)) {
            throw unusable(
                    "takes %s as %s; expected floats or halves [batch, heads, tokens, width]".formatted(past, info));
        }
        int heads = shape[1] > 0 ? (int) shape[1] : folder.kvHeads();
        int width = shape[3] > 0 ? (int) shape[3] : folder.headWidth();
        if (heads < 1 || width < 1) {
            throw unusable("leaves the heads or the width of %s open, and so does the configuration".formatted(past));
        }
        return new KvTensor(past, present, info.type, heads, width);
    }

    private TensorInfo logits() {
        var logits = info(GraphNames.LOGITS, outputs);
        var shape = logits.getShape();
        int rank = inputs.containsKey(GraphNames.ROWS) ? 2 : 3;
        if (shape.length != rank || shape[rank - 1] < 1 || !isFloat(logits.type)) {
            throw unusable("gives out logits as %s; expected floats or halves of a fixed width".formatted(logits));
        }
        return logits;
    }

    private TensorInfo info(String name, Map<String, NodeInfo> nodes) {
        var node = nodes.get(name);
        if (node != null && node.getInfo() instanceof TensorInfo info) {
            return info;
        }
        throw unusable("has no tensor %s".formatted(name));
    }

    private static boolean isFloat(OnnxJavaType type) {
        return type == OnnxJavaType.FLOAT || type == OnnxJavaType.FLOAT16;
    }

    private NightException unusable(String what) {
        return ModelFolder.unusable(
                folder.graph() + " " + what,
                "Export it as a decoder-only language model with KV cache (text-generation-with-past).");
    }
}

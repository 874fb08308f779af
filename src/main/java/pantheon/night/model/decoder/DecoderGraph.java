package pantheon.night.model.decoder;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import pantheon.night.model.graph.Attribute;
import pantheon.night.model.graph.Constant;
import pantheon.night.model.graph.ConstantOutput;
import pantheon.night.model.graph.ElementType;
import pantheon.night.model.graph.OnnxGraph;
import pantheon.night.model.weight.WeightRows;

/**
 * Puts a decoder together as a graph: RMS norms, grouped attention with rotated queries and keys, and gated feed-forward
 * layers (Llama 2, arXiv:2307.09288), in the operators of ONNX Runtime.
 *
 * <p>Into the graph go {@code input_ids} [batch, sequence], the number of tokens that each row has then, less one,
 * {@code seqlens_k} [batch], the greatest of those numbers {@code total_sequence_length}, and the rows of tokens, counted
 * through the batch, that logits are wanted of, {@code logit_rows} [rows]; out come {@code logits} [rows, vocabulary]. Keys
 * and values are {@code past_key_values.N.key|value} and {@code present.N.key|value} [batch, heads, tokens, head width].
 *
 * <p>With slots, each sequence has keys and values of its own, {@code past_key_values.N.key.S} and so on, the tokens of all
 * lie one behind the other in a batch of one, and {@code slot_tokens} [slots] says how many are whose.
 */
public final class DecoderGraph {
    private final DecoderWeights weights;
    private final DecoderShape shape;
    private final Arithmetic arithmetic;
    private final int slots;
    private final OnnxGraph graph;
    private final Multiplication multiply;
    private String batchShape = "";

    private DecoderGraph(DecoderWeights weights, Arithmetic arithmetic, int slots) {
        this.weights = weights;
        this.shape = weights.shape();
        this.arithmetic = arithmetic;
        this.slots = slots;
        graph = new OnnxGraph(shape.family().key());
        multiply = new Multiplication(graph, arithmetic);
    }

    /** A graph that takes a batch, one sequence a row. */
    public static OnnxGraph batched(DecoderWeights weights, Arithmetic arithmetic) {
        return new DecoderGraph(weights, arithmetic, 0).build();
    }

    /** A graph that takes so many sequences with any number of tokens each. */
    public static OnnxGraph slotted(DecoderWeights weights, Arithmetic arithmetic, int slots) {
        return new DecoderGraph(weights, arithmetic, slots).build();
    }

    private OnnxGraph build() {
        openInputs();
        var embedding = EmbeddingTable.add(graph, weights.rows(Part.EMBEDDING, 0));
        var tokens = graph.node("Reshape", "tokens", List.of("input_ids", graph.integers(-1L)));
        var state = new State(embedding.rows(tokens), "");
        state = new State(state.sum(), norm("layer.0.attention_norm", state.sum(), Part.ATTENTION_NORM, 0));
        for (int layer = 0; layer < shape.layers(); layer++) {
            state = feedForward(layer, attention(layer, state));
        }
        writeLogits(embedding, state.normed());
        return graph;
    }

    /**
     * What goes from one half of a layer to the next.
     *
     * @param sum all that the halves before have added up to, [tokens, width]
     * @param normed the same under the norm of the half that comes
     */
    private record State(String sum, String normed) {}

    private void openInputs() {
        graph.input("input_ids", ElementType.INT64, "batch", "sequence");
        for (var slot : slotNames()) {
            graph.input("seqlens_k" + slot, ElementType.INT32, slots == 0 ? "batch" : (Object) 1);
            graph.input("total_sequence_length" + slot, ElementType.INT32);
        }
        if (slots > 0) {
            graph.input("slot_tokens", ElementType.INT64, slots);
        }
        graph.input("logit_rows", ElementType.INT64, "rows");
        graph.output("logits", ElementType.FLOAT, "rows", shape.vocabulary());
        var turned = List.of(
                Constant.of("cosines", ElementType.FLOAT, shape.contextTokens(), shape.headWidth() / 2),
                Constant.of("sines", ElementType.FLOAT, shape.contextTokens(), shape.headWidth() / 2));
        graph.constants(turned, this::fillAngles);
    }

    private void fillAngles(List<ConstantOutput> outputs) {
        for (int position = 0; position < shape.contextTokens(); position++) {
            for (int pair = 0; pair < shape.headWidth() / 2; pair++) {
                double angle = shape.rotary().angle(position, pair);
                outputs.get(0).put((float) Math.cos(angle));
                outputs.get(1).put((float) Math.sin(angle));
            }
        }
    }

    /** What the names of a slot's values end with; nothing where there are no slots. */
    private List<String> slotNames() {
        return slots == 0
                ? List.of("")
                : Stream.iterate(0, slot -> slot < slots, slot -> slot + 1)
                        .map(slot -> "." + slot)
                        .toList();
    }

    private State attention(int layer, State state) {
        var name = "layer.%d.attention".formatted(layer);
        var heads = List.of(Part.QUERY, Part.KEY, Part.VALUE);
        var product =
                multiply.by(heads.stream().map(part -> ordered(part, layer)).toList(), name + ".heads", state.normed());
        var biased = biased(product, layer, name);
        var attended = graph.node(
                "Reshape",
                name + ".rows",
                List.of(attended(layer, name, normedHeads(layer, name, biased)), graph.integers(-1L, (long)
                        shape.queryWidth())));
        var out = multiply.by(List.of(weights.rows(Part.ATTENTION_OUTPUT, layer)), name + ".out", attended);
        return added(state.sum(), out, "layer.%d.feed_norm".formatted(layer), Part.FEED_NORM, layer);
    }

    /** The rows of a part, those of query and key in the order that the attention expects. */
    private WeightRows ordered(Part part, int layer) {
        var rows = weights.rows(part, layer);
        boolean turned = part == Part.QUERY || part == Part.KEY;
        return turned && weights.isInPairs() ? new HalvesOrder(rows, shape.headWidth()) : rows;
    }

    private String biased(String product, int layer, String name) {
        if (weights.find(Part.QUERY_BIAS, layer).isEmpty()) {
            return product;
        }
        var biases = Stream.of(Part.QUERY_BIAS, Part.KEY_BIAS, Part.VALUE_BIAS)
                .map(part -> weights.rows(part, layer))
                .toList();
        long numbers = shape.queryWidth() + 2L * shape.kvWidth();
        var bias = Constant.of(name + ".bias", ElementType.FLOAT, numbers);
        graph.constants(List.of(bias), outputs -> biases.forEach(rows -> put(rows.only(), outputs.getFirst())));
        return graph.node("Add", name + ".biased", List.of(product, bias.name()));
    }

    private static void put(float[] numbers, ConstantOutput output) {
        for (float number : numbers) {
            output.put(number);
        }
    }

    /** The values that the attention takes: all heads in one, or query, key and value by themselves after their norms. */
    private List<String> normedHeads(int layer, String name, String heads) {
        if (weights.find(Part.QUERY_NORM, layer).isEmpty()) {
            return List.of(heads);
        }
        var parts = List.of(name + ".query", name + ".key", name + ".value");
        var widths = graph.integers((long) shape.queryWidth(), (long) shape.kvWidth(), (long) shape.kvWidth());
        graph.node("Split", name + ".split", List.of(heads, widths), parts, Attribute.of("axis", -1));
        return List.of(
                normedHeads(parts.get(0), Part.QUERY_NORM, layer, shape.queryWidth()),
                normedHeads(parts.get(1), Part.KEY_NORM, layer, shape.kvWidth()),
                parts.get(2));
    }

    private String normedHeads(String heads, Part norm, int layer, int width) {
        var apart =
                graph.node("Reshape", heads + ".apart", List.of(heads, graph.integers(-1L, (long) shape.headWidth())));
        var normed = norm(heads + ".normed", apart, norm, layer);
        return graph.node("Reshape", heads + ".together", List.of(normed, graph.integers(-1L, (long) width)));
    }

    private String attended(int layer, String name, List<String> heads) {
        var batch = heads.stream()
                .map(part -> graph.node("Reshape", part + ".batch", List.of(part, batchShape())))
                .toList();
        if (slots == 0) {
            return attention(layer, name, "", batch);
        }
        var bySlot = batch.stream().map(part -> bySlot(part)).toList();
        var results = new ArrayList<String>();
        for (int slot = 0; slot < slots; slot++) {
            int at = slot;
            results.add(attention(
                    layer,
                    name,
                    "." + slot,
                    bySlot.stream().map(parts -> parts.get(at)).toList()));
        }
        return graph.node("Concat", name, results, Attribute.of("axis", 1));
    }

    /** {@code [batch, sequence, -1]}, made once. */
    private String batchShape() {
        if (batchShape.isEmpty()) {
            var ids = graph.node("Shape", "input_ids.shape", List.of("input_ids"));
            batchShape =
                    graph.node("Concat", "batch.shape", List.of(ids, graph.integers(-1L)), Attribute.of("axis", 0));
        }
        return batchShape;
    }

    private List<String> bySlot(String value) {
        var parts = slotNames().stream().map(slot -> value + slot).toList();
        graph.node("Split", value + ".slots", List.of(value, "slot_tokens"), parts, Attribute.of("axis", 1));
        return parts;
    }

    private String attention(int layer, String name, String slot, List<String> heads) {
        var from = new ArrayList<>(heads);
        while (from.size() < 3) {
            from.add("");
        }
        from.addAll(List.of(
                kv("past_key_values", layer, "key", slot, true),
                kv("past_key_values", layer, "value", slot, true),
                "seqlens_k" + slot,
                "total_sequence_length" + slot,
                "cosines",
                "sines"));
        var to = List.of(
                name + slot, kv("present", layer, "key", slot, false), kv("present", layer, "value", slot, false));
        graph.node(
                "GroupQueryAttention",
                name + slot,
                from,
                to,
                Attribute.of("num_heads", shape.heads()),
                Attribute.of("kv_num_heads", shape.kvHeads()),
                Attribute.of("do_rotary", 1),
                Attribute.of("rotary_interleaved", 0),
                Attribute.of("scale", (float) (1 / Math.sqrt(shape.headWidth()))));
        return name + slot;
    }

    private String kv(String when, int layer, String which, String slot, boolean in) {
        var name = "%s.%d.%s%s".formatted(when, layer, which, slot);
        var tokens = (in ? "past" : "total") + slot;
        Object batch = slots == 0 ? "batch" : (Object) 1;
        if (in) {
            graph.input(name, ElementType.FLOAT, batch, shape.kvHeads(), tokens, shape.headWidth());
        } else {
            graph.output(name, ElementType.FLOAT, batch, shape.kvHeads(), tokens, shape.headWidth());
        }
        return name;
    }

    private State feedForward(int layer, State state) {
        var name = "layer.%d.feed_forward".formatted(layer);
        var both = multiply.by(
                List.of(weights.rows(Part.GATE, layer), weights.rows(Part.UP, layer)), name + ".both", state.normed());
        var halves = graph.integers((long) shape.feedForward(), (long) shape.feedForward());
        var parts = List.of(name + ".gate", name + ".up");
        graph.node("Split", name + ".split", List.of(both, halves), parts, Attribute.of("axis", -1));
        // x × sigmoid(x), in one node
        var gate = graph.node("QuickGelu", name + ".open", List.of(parts.get(0)), Attribute.of("alpha", 1f));
        var gated = graph.node("Mul", name + ".gated", List.of(gate, parts.get(1)));
        var out = multiply.by(List.of(weights.rows(Part.DOWN, layer)), name + ".out", gated);
        return layer + 1 < shape.layers()
                ? added(
                        state.sum(),
                        out,
                        "layer.%d.attention_norm".formatted(layer + 1),
                        Part.ATTENTION_NORM,
                        layer + 1)
                : added(state.sum(), out, "output_norm", Part.OUTPUT_NORM, 0);
    }

    private State added(String sum, String more, String name, Part norm, int layer) {
        graph.node(
                "SkipSimplifiedLayerNormalization",
                name,
                List.of(sum, more, normWeight(name, norm, layer)),
                List.of(name, "", "", name + ".sum"),
                Attribute.of("epsilon", shape.epsilon()));
        return new State(name + ".sum", name);
    }

    private String norm(String name, String in, Part norm, int layer) {
        return graph.node(
                "SimplifiedLayerNormalization",
                name,
                List.of(in, normWeight(name, norm, layer)),
                Attribute.of("epsilon", shape.epsilon()),
                Attribute.of("axis", -1),
                Attribute.of("stash_type", 1));
    }

    private String normWeight(String name, Part norm, int layer) {
        var rows = weights.rows(norm, layer);
        var weight = Constant.of(name + ".weight", ElementType.FLOAT, rows.columns());
        graph.constants(List.of(weight), outputs -> put(rows.only(), outputs.getFirst()));
        return weight.name();
    }

    private void writeLogits(EmbeddingTable embedding, String normed) {
        var wanted = graph.node("Gather", "wanted", List.of(normed, "logit_rows"));
        var output = weights.find(Part.OUTPUT, 0);
        var logits = output.isEmpty() && embedding.multiplies(arithmetic)
                ? multiply.by(embedding.table(), "output", wanted)
                : multiply.by(List.of(output.orElseGet(() -> weights.rows(Part.EMBEDDING, 0))), "output", wanted);
        graph.node("Identity", "logits", List.of(logits));
    }
}

package pantheon.night.engine.onnx;

import static pantheon.night.engine.onnx.OnnxGraph.BOOL;
import static pantheon.night.engine.onnx.OnnxGraph.CONTRIBUTED;
import static pantheon.night.engine.onnx.OnnxGraph.INT32;
import static pantheon.night.engine.onnx.OnnxGraph.INT64;
import static pantheon.night.engine.onnx.OnnxGraph.integer;
import static pantheon.night.engine.onnx.OnnxGraph.integers;
import static pantheon.night.engine.onnx.OnnxGraph.number;

import java.util.List;
import java.util.Random;

/**
 * A small Qwen2 decoder with random weights, as different exporters would write it. What it says means nothing, but
 * every token of it depends on all tokens before.
 */
final class DecoderGraph {
    static final int WIDTH = 32;
    static final int HEADS = 2;
    static final int KV_HEADS = 1;
    static final int HEAD_WIDTH = 16;
    static final int LAYERS = 2;
    private static final int FEED_FORWARD = 64;
    private static final int BLOCK = 32;
    /** So that attention picks few tokens: the mean of many would soon be the same whatever they are. */
    private static final float SHARP = 2.5f;

    /**
     * What an exporter does in its own way.
     *
     * @param grouped whether attention is one operator that also turns by positions, so that there is no
     *     {@code position_ids}; else it is plain operators
     * @param int4 whether weight matrices are quantised to 4 bits
     * @param past how past inputs are called, before {@code .N.key}
     * @param lastLogitsOnly whether an input says for how many tokens to give out logits
     */
    record Export(boolean grouped, boolean int4, String past, boolean lastLogitsOnly) {}

    private final OnnxGraph graph;
    private final Export export;
    private final int vocabulary;
    private final int positions;
    private final Random random = new Random(5);

    private DecoderGraph(OnnxGraph graph, Export export, int vocabulary, int positions) {
        this.graph = graph;
        this.export = export;
        this.vocabulary = vocabulary;
        this.positions = positions;
    }

    /** Adds the whole decoder to an empty graph. */
    static void write(OnnxGraph graph, Export export, int vocabulary, int positions) {
        new DecoderGraph(graph, export, vocabulary, positions).build();
    }

    private void build() {
        graph.input("input_ids", INT64, "batch_size", "sequence_length");
        graph.input("attention_mask", INT64, "batch_size", "total_sequence_length");
        if (!export.grouped) {
            graph.input("position_ids", INT64, "batch_size", "sequence_length");
        }
        if (export.lastLogitsOnly) {
            graph.input("num_logits_to_keep", INT64);
        }
        graph.output("logits", graph.floats(), "batch_size", "sequence_length", vocabulary);
        for (int layer = 0; layer < LAYERS; layer++) {
            for (var part : List.of("key", "value")) {
                graph.input(past(layer, part), graph.floats(), "batch_size", KV_HEADS, "past_length", HEAD_WIDTH);
                graph.output(present(layer, part), graph.floats(), "batch_size", KV_HEADS, "total", HEAD_WIDTH);
            }
        }
        var x = graph.op(
                "Gather",
                List.of(graph.weights(random(vocabulary * WIDTH, 0.5f), vocabulary, WIDTH), "input_ids"),
                integer("axis", 0));
        var attention = export.grouped ? new Grouped() : new Plain();
        for (int layer = 0; layer < LAYERS; layer++) {
            var query = project(norm(x), WIDTH, HEADS * HEAD_WIDTH, SHARP);
            var key = project(norm(x), WIDTH, KV_HEADS * HEAD_WIDTH, SHARP);
            var value = project(norm(x), WIDTH, KV_HEADS * HEAD_WIDTH, 1);
            var mixed = attention.mix(layer, query, key, value);
            x = graph.op("Add", List.of(x, project(mixed, HEADS * HEAD_WIDTH, WIDTH, 2)));
            var gate = project(norm(x), WIDTH, FEED_FORWARD, 1);
            var open = graph.op("Mul", List.of(gate, graph.op("Sigmoid", List.of(gate))));
            var fed = graph.op("Mul", List.of(open, project(norm(x), WIDTH, FEED_FORWARD, 1)));
            x = graph.op("Add", List.of(x, project(fed, FEED_FORWARD, WIDTH, 1)));
        }
        var last = norm(x);
        if (export.lastLogitsOnly) {
            var from = graph.op("Reshape", List.of(graph.op("Neg", List.of("num_logits_to_keep")), graph.integers(1)));
            last = graph.op("Slice", List.of(last, from, graph.integers(Integer.MAX_VALUE), graph.integers(1)));
        }
        var head = graph.weights(random(vocabulary * WIDTH, 1), WIDTH, vocabulary);
        var logits = graph.op("MatMul", List.of(last, head));
        graph.node("", "Add", List.of(logits, graph.weights(preferences(), vocabulary)), List.of("logits"));
    }

    /** Capital letters, digits and the ends of turns, which no merge joins: the same text is the same tokens. */
    private float[] preferences() {
        var preferences = new float[vocabulary];
        for (int id = 0; id < vocabulary; id++) {
            boolean said = id < 128 && (Character.isUpperCase(id) || Character.isDigit(id));
            preferences[id] = said || id == TestTokenizer.control("<|im_end|>") ? 0 : -100;
        }
        return preferences;
    }

    private interface Attention {
        String mix(int layer, String query, String key, String value);
    }

    /** Attention in one operator of ONNX Runtime's own, as the generator's model builder writes it. */
    private final class Grouped implements Attention {
        private final String past;
        private final String total;
        private final String cos = angles(true);
        private final String sin = angles(false);

        Grouped() {
            var sum = graph.op("ReduceSum", List.of("attention_mask", graph.integers(1)), integer("keepdims", 0));
            past = graph.op("Cast", List.of(graph.op("Sub", List.of(sum, graph.integers(1)))), integer("to", INT32));
            total = graph.op("Cast", List.of(length("attention_mask")), integer("to", INT32));
        }

        @Override
        public String mix(int layer, String query, String key, String value) {
            var mixed = "mixed" + layer;
            graph.node(
                    CONTRIBUTED,
                    "GroupQueryAttention",
                    List.of(query, key, value, past(layer, "key"), past(layer, "value"), past, total, cos, sin),
                    List.of(mixed, present(layer, "key"), present(layer, "value")),
                    integer("num_heads", HEADS),
                    integer("kv_num_heads", KV_HEADS),
                    integer("do_rotary", 1),
                    number("scale", scale()));
            return mixed;
        }
    }

    /** Attention in plain operators with positions as an input, as Optimum writes it. */
    private final class Plain implements Attention {
        private final String cos;
        private final String sin;
        private final String mask;

        Plain() {
            cos = graph.op("Unsqueeze", List.of(atPositions(angles(true)), graph.integers(1)));
            sin = graph.op("Unsqueeze", List.of(atPositions(angles(false)), graph.integers(1)));
            var total = length("attention_mask");
            var before = graph.op("Sub", List.of(total, length("input_ids")));
            var keys = graph.op("Range", List.of(graph.scalar(0), total, graph.scalar(1)));
            var queries = graph.op("Range", List.of(before, total, graph.scalar(1)));
            var seen =
                    graph.op("LessOrEqual", List.of(keys, graph.op("Unsqueeze", List.of(queries, graph.integers(1)))));
            var there = graph.op("Cast", List.of("attention_mask"), integer("to", BOOL));
            var visible = graph.op("And", List.of(seen, graph.op("Unsqueeze", List.of(there, graph.integers(1, 2)))));
            mask = graph.op("Where", List.of(visible, graph.number(0), graph.number(-30000)));
        }

        @Override
        public String mix(int layer, String query, String key, String value) {
            var queries = turned(perHead(query, HEADS));
            var keys = withPast(layer, "key", turned(perHead(key, KV_HEADS)));
            var values = withPast(layer, "value", perHead(value, KV_HEADS));
            var columns = graph.op("Transpose", List.of(keys), integers("perm", 0, 1, 3, 2));
            var scores = graph.op("Mul", List.of(graph.op("MatMul", List.of(queries, columns)), graph.number(scale())));
            var weights = graph.op("Softmax", List.of(graph.op("Add", List.of(scores, mask))), integer("axis", -1));
            var mixed = graph.op(
                    "Transpose", List.of(graph.op("MatMul", List.of(weights, values))), integers("perm", 0, 2, 1, 3));
            return graph.op("Reshape", List.of(mixed, graph.integers(0, 0, HEADS * HEAD_WIDTH)));
        }

        private String atPositions(String table) {
            var halves = graph.op("Gather", List.of(table, "position_ids"), integer("axis", 0));
            return graph.op("Concat", List.of(halves, halves), integer("axis", -1));
        }

        private String perHead(String x, int heads) {
            return graph.op(
                    "Transpose",
                    List.of(graph.op("Reshape", List.of(x, graph.integers(0, 0, heads, HEAD_WIDTH)))),
                    integers("perm", 0, 2, 1, 3));
        }

        private String turned(String x) {
            var end = graph.integers(Integer.MAX_VALUE);
            var half = graph.integers(HEAD_WIDTH / 2);
            var axis = graph.integers(3);
            var first = graph.op("Slice", List.of(x, graph.integers(0), half, axis));
            var second = graph.op("Slice", List.of(x, half, end, axis));
            var across = graph.op("Concat", List.of(graph.op("Neg", List.of(second)), first), integer("axis", -1));
            return graph.op("Add", List.of(graph.op("Mul", List.of(x, cos)), graph.op("Mul", List.of(across, sin))));
        }

        private String withPast(int layer, String part, String more) {
            graph.node(
                    "", "Concat", List.of(past(layer, part), more), List.of(present(layer, part)), integer("axis", 2));
            return present(layer, part);
        }
    }

    private String past(int layer, String part) {
        return export.past + "." + layer + "." + part;
    }

    private static String present(int layer, String part) {
        return "present." + layer + "." + part;
    }

    private static float scale() {
        return (float) (1 / Math.sqrt(HEAD_WIDTH));
    }

    private String length(String input) {
        return graph.op("Gather", List.of(graph.op("Shape", List.of(input)), graph.scalar(1)), integer("axis", 0));
    }

    /** Cosines or sines of the rotary angles: position × pair. */
    private String angles(boolean cosine) {
        int pairs = HEAD_WIDTH / 2;
        var values = new float[positions * pairs];
        for (int i = 0; i < values.length; i++) {
            int position = i / pairs;
            double angle = position / Math.pow(10_000, (double) (i % pairs) / pairs);
            values[i] = (float) (cosine ? Math.cos(angle) : Math.sin(angle));
        }
        return graph.weights(values, positions, pairs);
    }

    private String norm(String x) {
        var squares = graph.op("ReduceMean", List.of(graph.op("Mul", List.of(x, x))), integers("axes", -1));
        var root = graph.op("Sqrt", List.of(graph.op("Add", List.of(squares, graph.number(1e-5f)))));
        return graph.op("Div", List.of(x, root));
    }

    private String project(String x, int in, int out, float gain) {
        var weights = random(in * out, gain / (float) Math.sqrt(in));
        return export.int4
                ? int4Product(x, weights, in, out)
                : graph.op("MatMul", List.of(x, graph.weights(weights, in, out)));
    }

    /** A product with weights in blocks of 4-bit numbers, each block with a scale: [out, blocks, bytes]. */
    private String int4Product(String x, float[] weights, int in, int out) {
        int blocks = in / BLOCK;
        var packed = new byte[out * in / 2];
        var scales = new float[out * blocks];
        for (int block = 0; block < scales.length; block++) {
            float greatest = 0;
            for (int i = 0; i < BLOCK; i++) {
                greatest = Math.max(greatest, Math.abs(weights[block * BLOCK + i]));
            }
            scales[block] = greatest / 7;
            for (int i = 0; i < BLOCK; i++) {
                int index = block * BLOCK + i;
                int quantised = Math.round(weights[index] / scales[block]) + 8;
                packed[index / 2] |= (byte) (quantised << (index % 2 * 4));
            }
        }
        var product = "product" + packed.length + "_" + x + "_" + random.nextInt();
        graph.node(
                CONTRIBUTED,
                "MatMulNBits",
                List.of(x, graph.weights(packed, out, blocks, BLOCK / 2), graph.weights(scales, scales.length)),
                List.of(product),
                integer("K", in),
                integer("N", out),
                integer("bits", 4),
                integer("block_size", BLOCK),
                integer("accuracy_level", 4));
        return product;
    }

    private float[] random(int count, float deviation) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = deviation * (float) random.nextGaussian();
        }
        return values;
    }
}

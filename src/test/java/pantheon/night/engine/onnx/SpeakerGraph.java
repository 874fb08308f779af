package pantheon.night.engine.onnx;

import static pantheon.night.engine.onnx.OnnxGraph.INT64;
import static pantheon.night.engine.onnx.OnnxGraph.integer;

import java.util.List;

/**
 * A decoder that says what it is told: each token is followed by one that a table names, wherever it stands. It has a
 * KV cache like any other, whose content is not looked at.
 */
final class SpeakerGraph {
    private SpeakerGraph() {}

    /** @param followers the id that follows each id; the table's length is the width of the logits */
    static void write(OnnxGraph graph, int[] followers) {
        write(graph, followers, 1);
    }

    /** @param logit of the token that follows; that of all others is 0 */
    static void write(OnnxGraph graph, int[] followers, float logit) {
        int vocabulary = followers.length;
        graph.input("input_ids", INT64, "batch_size", "sequence_length");
        graph.input("attention_mask", INT64, "batch_size", "total_sequence_length");
        graph.output("logits", graph.floats(), "batch_size", "sequence_length", vocabulary);
        var table = new float[vocabulary * vocabulary];
        for (int id = 0; id < vocabulary; id++) {
            table[id * vocabulary + followers[id]] = logit;
        }
        graph.node(
                "",
                "Gather",
                List.of(graph.weights(table, vocabulary, vocabulary), "input_ids"),
                List.of("logits"),
                integer("axis", 0));
        var ids = graph.op("Cast", List.of("input_ids"), integer("to", graph.floats()));
        var more = graph.op("Unsqueeze", List.of(ids, graph.integers(1, 3)));
        for (var part : List.of("key", "value")) {
            graph.input("past_key_values.0." + part, graph.floats(), "batch_size", 1, "past_length", 1);
            graph.output("present.0." + part, graph.floats(), "batch_size", 1, "total", 1);
            graph.node(
                    "",
                    "Concat",
                    List.of("past_key_values.0." + part, more),
                    List.of("present.0." + part),
                    integer("axis", 2));
        }
    }
}

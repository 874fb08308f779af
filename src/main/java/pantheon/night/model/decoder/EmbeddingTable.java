package pantheon.night.model.decoder;

import static java.util.Objects.requireNonNull;

import java.util.List;
import pantheon.night.model.decoder.StoredMatrix.Packing;
import pantheon.night.model.graph.Attribute;
import pantheon.night.model.graph.OnnxGraph;
import pantheon.night.model.weight.WeightRows;

/** Writes how tokens become rows of numbers, and where the same table is used for it, how rows become logits. */
record EmbeddingTable(OnnxGraph graph, StoredMatrix table) {
    static EmbeddingTable add(OnnxGraph graph, WeightRows rows) {
        var packing = StoredMatrix.packing(rows.form(), Arithmetic.FAST);
        return new EmbeddingTable(graph, StoredMatrix.add(graph, "embedding", List.of(rows), packing));
    }

    /** The rows of some tokens, a value [tokens, width]; they are those of the file in any arithmetic. */
    String rows(String tokens) {
        if (table.packing() == Packing.NUMBERS) {
            return graph.node("Gather", "embedded", List.of(table.codes().name(), tokens));
        }
        var scaled = gathered(tokens);
        var offsets = table.offsets();
        if (offsets == null) {
            return scaled;
        }
        long block = table.form().block();
        var blocks = graph.integers(-1L, table.columns() / block, block);
        var split = graph.node("Reshape", "embedded.blocks", List.of(scaled, blocks));
        var rows = graph.node("Gather", "embedded.offsets", List.of(offsets.name(), tokens));
        var wide = graph.node("Unsqueeze", "embedded.offsets.wide", List.of(rows, graph.integers(2L)));
        var sum = graph.node("Add", "embedded.sum", List.of(split, wide));
        return graph.node("Reshape", "embedded", List.of(sum, graph.integers(-1L, (long) table.columns())));
    }

    private String gathered(String tokens) {
        int bits = table.packing() == Packing.NIBBLES ? 4 : 8;
        var flat = graph.alias(table.codes(), "embedding.rows", table.rows(), (long) table.columns() * bits / 8);
        return graph.node(
                "GatherBlockQuantized",
                table.offsets() == null ? "embedded" : "embedded.scaled",
                List.of(flat.name(), tokens, requireNonNull(table.scales()).name()),
                Attribute.of("bits", bits),
                Attribute.of("block_size", table.form().block()),
                Attribute.of("gather_axis", 0),
                Attribute.of("quantize_axis", 1));
    }

    /** Whether rows can be multiplied by the table itself. */
    boolean multiplies(Arithmetic arithmetic) {
        return table.packing() == StoredMatrix.packing(table.form(), arithmetic);
    }
}

package pantheon.night.model.decoder;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.model.graph.Attribute;
import pantheon.night.model.graph.Constant;
import pantheon.night.model.graph.OnnxGraph;
import pantheon.night.model.weight.WeightRows;

/** Writes the multiplications by matrices of weights into a graph. */
final class Multiplication {
    private final OnnxGraph graph;
    private final Arithmetic arithmetic;
    /** The sums of the blocks of what comes in, by its name and the length of a block. */
    private final Map<String, String> sums = new HashMap<>();

    Multiplication(OnnxGraph graph, Arithmetic arithmetic) {
        this.graph = graph;
        this.arithmetic = arithmetic;
    }

    /**
     * Multiplies rows by some matrices, and puts the results side by side.
     *
     * @param in a value [rows, columns]
     * @return a value [rows, all the matrices' rows]
     */
    String by(List<WeightRows> matrices, String name, String in) {
        var runs = runsOfOneForm(matrices);
        var results = new ArrayList<String>();
        for (int i = 0; i < runs.size(); i++) {
            var part = runs.size() == 1 ? name : "%s.%d".formatted(name, i);
            var packing = StoredMatrix.packing(runs.get(i).getFirst().form(), arithmetic);
            results.add(by(StoredMatrix.add(graph, part + ".weight", runs.get(i), packing), part, in));
        }
        return results.size() == 1 ? results.getFirst() : graph.node("Concat", name, results, Attribute.of("axis", -1));
    }

    private static List<List<WeightRows>> runsOfOneForm(List<WeightRows> matrices) {
        var runs = new ArrayList<List<WeightRows>>();
        for (var matrix : matrices) {
            if (runs.isEmpty() || !runs.getLast().getLast().form().equals(matrix.form())) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(matrix);
        }
        return runs;
    }

    /** Multiplies rows by one matrix. */
    String by(StoredMatrix matrix, String name, String in) {
        return switch (matrix.packing()) {
            case NUMBERS -> graph.node("Gemm", name, List.of(in, matrix.codes().name()), Attribute.of("transB", 1));
            case NIBBLES -> corrected(matrix, name, in, blocks(matrix, name, in, matrix.codes(), matrix.scales(), 4));
            case BYTES -> corrected(matrix, name, in, blocks(matrix, name, in, matrix.codes(), matrix.scales(), 8));
            case TWO_NIBBLES -> {
                var upper = blocks(matrix, name + ".upper", in, matrix.codes(), matrix.scales(), 4);
                var lower = blocks(matrix, name + ".lower", in, matrix.lowCodes(), matrix.lowScales(), 4);
                yield corrected(matrix, name, in, graph.node("Add", name + ".both", List.of(upper, lower)));
            }
        };
    }

    private String blocks(
            StoredMatrix matrix,
            String name,
            String in,
            @Nullable Constant codes,
            @Nullable Constant scales,
            int bits) {
        return graph.node(
                "MatMulNBits",
                name + ".blocks",
                List.of(in, requireNonNull(codes).name(), requireNonNull(scales).name()),
                Attribute.of("K", matrix.columns()),
                Attribute.of("N", matrix.rows()),
                Attribute.of("bits", bits),
                Attribute.of("block_size", matrix.form().block()),
                Attribute.of("accuracy_level", arithmetic.accuracyLevel()));
    }

    private String corrected(StoredMatrix matrix, String name, String in, String product) {
        var offsets = matrix.offsets();
        return offsets == null
                ? product
                : graph.node(
                        "Gemm",
                        name,
                        List.of(blockSums(matrix, in), offsets.name(), product),
                        Attribute.of("transB", 1));
    }

    private String blockSums(StoredMatrix matrix, String in) {
        int block = matrix.form().block();
        var name = "%s.sums%d".formatted(in, block);
        return sums.computeIfAbsent(name, sum -> {
            var shape = graph.integers(-1L, (long) (matrix.columns() / block), (long) block);
            var split = graph.node("Reshape", name + ".split", List.of(in, shape));
            return graph.node("ReduceSum", name, List.of(split, graph.integers(2L)), Attribute.of("keepdims", 0));
        });
    }
}

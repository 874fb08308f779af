package pantheon.night.model.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import pantheon.night.model.weight.Row;
import pantheon.night.model.weight.WeightRows;

/**
 * A decoder computed as it is defined, in double precision and without a graph: what a graph is held against.
 *
 * <p>The weights are read layer by layer, row by row, and none is kept, so a model of any size can be computed. Keys and
 * queries are turned in the order in which the file has them.
 */
public final class PlainDecoder {
    private final DecoderWeights weights;
    private final DecoderShape shape;
    private final int threads;

    /** A decoder that computes with so many threads. */
    public PlainDecoder(DecoderWeights weights, int threads) {
        this.weights = weights;
        this.shape = weights.shape();
        this.threads = threads;
    }

    /**
     * Computes a sequence.
     *
     * @return the logits behind each token, {@code [token][vocabulary]}
     */
    public float[][] logits(int[] tokens) {
        var sums = embedded(tokens);
        for (int layer = 0; layer < shape.layers(); layer++) {
            sums.add(attention(layer, normed(sums, Part.ATTENTION_NORM, layer)));
            sums.add(feedForward(layer, normed(sums, Part.FEED_NORM, layer)));
        }
        var output = weights.find(Part.OUTPUT, 0).orElseGet(() -> weights.rows(Part.EMBEDDING, 0));
        return times(output, normed(sums, Part.OUTPUT_NORM, 0)).asRows();
    }

    private Values embedded(int[] tokens) {
        var table = weights.rows(Part.EMBEDDING, 0);
        var reader = table.reader();
        var row = new Row(table.form(), table.columns());
        var numbers = new float[table.columns()];
        var values = Values.of(shape.width(), tokens.length);
        for (int token = 0; token < tokens.length; token++) {
            reader.read(tokens[token], row);
            row.dequantise(numbers);
            for (int column = 0; column < numbers.length; column++) {
                values.columns()[column][token] = numbers[column];
            }
        }
        return values;
    }

    private Values normed(Values values, Part norm, int layer) {
        return normed(values, weights.rows(norm, layer).only());
    }

    private Values normed(Values values, float[] weight) {
        var squares = new double[values.tokens()];
        for (var column : values.columns()) {
            for (int token = 0; token < squares.length; token++) {
                squares[token] += column[token] * column[token];
            }
        }
        var normed = Values.of(weight.length, values.tokens());
        for (int column = 0; column < weight.length; column++) {
            for (int token = 0; token < squares.length; token++) {
                double length = Math.sqrt(squares[token] / weight.length + shape.epsilon());
                normed.columns()[column][token] = values.columns()[column][token] / length * weight[column];
            }
        }
        return normed;
    }

    private Values times(WeightRows matrix, Values in) {
        var out = Values.of(Math.toIntExact(matrix.rows()), in.tokens());
        int share = Math.ceilDiv(out.columns().length, threads);
        IntStream.range(0, threads).parallel().forEach(thread -> {
            var reader = matrix.reader();
            var row = new Row(matrix.form(), matrix.columns());
            var numbers = new float[matrix.columns()];
            for (int i = thread * share; i < Math.min((thread + 1) * share, out.columns().length); i++) {
                reader.read(i, row);
                row.dequantise(numbers);
                accumulate(numbers, in, out.columns()[i]);
            }
        });
        return out;
    }

    private static void accumulate(float[] row, Values in, double[] sums) {
        for (int column = 0; column < row.length; column++) {
            double weight = row[column];
            var values = in.columns()[column];
            for (int token = 0; token < sums.length; token++) {
                sums[token] += weight * values[token];
            }
        }
    }

    private Values feedForward(int layer, Values in) {
        var gate = times(weights.rows(Part.GATE, layer), in);
        var up = times(weights.rows(Part.UP, layer), in);
        for (int column = 0; column < gate.columns().length; column++) {
            for (int token = 0; token < gate.tokens(); token++) {
                double x = gate.columns()[column][token];
                gate.columns()[column][token] = x / (1 + Math.exp(-x)) * up.columns()[column][token];
            }
        }
        return times(weights.rows(Part.DOWN, layer), gate);
    }

    private Values attention(int layer, Values in) {
        var queries = turned(heads(layer, in, Part.QUERY, Part.QUERY_BIAS), Part.QUERY_NORM, layer);
        var keys = turned(heads(layer, in, Part.KEY, Part.KEY_BIAS), Part.KEY_NORM, layer);
        var values = heads(layer, in, Part.VALUE, Part.VALUE_BIAS);
        var attended = new ArrayList<Values>();
        int shared = shape.heads() / shape.kvHeads();
        for (int head = 0; head < shape.heads(); head++) {
            attended.add(attended(queries.get(head), keys.get(head / shared), values.get(head / shared)));
        }
        return times(weights.rows(Part.ATTENTION_OUTPUT, layer), Values.together(attended));
    }

    /** What a matrix makes of the values, with its bias where it has one, head by head. */
    private List<Values> heads(int layer, Values in, Part part, Part bias) {
        var product = times(weights.rows(part, layer), in);
        weights.find(bias, layer).ifPresent(rows -> {
            var numbers = rows.only();
            for (int column = 0; column < numbers.length; column++) {
                for (int token = 0; token < product.tokens(); token++) {
                    product.columns()[column][token] += numbers[column];
                }
            }
        });
        return product.apart(shape.headWidth());
    }

    /** The heads under their norm where there is one, turned by their positions. */
    private List<Values> turned(List<Values> heads, Part norm, int layer) {
        var weight = weights.find(norm, layer).map(WeightRows::only);
        return heads.stream()
                .map(head -> weight.map(numbers -> normed(head, numbers)).orElse(head))
                .map(this::turned)
                .toList();
    }

    private Values turned(Values head) {
        int pairs = shape.headWidth() / 2;
        for (int pair = 0; pair < pairs; pair++) {
            var first = head.columns()[weights.isInPairs() ? 2 * pair : pair];
            var second = head.columns()[weights.isInPairs() ? 2 * pair + 1 : pair + pairs];
            for (int token = 0; token < first.length; token++) {
                double angle = shape.rotary().angle(token, pair);
                double x = first[token];
                double y = second[token];
                first[token] = x * Math.cos(angle) - y * Math.sin(angle);
                second[token] = x * Math.sin(angle) + y * Math.cos(angle);
            }
        }
        return head;
    }

    /** Of each token: the values of those up to it, weighed by how their keys fit its query. */
    private Values attended(Values queries, Values keys, Values values) {
        var attended = Values.of(shape.headWidth(), queries.tokens());
        for (int token = 0; token < queries.tokens(); token++) {
            var shares = shares(queries, keys, token);
            for (int column = 0; column < shape.headWidth(); column++) {
                double sum = 0;
                for (int past = 0; past <= token; past++) {
                    sum += shares[past] * values.columns()[column][past];
                }
                attended.columns()[column][token] = sum;
            }
        }
        return attended;
    }

    /** How much each token up to one counts for it; together 1. */
    private double[] shares(Values queries, Values keys, int token) {
        var scores = new double[token + 1];
        for (int column = 0; column < shape.headWidth(); column++) {
            for (int past = 0; past <= token; past++) {
                scores[past] += queries.columns()[column][token] * keys.columns()[column][past];
            }
        }
        double greatest = Arrays.stream(scores).max().orElseThrow();
        double sum = 0;
        for (int past = 0; past <= token; past++) {
            scores[past] = Math.exp((scores[past] - greatest) / Math.sqrt(shape.headWidth()));
            sum += scores[past];
        }
        for (int past = 0; past <= token; past++) {
            scores[past] /= sum;
        }
        return scores;
    }
}

package pantheon.night.trainer;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Initial weights that can already copy. Learning to copy from nothing takes such a small model hours; a circuit built
 * into its first two layers does it before the first step, and training refines it.
 *
 * <p>The residual stream is split by an orthonormal basis into one small <em>code</em> space per offset and a rest that
 * holds the embedding. Head h of layer 0 attends exactly h + 1 positions back and writes a random projection of that
 * token into code space h. The matching heads of layer 1 compare the codes of (this token, 1 back, 2 back, ...) of the
 * query with those of (1, 2, 3 back, ...) of the key: they agree most at the place whose preceding tokens are the longest
 * common run with the text before the token to be predicted. That place's embedding goes to the output. Output and down
 * projections are zero elsewhere, so that the rest of the network starts silent.
 */
final class InitialWeights {
    /** Tokens of context that the circuit compares, and so the number of code spaces. */
    private static final int OFFSETS = 4;

    /** Numbers of one code. */
    private static final int CODE = 16;

    /** Squared key bias of an offset head: the larger, the sharper its attention on the exact offset. */
    private static final double OFFSET_SHARPNESS = 60;

    /** Deviation of the embedding's numbers; large against a step of the optimizer, so that the circuit survives. */
    private static final double EMBEDDING = 0.084;

    private static final double CODE_GAIN = 0.24;
    private static final double COPY_GAIN = 0.4;

    /** Rotary pairs that turn less than this many radians a position compare content almost without regard to place. */
    private static final double SLOW = 0.003;

    /** Numbers of each code that the matching heads compare; all terms together fit the slow numbers of a head. */
    private static final int TERM = 9;

    /** Weight of each compared token, of query and key alike: this one, 1, 2 and 3 back. Found by random search. */
    private static final double[] TERM_GAINS = {3.3, 1.3, 1.4, 1.9};

    private final ModelShape shape;
    private final ParameterLayout layout;
    private final Random random;
    private final float[] weights;

    private InitialWeights(ModelShape shape, long seed) {
        this.shape = shape;
        layout = new ParameterLayout(shape);
        random = new Random(seed);
        weights = new float[layout.size()];
    }

    static float[] of(ModelShape shape, long seed) {
        InitialWeights initial = new InitialWeights(shape, seed);
        initial.ordinary();
        initial.circuit();
        return initial.weights;
    }

    private void ordinary() {
        double deviation = 1 / Math.sqrt(shape.hidden());
        for (ParameterLayout.Slice slice : layout.slices()) {
            boolean silent = slice.name().endsWith("output") || slice.name().endsWith("down");
            for (int i = 0; i < slice.size(); i++) {
                weights[slice.offset() + i] = slice.name().endsWith("norm")
                        ? 1
                        : slice.isMatrix() && !silent ? (float) (random.nextGaussian() * deviation) : 0;
            }
        }
    }

    private void circuit() {
        double[][] basis = orthonormal(shape.hidden(), shape.hidden());
        double[][][] codes = new double[OFFSETS][][];
        for (int offset = 0; offset < OFFSETS; offset++) {
            codes[offset] = Arrays.copyOfRange(basis, offset * CODE, (offset + 1) * CODE);
        }
        double[][] rest = Arrays.copyOfRange(basis, OFFSETS * CODE, basis.length);
        embed(rest);
        double[][] code = product(orthonormal(CODE, rest.length), rest);
        for (int head = 0; head < OFFSETS; head++) {
            offsetHead(head, head + 1, code, codes[head]);
        }
        double[][] value = product(orthonormal(Math.min(shape.headWidth(), rest.length), rest.length), rest);
        for (int head = 0; head < shape.group(); head++) {
            matchingHead(head, code, codes, value);
        }
    }

    private void embed(double[][] rest) {
        ParameterLayout.Slice embed = layout.slice("embed");
        for (int token = 0; token < embed.rows(); token++) {
            double[] row = new double[shape.hidden()];
            for (double[] direction : rest) {
                double amount = random.nextGaussian() * EMBEDDING;
                for (int i = 0; i < row.length; i++) {
                    row[i] += amount * direction[i];
                }
            }
            set(embed, token, row, 1);
        }
    }

    private void offsetHead(int head, int offset, double[][] code, double[][] space) {
        int width = shape.headWidth();
        int query = head * width;
        int key = shape.queryWidth() + head / shape.group() * width;
        int value = key + shape.keyWidth();
        ParameterLayout.Slice qkv = layout.slice(ParameterLayout.name(0, "qkv"));
        ParameterLayout.Slice bias = layout.slice(ParameterLayout.name(0, "qkv_bias"));
        double[] frequencies = shape.rotaryFrequencies();
        double amplitude = Math.sqrt(OFFSET_SHARPNESS);
        for (int i = 0; i < width; i++) {
            scale(qkv, query + i, 0.05);
            if (head % shape.group() == 0) {
                scale(qkv, key + i, 0.05);
            }
        }
        for (int pair = 0; pair < width / 2; pair++) {
            weights[bias.offset() + key + pair] = (float) amplitude;
            weights[bias.offset() + query + pair] = (float) (amplitude * Math.cos(-offset * frequencies[pair]));
            weights[bias.offset() + query + pair + width / 2] =
                    (float) (amplitude * Math.sin(-offset * frequencies[pair]));
        }
        for (int i = 0; i < CODE; i++) {
            set(qkv, value + i, code[i], 1);
        }
        write(0, head, space, CODE_GAIN);
    }

    private void matchingHead(int head, double[][] code, double[][][] codes, double[][] value) {
        int width = shape.headWidth();
        int query = head * width;
        int key = shape.queryWidth() + head / shape.group() * width;
        ParameterLayout.Slice qkv = layout.slice(ParameterLayout.name(1, "qkv"));
        int[] slow = slowNumbers();
        for (int i = 0; i < width; i++) {
            scale(qkv, query + i, 0.1);
            if (head % shape.group() == 0) {
                scale(qkv, key + i, 0.1);
            }
        }
        int next = 0;
        for (int term = 0; term < OFFSETS; term++) {
            double[][] asked = term == 0 ? code : codes[term - 1];
            for (int i = 0; i < TERM && next < slow.length; i++, next++) {
                set(qkv, query + slow[next], asked[i], TERM_GAINS[term]);
                set(qkv, key + slow[next], codes[term][i], TERM_GAINS[term]);
            }
        }
        for (int i = 0; i < value.length; i++) {
            set(qkv, key + shape.keyWidth() + i, value[i], 1);
        }
        write(1, head, value, COPY_GAIN);
    }

    /** The numbers of a head that hardly turn. */
    private int[] slowNumbers() {
        double[] frequencies = shape.rotaryFrequencies();
        return IntStream.range(0, shape.headWidth())
                .filter(number -> frequencies[number % frequencies.length] < SLOW)
                .toArray();
    }

    /** Lets a head's first numbers go to the given directions of the residual stream. */
    private void write(int layer, int head, double[][] directions, double gain) {
        ParameterLayout.Slice output = layout.slice(ParameterLayout.name(layer, "output"));
        for (int i = 0; i < directions.length; i++) {
            for (int row = 0; row < output.rows(); row++) {
                weights[output.offset() + row * output.columns() + head * shape.headWidth() + i] =
                        (float) (gain * directions[i][row]);
            }
        }
    }

    private void set(ParameterLayout.Slice matrix, int row, double[] values, double gain) {
        for (int i = 0; i < values.length; i++) {
            weights[matrix.offset() + row * matrix.columns() + i] = (float) (gain * values[i]);
        }
    }

    private void scale(ParameterLayout.Slice matrix, int row, double factor) {
        for (int i = 0; i < matrix.columns(); i++) {
            weights[matrix.offset() + row * matrix.columns() + i] *= (float) factor;
        }
    }

    /** Random orthonormal rows, by Gram and Schmidt, projected twice for accuracy. */
    private double[][] orthonormal(int rows, int columns) {
        double[][] basis = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < columns; i++) {
                basis[row][i] = random.nextGaussian();
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int earlier = 0; earlier < row; earlier++) {
                    double shared = dot(basis[row], basis[earlier]);
                    for (int i = 0; i < columns; i++) {
                        basis[row][i] -= shared * basis[earlier][i];
                    }
                }
            }
            double length = Math.sqrt(dot(basis[row], basis[row]));
            for (int i = 0; i < columns; i++) {
                basis[row][i] /= length;
            }
        }
        return basis;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] result = new double[a.length][b[0].length];
        for (int row = 0; row < a.length; row++) {
            for (int k = 0; k < b.length; k++) {
                for (int i = 0; i < b[0].length; i++) {
                    result[row][i] += a[row][k] * b[k][i];
                }
            }
        }
        return result;
    }
}

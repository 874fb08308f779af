package pantheon.night.model.decoder;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How fast each pair of a head's numbers turns with the position, in radians a token (RoFormer, arXiv:2104.09864).
 *
 * @param frequencies of the pairs, in double precision
 */
public record Rotary(List<Double> frequencies) {
    public Rotary {
        frequencies = List.copyOf(frequencies);
        for (double frequency : frequencies) {
            if (!(frequency >= 0 && frequency < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a rotation of %s a token".formatted(frequency));
            }
        }
    }

    /** The usual ones: {@code theta^(-2i/width)}. */
    public static Rotary of(double theta, int width) {
        return new Rotary(IntStream.range(0, width / 2)
                .mapToObj(pair -> 1 / Math.pow(theta, 2.0 * pair / width))
                .toList());
    }

    /** The same, each pair's divided by a number of its own. */
    public Rotary dividedBy(List<Double> divisors) {
        if (divisors.size() != pairs()) {
            throw new IllegalArgumentException("%d divisors for %d pairs".formatted(divisors.size(), pairs()));
        }
        return new Rotary(IntStream.range(0, pairs())
                .mapToObj(pair -> frequencies.get(pair) / divisors.get(pair))
                .toList());
    }

    /** All divided by one number: positions are counted in steps as small as that ("linear" scaling). */
    public Rotary dividedBy(double divisor) {
        return dividedBy(IntStream.range(0, pairs()).mapToObj(pair -> divisor).toList());
    }

    /**
     * Llama 3's: slow pairs are divided by a factor, fast ones are not, and those between are in part.
     *
     * @param factor for the slowest
     * @param slow turns within the original context up to which a pair is slow, {@code low_freq_factor}
     * @param fast turns from which on it is fast, {@code high_freq_factor}
     * @param context the tokens of the original context
     */
    public Rotary llama3(double factor, double slow, double fast, double context) {
        return new Rotary(frequencies.stream()
                .map(frequency -> {
                    double turns = context * frequency / (2 * Math.PI);
                    double part = Math.clamp((turns - slow) / (fast - slow), 0, 1);
                    return (1 - part) * frequency / factor + part * frequency;
                })
                .toList());
    }

    public int pairs() {
        return frequencies.size();
    }

    /** The angle by which a pair is turned at a position, in radians. */
    public double angle(int position, int pair) {
        return position * frequencies.get(pair);
    }
}

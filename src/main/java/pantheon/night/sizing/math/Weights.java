package pantheon.night.sizing.math;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** What each of some records counts. */
public final class Weights {
    private final double[] each;

    private Weights(double[] each) {
        this.each = each;
    }

    /** Weights of records by their places, 0 or more each and more than 0 together. */
    public static Weights of(int records, IntToDoubleFunction weight) {
        return new Weights(IntStream.range(0, records).mapToDouble(weight).toArray());
    }

    public double of(int record) {
        return each[record];
    }

    /** How many records of equal weight tell as much: (Σw)²/Σw². */
    public double effective() {
        double sum = Arrays.stream(each).sum();
        return sum * sum / Arrays.stream(each).map(weight -> weight * weight).sum();
    }

    /** The mean of a figure over the records. */
    public double mean(IntToDoubleFunction figure) {
        double sum = 0;
        double weights = 0; // added up in the same order, so that the mean of ones is one
        for (int i = 0; i < each.length; i++) {
            sum += each[i] * figure.applyAsDouble(i);
            weights += each[i];
        }
        return sum / weights;
    }

    /** Draws places of records. */
    public AliasTable places() {
        return new AliasTable(each);
    }
}

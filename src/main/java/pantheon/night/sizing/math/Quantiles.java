package pantheon.night.sizing.math;

import java.util.Arrays;

/** The quantiles of a sample, between its points by linear interpolation (Hyndman and Fan's type 7). */
public final class Quantiles {
    private final double[] sorted;

    /** @param sample one value or more */
    public Quantiles(double[] sample) {
        if (sample.length == 0) {
            throw new IllegalArgumentException("a sample without values has no quantiles");
        }
        sorted = sample.clone();
        Arrays.sort(sorted);
    }

    /**
     * The value that a share of the sample stays below.
     *
     * @param share 0 to 1
     */
    public double at(double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        double part = place - below;
        return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[above] * part;
    }

    /** What 19 of 20 values are within, as many below it as above. */
    public Band band95() {
        return new Band(at(0.025), at(0.975));
    }

    /** The part of the sample that is at most some value. */
    public double shareUpTo(double value) {
        int place = Arrays.binarySearch(sorted, value);
        int count = place < 0 ? -place - 1 : place;
        while (count < sorted.length && sorted[count] <= value) {
            count++;
        }
        return count / (double) sorted.length;
    }
}

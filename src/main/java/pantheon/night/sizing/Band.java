package pantheon.night.sizing;

/**
 * An interval that a figure is thought to be in.
 *
 * @param low at most {@code high}
 */
public record Band(double low, double high) {
    /** The standard normal's 97.5 % quantile. */
    static final double Z95 = 1.959963984540054;

    public Band {
        if (!(low <= high)) {
            throw new IllegalArgumentException("band is %s to %s; expected the lower end first".formatted(low, high));
        }
    }

    /**
     * Wilson's 95 % score interval of a proportion.
     *
     * @param successes 0 to {@code trials}; both may be effective, so fractional, numbers
     * @param trials 0 or more; none gives 0 to 1
     */
    public static Band wilson(double successes, double trials) {
        if (!(successes >= 0 && successes <= trials)) {
            throw new IllegalArgumentException("%s successes of %s trials".formatted(successes, trials));
        }
        if (trials == 0) {
            return new Band(0, 1);
        }
        double p = successes / trials;
        double z2 = Z95 * Z95;
        double centre = p + z2 / (2 * trials);
        double half = Z95 * Math.sqrt(p * (1 - p) / trials + z2 / (4 * trials * trials));
        double scale = 1 + z2 / trials;
        return new Band(Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale));
    }

    public boolean holds(double value) {
        return low <= value && value <= high;
    }
}

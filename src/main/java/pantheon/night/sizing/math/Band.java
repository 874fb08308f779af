package pantheon.night.sizing.math;

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
        return new Band(wilsonEnd(p, trials, -Z95), wilsonEnd(p, trials, Z95));
    }

    /**
     * An end of Wilson's interval of a proportion.
     *
     * @param trials more than 0
     * @param z the standard normal's quantile: the lower end where it is negative
     */
    public static double wilsonEnd(double proportion, double trials, double z) {
        double z2 = z * z;
        double centre = proportion + z2 / (2 * trials);
        double half = z * Math.sqrt(Math.max(0, proportion * (1 - proportion)) / trials + z2 / (4 * trials * trials));
        return Math.clamp((centre + half) / (1 + z2 / trials), 0, 1);
    }

    public boolean holds(double value) {
        return low <= value && value <= high;
    }
}

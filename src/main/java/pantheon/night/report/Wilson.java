package pantheon.night.report;

/**
 * A share with its Wilson score interval at 95 %, after Wilson, Probable Inference, the Law of Succession, and
 * Statistical Inference (1927).
 *
 * @param low 0 to 1
 * @param high 0 to 1
 */
public record Wilson(int successes, int trials, double low, double high) {
    private static final double Z = 1.959963984540054;

    /** The band of a share; with no trials it is everything from 0 to 1. */
    public static Wilson of(int successes, int trials) {
        if (trials == 0) {
            return new Wilson(successes, 0, 0, 1);
        }
        double p = (double) successes / trials;
        double z2 = Z * Z / trials;
        double middle = p + z2 / 2;
        double half = Z * Math.sqrt(p * (1 - p) / trials + z2 / (4.0 * trials));
        return new Wilson(
                successes, trials, Math.max(0, (middle - half) / (1 + z2)), Math.min(1, (middle + half) / (1 + z2)));
    }

    /** The share itself, NaN with no trials. */
    public double share() {
        return (double) successes / trials;
    }
}

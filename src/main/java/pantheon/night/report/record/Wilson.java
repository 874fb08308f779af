package pantheon.night.report.record;

import pantheon.night.sizing.math.Band;

/**
 * A share with its Wilson score interval at 95 %, after Wilson, Probable Inference, the Law of Succession, and
 * Statistical Inference (1927).
 *
 * @param low 0 to 1
 * @param high 0 to 1
 */
public record Wilson(int successes, int trials, double low, double high) {
    /** The band of a share; with no trials it is everything from 0 to 1. */
    public static Wilson of(int successes, int trials) {
        var band = Band.wilson(successes, trials);
        return new Wilson(successes, trials, band.low(), band.high());
    }

    /** The share itself, NaN with no trials. */
    public double share() {
        return (double) successes / trials;
    }
}

package pantheon.night.sizing.math;

import java.util.random.RandomGenerator;

/** The normal distribution's quantiles, and draws of its relatives. */
public final class Normal {
    private Normal() {}

    /**
     * The standard normal's quantile, by Newton's method on its distribution function.
     *
     * @param share more than 0 and less than 1
     */
    public static double quantile(double share) {
        double x = 0;
        for (int i = 0; i < 60; i++) {
            double step = (cumulated(x) - share) / (Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
            x -= Math.clamp(step, -1, 1);
            if (Math.abs(step) < 1e-13) {
                break;
            }
        }
        return x;
    }

    /** The distribution function, by its Taylor series about 0; good to 1e-12 within six deviations. */
    private static double cumulated(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200 && Math.abs(term) > 1e-17; n++) {
            term *= -x * x * (2 * n - 1) / (2.0 * n * (2 * n + 1));
            sum += term;
        }
        return 0.5 + sum / Math.sqrt(2 * Math.PI);
    }

    /** A draw of Student's t, by Bailey's polar form, which takes any degrees of freedom. */
    public static double student(RandomGenerator random, double degreesOfFreedom) {
        double u = 1 - random.nextDouble();
        double v = random.nextDouble();
        return Math.sqrt(degreesOfFreedom * (Math.pow(u, -2 / degreesOfFreedom) - 1)) * Math.cos(2 * Math.PI * v);
    }
}

package pantheon.night.sizing;

/** What is left of an acceptance where two reviewers have to accept. */
public final class DualReview {
    private DualReview() {}

    /**
     * The probability that both accept: p² + κp(1 − p).
     *
     * @param p each one's probability of accepting, 0 to 1
     * @param kappa Cohen's κ of the two, -1 to 1; independent reviewers have 0, which gives p²
     */
    public static double both(double p, double kappa) {
        if (!(p >= 0 && p <= 1 && kappa >= -1 && kappa <= 1)) {
            throw new IllegalArgumentException("p is %s and kappa %s".formatted(p, kappa));
        }
        return Math.clamp(p * p + kappa * p * (1 - p), 0, 1);
    }
}

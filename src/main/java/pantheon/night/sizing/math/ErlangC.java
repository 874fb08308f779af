package pantheon.night.sizing.math;

/**
 * The queue M/M/c: arrivals at random, exponential service, c servers, one line.
 *
 * <p>By Erlang B's recursion, B₀ = 1, Bₙ = aBₙ₋₁/(n + aBₙ₋₁), which neither overflows nor cancels where the form with
 * factorials does.
 *
 * @param servers c, 1 or more
 * @param load a = λ/μ in Erlangs, the servers that the arrivals keep busy; 0 or more
 */
public record ErlangC(int servers, double load) {
    public ErlangC {
        if (servers < 1 || !(load >= 0)) {
            throw new IllegalArgumentException("%d servers, load %s".formatted(servers, load));
        }
    }

    /** ρ = a/c; from 1 on the line grows without end. */
    public double utilisation() {
        return load / servers;
    }

    public boolean isStable() {
        return utilisation() < 1;
    }

    /** The probability that an arrival finds all servers busy: C = B/(1 − ρ(1 − B)), 1 where the line is not stable. */
    public double waits() {
        if (!isStable()) {
            return 1;
        }
        double b = 1;
        for (int n = 1; n <= servers; n++) {
            b = load * b / (n + load * b);
        }
        return b / (1 - utilisation() * (1 - b));
    }

    /** The mean wait in units of the mean service time, infinite where the line is not stable. */
    public double meanWait() {
        return isStable() ? waits() / (servers - load) : Double.POSITIVE_INFINITY;
    }

    /**
     * The wait that a share of the arrivals stays below, in units of the mean service time: P(W &gt; t) = C·e^−(c−a)t.
     *
     * @param share 0 to less than 1
     */
    public double wait(double share) {
        if (!isStable()) {
            return Double.POSITIVE_INFINITY;
        }
        double c = waits();
        return 1 - share >= c ? 0 : Math.log(c / (1 - share)) / (servers - load);
    }
}

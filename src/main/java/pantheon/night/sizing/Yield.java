package pantheon.night.sizing;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import pantheon.night.sizing.past.Rates;

/**
 * How many of an agent's tasks are accepted by dawn, a draw for each replication of the night.
 *
 * <p>Three things vary: how many tasks are done, as the replication has it; the agent's rate, of which only so much is
 * known as its past tasks tell; and the tasks themselves, each accepted or not by that rate. The rate is drawn so that
 * its quantiles are the ends of Wilson's intervals, 2.5 and 97.5 % those of the 95 % interval.
 */
final class Yield {
    /** Up to so many tasks each one is drawn; of more the sum is, which is then nearly normal. */
    private static final int MOST_DRAWN = 64;

    private final Rates rates;
    private final RandomGenerator random;

    /** @param agent its place among the workload's agents, so that each has draws of its own */
    Yield(Rates rates, long seed, int agent) {
        this.rates = rates;
        this.random = new SplittableRandom(Makespan.scattered(seed, -1 - agent));
    }

    /** @param done how many of its tasks are done by dawn, a replication each */
    double[] accepted(int[] done) {
        var accepted = new double[done.length];
        for (int i = 0; i < done.length; i++) {
            accepted[i] = accepted(done[i], rates.acceptedAt(random));
        }
        return accepted;
    }

    private double accepted(int tasks, double rate) {
        if (tasks > MOST_DRAWN) {
            double deviation = Math.sqrt(tasks * rate * (1 - rate));
            return Math.clamp(Math.rint(tasks * rate + deviation * random.nextGaussian()), 0, tasks);
        }
        int accepted = 0;
        for (int task = 0; task < tasks; task++) {
            accepted += random.nextDouble() < rate ? 1 : 0;
        }
        return accepted;
    }
}

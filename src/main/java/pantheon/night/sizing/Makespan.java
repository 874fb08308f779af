package pantheon.night.sizing;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The time that a frozen queue takes, simulated: list scheduling of bootstrapped tasks on the slots.
 *
 * <p>Each replication draws the night, then for each agent a sample of what is known (as many records as tell
 * something, so little knowledge spreads wide), then each task from that sample, and puts each on the slot that is free
 * first. Replication r draws from a generator of its own, so the answer depends on the seed and on nothing else.
 *
 * <p>Long queues are not drawn task by task: but for the last {@value #TAIL}, tasks go in blocks whose sums are normal.
 */
public final class Makespan {
    /** Up to so many tasks each one is drawn. */
    static final int MOST_DRAWN = 16_384;
    /** The tasks at the end of a longer queue that are drawn all the same: they decide how slots end. */
    static final int TAIL = 4_096;
    /** The tasks of a block. */
    static final int BLOCK = 1_000;

    private static final int MOST_SAMPLED = 2_048;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final NightPlan plan;
    private final double[][] durations;
    private final AliasTable[] places;
    private final int drawnFrom;

    private Makespan(NightPlan plan) {
        this.plan = plan;
        durations = plan.workload().agents().stream()
                .map(agent -> agent.rates().durations(plan.slowDown(), plan.slots()))
                .toArray(double[][]::new);
        places = plan.workload().agents().stream()
                .map(agent -> agent.rates().places())
                .toArray(AliasTable[]::new);
        int tasks = plan.workload().tasks();
        drawnFrom = tasks <= MOST_DRAWN ? 0 : tasks - TAIL;
    }

    /**
     * Simulates a night.
     *
     * @param replications 1 or more
     */
    static Replications simulate(NightPlan plan, int replications, long seed) {
        var makespan = new Makespan(plan);
        var sample = new Replications(replications, plan.workload().agents().size());
        IntStream.range(0, replications)
                .parallel()
                .forEach(i -> makespan.replicate(i, new SplittableRandom(scattered(seed, i)), sample));
        return sample;
    }

    /** A state of the generator far from that of any other replication: neighbouring ones would give the same draws. */
    private static long scattered(long seed, int replication) {
        long mixed = seed + (replication + 1) * GOLDEN;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private void replicate(int place, RandomGenerator random, Replications sample) {
        var spread = plan.spread();
        double night = Math.exp(spread.shift()
                + (spread.deviation() == 0
                        ? 0
                        : spread.deviation() * Normal.student(random, spread.degreesOfFreedom())));
        var drawn = new Pool[durations.length];
        for (int agent = 0; agent < drawn.length; agent++) {
            drawn[agent] = new Pool(sampled(agent, night, random));
        }
        var slots = new Slots(plan);
        int task = 0;
        for (var stretch : plan.workload().stretches()) {
            int left = stretch.tasks();
            while (left > 0 && task < drawnFrom) {
                int block = Math.min(Math.min(left, BLOCK), drawnFrom - task);
                slots.block(stretch.agent(), block, drawn[stretch.agent()].sum(block, random));
                task += block;
                left -= block;
            }
            var from = drawn[stretch.agent()].millis;
            for (; left > 0; left--, task++) {
                slots.task(stretch.agent(), from[random.nextInt(from.length)]);
            }
        }
        sample.millis[place] = slots.last;
        sample.nights[place] = night;
        sample.kept[place] = slots.kept;
        for (int agent = 0; agent < drawn.length; agent++) {
            sample.done[agent][place] = slots.done[agent];
        }
    }

    /** A sample of what is known of an agent; one task in so many is unlike any that was seen. */
    private double[] sampled(int agent, double night, RandomGenerator random) {
        var rates = plan.workload().agents().get(agent).rates();
        double known = rates.effectiveTasks();
        var sample = new double[Math.clamp(Math.round(known), 1, MOST_SAMPLED)];
        for (int i = 0; i < sample.length; i++) {
            double millis = durations[agent][places[agent].draw(random)] * night;
            if (random.nextDouble() * (known + 1) < 1) {
                millis *= Math.exp(rates.logDeviation() * random.nextGaussian());
            }
            sample[i] = Math.min(millis, rates.longestMillis());
        }
        return sample;
    }

    /** What a replication draws an agent's tasks from. */
    private static final class Pool {
        final double[] millis;
        private final double mean;
        private final double variance;

        Pool(double[] millis) {
            this.millis = millis;
            mean = Arrays.stream(millis).average().orElse(0);
            variance = Arrays.stream(millis)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(0);
        }

        /** The sum of many draws, normal by the central limit theorem. */
        double sum(int count, RandomGenerator random) {
            return Math.max(0, count * mean + Math.sqrt(count * variance) * random.nextGaussian());
        }
    }

    /** The slots of a night as they fill. */
    private static final class Slots {
        private final double[] free;
        private final double dawn;
        final int[] done;
        int kept;
        double last;

        Slots(NightPlan plan) {
            free = new double[plan.slots()];
            Arrays.fill(free, plan.startUpMillis());
            var window = plan.windowMillis();
            dawn = window == null ? Double.POSITIVE_INFINITY : window;
            done = new int[plan.workload().agents().size()];
            last = plan.workload().tasks() == 0 ? 0 : plan.startUpMillis();
        }

        void task(int agent, double millis) {
            int first = 0;
            for (int i = 1; i < free.length; i++) {
                first = free[i] < free[first] ? i : first;
            }
            free[first] += millis;
            last = Math.max(last, free[first]);
            if (free[first] <= dawn) {
                done[agent]++;
            }
            kept += last <= dawn ? 1 : 0;
        }

        /** Many tasks at once, spread over all slots alike. */
        void block(int agent, int tasks, double millis) {
            double from = free[0];
            double to = from + millis / free.length;
            Arrays.fill(free, to);
            last = to;
            int before = to <= dawn ? tasks : from < dawn ? (int) (tasks * (dawn - from) / (to - from)) : 0;
            done[agent] += before;
            kept += before;
        }
    }
}

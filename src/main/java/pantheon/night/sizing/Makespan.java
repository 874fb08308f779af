package pantheon.night.sizing;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import pantheon.night.sizing.math.AliasTable;
import pantheon.night.sizing.math.Normal;
import pantheon.night.sizing.past.Pool;

/**
 * The time that a frozen queue takes, simulated: a {@link Schedule} of bootstrapped tasks.
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
    /** The replications after which it is asked whether enough is known. */
    private static final int LOOKED_AT = 100;

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
    static long scattered(long seed, int replication) {
        long mixed = seed + (replication + 1) * GOLDEN;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /**
     * Whether the share {@link Forecast#SURE} of the same replications is done by dawn; it looks at no more of them, and
     * of each at no more tasks, than it takes to know.
     */
    static boolean isSure(NightPlan plan, int replications, long seed) {
        var makespan = new Makespan(plan);
        int missed = 0;
        for (int from = 0; from < replications && isSure(missed, replications); from += LOOKED_AT) {
            missed += (int) IntStream.range(from, Math.min(from + LOOKED_AT, replications))
                    .parallel()
                    .filter(i -> !makespan.isWhole(new SplittableRandom(scattered(seed, i))))
                    .count();
        }
        return isSure(missed, replications);
    }

    private boolean isWhole(RandomGenerator random) {
        return schedule(night(random), random, random, true).isWhole();
    }

    /**
     * In what share of the replications some queues are all done by dawn, one on each of several machines. What is not known
     * of tasks and of the night is the same on all of them, and what each task then takes is not.
     */
    static double shareDone(List<NightPlan> plans, int replications, long seed) {
        var machines = plans.stream().map(Makespan::new).toList();
        long done = IntStream.range(0, replications)
                .parallel()
                .filter(i -> areWhole(machines, scattered(seed, i)))
                .count();
        return done / (double) replications;
    }

    private static boolean areWhole(List<Makespan> machines, long state) {
        return IntStream.range(0, machines.size()).allMatch(i -> {
            var common = new SplittableRandom(state);
            double night = machines.get(i).night(common);
            var own = new SplittableRandom(scattered(state, i));
            return machines.get(i).schedule(night, common, own, true).isWhole();
        });
    }

    private static boolean isSure(int missed, int replications) {
        return (replications - missed) / (double) replications >= Forecast.SURE;
    }

    private void replicate(int place, RandomGenerator random, Replications sample) {
        double night = night(random);
        var schedule = schedule(night, random, random, false);
        sample.millis[place] = plan.workload().tasks() == 0 ? 0 : schedule.makespan();
        sample.nights[place] = night;
        sample.kept[place] = schedule.kept;
        for (int agent = 0; agent < durations.length; agent++) {
            sample.done[agent][place] = schedule.done[agent];
            sample.total[place] += schedule.done[agent];
        }
    }

    /** By what factor the night is longer than its tasks tell. */
    private double night(RandomGenerator random) {
        var spread = plan.spread();
        return Math.exp(spread.shift()
                + (spread.deviation() == 0
                        ? 0
                        : spread.deviation() * Normal.student(random, spread.degreesOfFreedom())));
    }

    /**
     * @param known draws what is known of the agents
     * @param random draws the tasks
     * @param isOnlyIfWhole whether to leave off at the first task that is not done
     */
    private Schedule schedule(double night, RandomGenerator known, RandomGenerator random, boolean isOnlyIfWhole) {
        var drawn = pools(night, known);
        var schedule = new Schedule(plan);
        int task = 0;
        for (var stretch : plan.workload().stretches()) {
            for (int left = stretch.tasks(); left > 0; ) {
                if (isOnlyIfWhole && !schedule.isWhole()) {
                    return schedule;
                }
                int taken = put(schedule, stretch, Math.min(left, drawnFrom - task), drawn, random);
                task += taken;
                left -= taken;
            }
        }
        return schedule;
    }

    private Pool[] pools(double night, RandomGenerator random) {
        var drawn = new Pool[durations.length];
        for (int agent = 0; agent < drawn.length; agent++) {
            drawn[agent] = pool(agent, night, random);
        }
        return drawn;
    }

    /**
     * Puts a block of tasks, or the next task, and gives how many that were.
     *
     * @param undrawn how many more of the stretch are not drawn one by one; 0 or less where none
     */
    private static int put(
            Schedule schedule, Workload.Stretch stretch, int undrawn, Pool[] drawn, RandomGenerator random) {
        int agent = stretch.agent();
        if (undrawn <= 0) {
            schedule.task(agent, drawn[agent].draw(stretch.length(), random));
            return 1;
        }
        int taken = Math.min(undrawn, BLOCK);
        schedule.block(agent, taken, drawn[agent].sum(stretch.length(), taken, random));
        return taken;
    }

    /** A sample of what is known of an agent; one task in so many is unlike any that was seen. */
    private Pool pool(int agent, double night, RandomGenerator random) {
        var rates = plan.workload().agents().get(agent).rates();
        double known = rates.effectiveTasks();
        var sample = new double[Math.clamp(Math.round(known), 1, MOST_SAMPLED)];
        var lengths = new int[sample.length];
        for (int i = 0; i < sample.length; i++) {
            int record = places[agent].draw(random);
            double millis = durations[agent][record] * night;
            if (random.nextDouble() * (known + 1) < 1) {
                millis *= Math.exp(rates.logDeviation() * random.nextGaussian());
            }
            sample[i] = Math.min(millis, rates.longestMillis());
            lengths[i] = rates.lengthClass(record);
        }
        return new Pool(sample, lengths, rates.lengthClasses());
    }
}

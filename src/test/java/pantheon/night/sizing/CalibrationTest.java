package pantheon.night.sizing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.sizing.math.Band;
import pantheon.night.sizing.math.Normal;
import pantheon.night.sizing.past.Basis;
import pantheon.night.sizing.past.Experience;
import pantheon.night.sizing.past.PastForecast;
import pantheon.night.sizing.past.PastTask;
import pantheon.night.sizing.past.Rates;
import pantheon.night.sizing.past.SlowDown;
import pantheon.night.sizing.past.TrackRecord;

/** Night after night of known truth, each forecast from those before it, and what came counted against the bands. */
final class CalibrationTest {
    private static final int NIGHTS = 500;
    private static final int TASKS = 40;
    private static final int LEARNING = 5;
    private static final int REPLICATIONS = 200;

    /** The time of one task, in milliseconds, on some night. */
    private interface Truth {
        double task(RandomGenerator random);

        /** The length of a task, in bytes; -1 where nobody knows it. */
        default long length(RandomGenerator random) {
            return -1;
        }

        /** The time of a task of some length. */
        default double task(long bytes, RandomGenerator random) {
            return task(random);
        }
    }

    /** The times of tasks go with their lengths, more or less. */
    private record ByLength(double deviation) implements Truth {
        @Override
        public double task(RandomGenerator random) {
            return task(length(random), random);
        }

        @Override
        public long length(RandomGenerator random) {
            return Math.round(1000 * Math.exp(0.8 * random.nextGaussian()));
        }

        @Override
        public double task(long bytes, RandomGenerator random) {
            return bytes * Math.exp(deviation * random.nextGaussian());
        }
    }

    private record Result(int inside95, int inside80, int nights, double brier) {
        double coverage95() {
            return inside95 / (double) nights;
        }

        double coverage80() {
            return inside80 / (double) nights;
        }
    }

    private static Result nights(IntFunction<Truth> truths, long seed) {
        var random = new SplittableRandom(seed);
        var records = new ArrayList<PastTask>();
        var past = new ArrayList<PastForecast>();
        int inside95 = 0;
        int inside80 = 0;
        double brier = 0;
        for (int night = 0; night < LEARNING + NIGHTS; night++) {
            var truth = truths.apply(night);
            if (night >= LEARNING) {
                var recent = List.copyOf(
                        records.subList(Math.max(0, records.size() - Experience.MOST_RECORDS), records.size()));
                double dawn = median(recent) * (0.6 + 0.8 * random.nextDouble());
                var lengths = lengths(truth, random);
                var load = new Workload.AgentLoad("agent", "1", Rates.seen(recent, night, Basis.OWN), 0);
                var plan = new NightPlan(
                        Workload.of(List.of(new Workload.Queued(load, TASKS, known(lengths)))),
                        2,
                        SlowDown.SHARED,
                        0,
                        dawn,
                        0,
                        TrackRecord.of(past).spread());
                var forecast = Forecast.of(plan, REPLICATIONS, seed + night);
                double came = makespan(truth, lengths, random);
                var makespan = forecast.makespan();
                inside95 += new Band(makespan.at(0.025), makespan.at(0.975)).holds(came) ? 1 : 0;
                inside80 += new Band(makespan.at(0.1), makespan.at(0.9)).holds(came) ? 1 : 0;
                brier += Math.pow(forecast.probabilityDone().orElseThrow() - (came <= dawn ? 1 : 0), 2);
                past.add(new PastForecast(forecast.json(), NightOutcome.DONE, came));
            }
            for (int i = 0; i < TASKS; i++) {
                long bytes = truth.length(random);
                records.add(Rows.took(night, truth.task(bytes, random), bytes));
            }
        }
        return new Result(inside95, inside80, NIGHTS, brier / NIGHTS);
    }

    private static double median(List<PastTask> records) {
        return records.stream().mapToDouble(PastTask::otherMillis).average().orElseThrow() * TASKS / 2;
    }

    private static List<Long> lengths(Truth truth, RandomGenerator random) {
        return LongStream.generate(() -> truth.length(random))
                .limit(TASKS)
                .boxed()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static List<Long> known(List<Long> lengths) {
        return lengths.stream().filter(bytes -> bytes >= 0).toList();
    }

    /** What really happens: two slots, the truth's own tasks, the longest first. */
    private static double makespan(Truth truth, List<Long> lengths, RandomGenerator random) {
        var free = new double[2];
        for (long bytes : lengths) {
            free[free[0] <= free[1] ? 0 : 1] += truth.task(bytes, random);
        }
        return Math.max(free[0], free[1]);
    }

    private static void holds(String name, Result result) {
        if (Boolean.getBoolean("calibration.print")) {
            System.out.printf(
                    "%s: %.1f %% in the 95 %% band, %.1f %% in the 80 %% band, Brier %.3f%n",
                    name, 100 * result.coverage95(), 100 * result.coverage80(), result.brier());
        }
        assertTrue(result.coverage95() >= 0.92 && result.coverage95() <= 0.98, name + " " + result);
        assertTrue(result.coverage80() >= 0.72 && result.coverage80() <= 0.90, name + " " + result);
        assertTrue(result.brier() < 0.25, name + " " + result);
    }

    private static Truth lognormal(double level, double deviation) {
        return random -> level * Math.exp(deviation * random.nextGaussian() - deviation * deviation / 2);
    }

    @Test
    void light_tails() {
        holds("light", nights(night -> random -> 900 + 200 * random.nextDouble(), 1));
    }

    @Test
    void exponential_tasks() {
        holds("exponential", nights(night -> random -> -1000 * Math.log1p(-random.nextDouble()), 2));
    }

    @Test
    void heavy_tails() {
        holds("heavy", nights(night -> lognormal(1000, 1.5), 3));
        holds("pareto", nights(night -> random -> 1000 * Math.pow(1 - random.nextDouble(), -1 / 2.2), 4));
    }

    @Test
    void rates_that_drift_one_way() {
        holds("drift up", nights(night -> lognormal(1000 * Math.exp(0.02 * night), 0.5), 5));
        holds("drift down", nights(night -> lognormal(1000 * Math.exp(-0.02 * night), 1), 6));
    }

    @Test
    void rates_that_wander() {
        var random = new SplittableRandom(77);
        var level = new double[LEARNING + NIGHTS];
        for (int i = 1; i < level.length; i++) {
            level[i] = level[i - 1] + 0.05 * random.nextGaussian();
        }
        holds("wander", nights(night -> lognormal(1000 * Math.exp(level[night]), 0.7), 7));
    }

    @Test
    void times_that_go_with_lengths() {
        holds("by length", nights(night -> new ByLength(0.3), 9));
        holds("by length, more or less", nights(night -> new ByLength(1), 10));
    }

    @Test
    void nights_that_differ() {
        var random = new SplittableRandom(78);
        var factor = random.doubles(LEARNING + NIGHTS)
                .map(u -> Math.exp(0.2 * Normal.quantile(u)))
                .toArray();
        holds("differ", nights(night -> lognormal(1000 * factor[night], 0.7), 8));
    }
}

package pantheon.night.sizing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Night after night of known truth, each forecast from those before it, and what came counted against the bands. */
final class CalibrationTest {
    private static final int NIGHTS = 500;
    private static final int TASKS = 40;
    private static final int LEARNING = 5;
    private static final int REPLICATIONS = 200;

    /** The time of one task, in milliseconds, on some night. */
    private interface Truth {
        double task(RandomGenerator random);
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
        var records = new ArrayList<TaskRecord>();
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
                var plan = Rows.plan(
                        Rates.seen(recent, night, Rates.Basis.OWN),
                        TASKS,
                        2,
                        dawn,
                        TrackRecord.of(past).spread());
                var forecast = Forecast.of(plan, REPLICATIONS, seed + night);
                double came = makespan(truth, random);
                var makespan = forecast.makespan();
                inside95 += new Band(makespan.at(0.025), makespan.at(0.975)).holds(came) ? 1 : 0;
                inside80 += new Band(makespan.at(0.1), makespan.at(0.9)).holds(came) ? 1 : 0;
                brier += Math.pow(forecast.probabilityDone().orElseThrow() - (came <= dawn ? 1 : 0), 2);
                past.add(new PastForecast(forecast.json(), "done", came));
            }
            for (int i = 0; i < TASKS; i++) {
                records.add(Rows.took(night, truth.task(random)));
            }
        }
        return new Result(inside95, inside80, NIGHTS, brier / NIGHTS);
    }

    private static double median(List<TaskRecord> records) {
        return records.stream().mapToDouble(TaskRecord::otherMillis).average().orElseThrow() * TASKS / 2;
    }

    /** What really happens: two slots, the truth's own tasks. */
    private static double makespan(Truth truth, RandomGenerator random) {
        var free = new double[2];
        for (int i = 0; i < TASKS; i++) {
            free[free[0] <= free[1] ? 0 : 1] += truth.task(random);
        }
        return Math.max(free[0], free[1]);
    }

    private static void holds(String name, Result result) {
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
    void nights_that_differ() {
        var random = new SplittableRandom(78);
        var factor = random.doubles(LEARNING + NIGHTS)
                .map(u -> Math.exp(0.2 * Normal.quantile(u)))
                .toArray();
        holds("differ", nights(night -> lognormal(1000 * factor[night], 0.7), 8));
    }
}

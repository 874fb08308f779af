package pantheon.night.sizing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.sizing.past.Experience;
import pantheon.night.sizing.past.NightSpread;
import pantheon.night.sizing.past.Rates;
import pantheon.night.sizing.past.SlowDown;

/** Makespans against what is exact. */
final class MakespanTest {
    private static final int MANY = 2000;

    /** 4,096 records at the quantiles of the exponential distribution: its mean is 1,000 ms but for a thousandth. */
    private static Rates exponential() {
        int count = Experience.MOST_RECORDS;
        return Rows.rates(IntStream.range(0, count)
                .mapToObj(i -> Rows.took(0, -1000 * Math.log1p(-(i + 0.5) / count)))
                .toList());
    }

    @ParameterizedTest
    @CsvSource({"40, 8", "200, 8", "100, 1", "64, 4"})
    void exponential_tasks_take_what_the_exact_formula_says(int tasks, int slots) {
        // the formula knows of no task that is unlike all that were seen; none is longer than the longest of those
        var rates = exponential().within(Duration.ofMillis(8_400));
        var sample = Makespan.simulate(Rows.plan(rates, tasks, slots, null, NightSpread.NONE), 10_000, 7).millis;
        double harmonic =
                IntStream.rangeClosed(1, slots).mapToDouble(k -> 1.0 / k).sum();
        double squares =
                IntStream.rangeClosed(1, slots).mapToDouble(k -> 1.0 / k / k).sum();
        double mean = 1000 * ((tasks - slots) / (double) slots + harmonic);
        double variance = 1e6 * ((tasks - slots) / (double) slots / slots + squares);
        double known = mean / Math.sqrt(2048); // the mean of what is known is itself drawn, from 2,048 records
        double seen = Arrays.stream(sample).average().orElseThrow();
        double spread = Arrays.stream(sample)
                .map(x -> (x - seen) * (x - seen))
                .average()
                .orElseThrow();
        assertEquals(1, seen / mean, 0.005);
        assertEquals(1, Math.sqrt(spread / (variance + known * known)), 0.04);
    }

    @Test
    void p95_over_the_ideal_is_that_of_list_scheduling() {
        var makespan = Forecast.of(Rows.plan(exponential(), 200, 8, null, NightSpread.NONE), MANY, 3)
                .makespan();
        assertEquals(1.22, makespan.at(0.95) / (200 * 1000 / 8.0), 0.02);
    }

    @Test
    void the_answer_does_not_depend_on_the_number_of_threads() {
        var plan = Rows.plan(exponential(), 100, 3, 40_000.0, new NightSpread(0.01, 0.1, 5));
        var alone = in(1, plan);
        var many = in(7, plan);
        assertArrayEquals(alone.millis, many.millis);
        assertArrayEquals(alone.kept, many.kept);
        assertArrayEquals(alone.done, many.done);
        assertTrue(!Arrays.equals(alone.millis, Makespan.simulate(plan, 500, 12).millis), "another seed");
    }

    private static Replications in(int threads, NightPlan plan) {
        try (var pool = new ForkJoinPool(threads)) {
            return pool.submit(() -> Makespan.simulate(plan, 500, 11)).join();
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "8"})
    void blocks_of_tasks_take_what_the_tasks_would(int slots) {
        int tasks = Makespan.MOST_DRAWN;
        var drawn = Rows.plan(exponential(), tasks, slots, tasks * 1000.0 / slots, NightSpread.NONE);
        var blocks = Rows.plan(exponential(), tasks + 1, slots, tasks * 1000.0 / slots, NightSpread.NONE);
        var one = Forecast.of(drawn, MANY, 5);
        var other = Forecast.of(blocks, MANY, 6);
        for (double share : new double[] {0.025, 0.1, 0.5, 0.9, 0.975}) {
            assertEquals(1, other.makespan().at(share) / one.makespan().at(share), 0.006, "at " + share);
        }
        assertEquals(
                one.probabilityDone().orElseThrow(), other.probabilityDone().orElseThrow(), 0.05);
        assertEquals(1, other.kept().at(0.05) / one.kept().at(0.05), 0.004);
    }

    @Test
    void the_queues_head_is_done_by_dawn_and_its_tail_is_cut_off() {
        var rates = Rows.rates(List.of(Rows.took(0, 1000)));
        var certain = Rows.rates(
                IntStream.range(0, 2000).mapToObj(i -> Rows.took(0, 1000)).toList());
        var plan = new NightPlan(
                new Workload(
                        List.of(
                                new Workload.AgentLoad("first", "1", certain, 0),
                                new Workload.AgentLoad("second", "1", certain, 0)),
                        List.of(new Workload.Stretch(0, 30), new Workload.Stretch(1, 30))),
                1,
                SlowDown.SHARED,
                500,
                45_000.0,
                0,
                NightSpread.NONE);
        var forecast = Forecast.of(plan, 500, 1);
        assertEquals(30, forecast.agents().get(0).done().at(0.5));
        assertEquals(14, forecast.agents().get(1).done().at(0.5));
        assertEquals(16, forecast.cutOff(0.5));
        assertEquals(44, forecast.tasksForSure(), 1);
        assertEquals(2, forecast.slotsForSure().orElse(0));
        assertTrue(rates.effectiveTasks() <= 1);
    }

    /** Around the number of slots that is just enough, and for a queue in blocks. */
    @ParameterizedTest
    @CsvSource({"100, 52000", "100, 26000", "20000, 7000000", "20000, 20500000"})
    void whether_it_is_sure_is_known_without_looking_at_all_of_it(int tasks, double dawn) {
        var plan = Rows.plan(exponential(), tasks, 1, dawn, new NightSpread(0.01, 0.1, 5));
        for (int slots = 1; slots <= 8; slots++) {
            assertEquals(
                    Forecast.of(plan.withSlots(slots), 400, 9).isSure(),
                    Makespan.isSure(plan.withSlots(slots), 400, 9),
                    slots + " slots");
        }
    }

    @Test
    void a_queue_without_tasks_takes_no_time() {
        var forecast = Forecast.of(Rows.plan(exponential(), 0, 2, 1000.0, NightSpread.NONE), 100, 1);
        assertEquals(0, forecast.makespan().at(1));
        assertEquals(1, forecast.probabilityDone().orElseThrow());
        assertEquals(0, forecast.meanAccepted());
    }
}

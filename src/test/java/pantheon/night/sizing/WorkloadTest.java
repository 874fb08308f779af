package pantheon.night.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pantheon.night.sizing.Workload.Stretch;
import pantheon.night.sizing.past.NightSpread;
import pantheon.night.sizing.past.Rates;
import pantheon.night.sizing.past.SlowDown;

/** Queues of tasks of different lengths. */
final class WorkloadTest {
    private static final int LONG = 1;
    private static final int SHORT = 0;

    /** So many tasks of 100 bytes that took a second and as many of 1,000 bytes that took ten. */
    private static Rates rates(int each) {
        return Rows.rates(IntStream.range(0, 2 * each)
                .mapToObj(i -> i % 2 == 0 ? Rows.took(0, 1_000, 100) : Rows.took(0, 10_000, 1_000))
                .toList());
    }

    private static Workload.AgentLoad load(Rates rates) {
        return new Workload.AgentLoad("agent", "1", rates, 0);
    }

    private static Duration mean(Workload workload) {
        return workload.agents().getFirst().rates().mean(SlowDown.SHARED, 1);
    }

    @Test
    void the_longest_of_an_agents_tasks_go_first() {
        var load = load(rates(100));
        var workload = Workload.of(List.of(
                new Workload.Queued(load, 2, List.of(90L, 90L)),
                new Workload.Queued(load, 4, List.of(5_000L, 1_000L, 1_000L, 999L))));
        assertEquals(
                List.of(new Stretch(0, SHORT, 2), new Stretch(0, LONG, 3), new Stretch(0, SHORT, 1)),
                workload.stretches());
        assertEquals(1, workload.agents().size());
    }

    @Test
    void a_tasks_time_is_that_of_tasks_of_its_length() {
        var load = load(rates(1000));
        assertEquals(Duration.ofMillis(5_500), load.rates().mean(SlowDown.SHARED, 1));
        assertEquals(
                Duration.ofMillis(3_250),
                mean(Workload.of(List.of(new Workload.Queued(load, 4, List.of(1_000L, 100L, 100L, 100L))))));
        var certain = plan(Workload.of(List.of(new Workload.Queued(load, 4, List.of(1_000L, 100L, 100L, 100L)))), 2);
        // the long one on one slot, the short ones on the other; in any other order it would often be eleven seconds
        assertEquals(10_000, Forecast.of(certain, 1_000, 1).makespan().at(0.5));
        assertEquals(10_000, Forecast.of(certain, 1_000, 1).makespan().at(0.1));
    }

    private static NightPlan plan(Workload workload, int slots) {
        return new NightPlan(workload, slots, SlowDown.SHARED, 0, null, 0, NightSpread.NONE);
    }

    @Test
    void of_a_part_of_the_lengths_the_whole_stretch_has_the_proportions() {
        var workload =
                Workload.of(List.of(new Workload.Queued(load(rates(100)), 1001, List.of(1_000L, 100L, 100L, 100L))));
        assertEquals(List.of(new Stretch(0, LONG, 250), new Stretch(0, SHORT, 751)), workload.stretches());
    }

    @Test
    void few_records_and_records_of_no_known_length_tell_nothing_of_lengths() {
        assertFalse(rates(9).tellsLengthsApart());
        assertTrue(rates(10).tellsLengthsApart());
        var unknown = Rows.rates(Rows.night(0, 100, () -> 1));
        assertFalse(unknown.tellsLengthsApart());
        var workload = Workload.of(List.of(new Workload.Queued(load(rates(100)), 3, List.of())));
        assertEquals(List.of(new Stretch(0, Workload.ANY_LENGTH, 3)), workload.stretches());
        assertEquals(Duration.ofMillis(5_500), mean(workload));
    }

    @Test
    void another_number_of_tasks_has_the_same_lengths() {
        var workload =
                Workload.of(List.of(new Workload.Queued(load(rates(100)), 4, List.of(1_000L, 100L, 100L, 100L))));
        assertEquals(
                List.of(new Stretch(0, LONG, 2), new Stretch(0, SHORT, 6)),
                workload.withTasks(0, 8).stretches());
        assertEquals(List.of(), workload.withTasks(0, 0).stretches());
        assertEquals(3, workload.withTasks(0, 0).withTasks(0, 3).tasks());
    }

    @Test
    void tasks_that_take_longer_are_expected_to() {
        var slower = Workload.of(
                        List.of(new Workload.Queued(new Workload.AgentLoad("agent", "1", rates(10), 7), 1, List.of())))
                .withTimes(0, 2);
        assertEquals(14, slower.agents().getFirst().expectedMillis());
        assertEquals(Duration.ofSeconds(11), mean(slower));
    }
}

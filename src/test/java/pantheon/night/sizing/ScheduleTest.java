package pantheon.night.sizing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import pantheon.night.sizing.past.NightSpread;
import pantheon.night.sizing.past.SlowDown;

/** Schedules that can be worked out on paper, in milliseconds. */
final class ScheduleTest {
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    /** @param expected of a task of each agent */
    private static Schedule schedule(int slots, double dawn, double grace, double... expected) {
        var rates = Rows.rates(List.of(Rows.took(0, 1)));
        var agents = DoubleStream.of(expected)
                .mapToObj(each -> new Workload.AgentLoad("agent", "1", rates, each))
                .toList();
        return new Schedule(new NightPlan(
                new Workload(agents, List.of()), slots, SlowDown.SHARED, 0, dawn, grace, NightSpread.NONE));
    }

    private static Schedule run(Schedule schedule, int agent, double... tasks) {
        for (double task : tasks) {
            schedule.task(agent, task);
        }
        return schedule;
    }

    @Test
    void a_task_goes_on_the_slot_that_is_free_first() {
        var schedule = run(schedule(2, 100, 0, 0), FIRST, 5, 3, 4, 2, 6); // 5 + 2, 3 + 4, then 7 + 6
        assertEquals(13, schedule.makespan());
        assertTrue(schedule.isWhole());
        assertEquals(5, schedule.kept);
    }

    @Test
    void the_longest_first_end_sooner_than_the_shortest_first() {
        assertEquals(6, run(schedule(2, 100, 0, 0), FIRST, 6, 2, 2, 2).makespan());
        assertEquals(8, run(schedule(2, 100, 0, 0), FIRST, 2, 2, 2, 6).makespan());
    }

    @Test
    void a_task_that_runs_at_dawn_is_done_if_it_ends_within_the_grace_period() {
        assertEquals(2, run(schedule(1, 10, 2, 0), FIRST, 8, 4).kept); // ends at 12
        var cutOff = run(schedule(1, 10, 1.9, 0), FIRST, 8, 4);
        assertEquals(1, cutOff.kept);
        assertFalse(cutOff.isWhole());
    }

    @Test
    void no_task_begins_at_dawn_whatever_the_grace_period() {
        assertEquals(1, run(schedule(1, 10, 5, 0), FIRST, 10, 1).kept);
        assertEquals(2, run(schedule(1, 10.1, 5, 0), FIRST, 10, 1).kept);
    }

    @Test
    void a_task_that_is_not_expected_to_end_by_dawn_does_not_begin() {
        // as the runner does in WindowedNightTest: ten minutes each, 25 minutes, and then just enough
        assertEquals(2, run(schedule(1, 25, 0, 10), FIRST, 10, 10, 10, 10).kept);
        assertEquals(2, run(schedule(1, 20, 0, 10), FIRST, 10, 10).kept);
        assertEquals(1, run(schedule(1, 10, 5, 3), FIRST, 8, 1).kept, "it would have taken 1, but nobody knew");
    }

    @Test
    void one_behind_a_task_that_is_not_begun_may_be_shorter() {
        var schedule = schedule(1, 10, 0, 3, 1);
        run(schedule, FIRST, 8, 3);
        run(schedule, SECOND, 1, 1, 1);
        assertArrayEquals(new int[] {1, 2}, schedule.done);
        assertEquals(1, schedule.kept, "from the head, without a gap");
        assertEquals(14, schedule.makespan(), "all of them, if the window did not close");
    }

    @Test
    void blocks_are_spread_over_the_slots_and_cut_where_no_task_begins_any_more() {
        var schedule = schedule(2, 1000, 0, 0, 200);
        schedule.block(FIRST, 10, 1000); // level at 500
        schedule.block(SECOND, 10, 1000); // would be level at 1000; the last begin at 800
        assertArrayEquals(new int[] {10, 6}, schedule.done);
        assertEquals(16, schedule.kept);
        schedule.block(SECOND, 10, 1000);
        schedule.block(FIRST, 10, 400); // from 800 to 1000
        assertArrayEquals(new int[] {20, 6}, schedule.done);
        assertEquals(16, schedule.kept);
        assertEquals(1700, schedule.makespan());
    }
}

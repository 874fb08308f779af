package pantheon.night.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RunningTimeTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final RunningTime time = new RunningTime(nanos::get);

    private Duration after(Duration more) {
        nanos.addAndGet(more.toNanos());
        return time.now();
    }

    @Test
    void time_in_which_the_process_runs_counts_and_time_in_which_it_was_stopped_does_not() {
        var start = time.now();
        assertEquals(Duration.ofMillis(100), after(Duration.ofMillis(100)).minus(start));
        assertEquals(Duration.ofMillis(2100), after(Duration.ofSeconds(2)).minus(start), "a busy machine");
        assertEquals(Duration.ofMillis(2200), after(Duration.ofHours(3)).minus(start), "stopped for three hours");
        assertEquals(Duration.ofMillis(2300), after(Duration.ofMillis(100)).minus(start));
    }

    @Test
    void the_clock_of_this_process_goes_on_when_nobody_asks() throws InterruptedException {
        var start = RunningTime.ofThisProcess().now();
        Thread.sleep(3_500); // longer than a silence that counts as stopped
        assertTrue(RunningTime.ofThisProcess().now().minus(start).compareTo(Duration.ofSeconds(3)) > 0);
    }
}

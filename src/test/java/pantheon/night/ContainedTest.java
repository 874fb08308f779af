package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import pantheon.night.Contained.Outcome;

final class ContainedTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Contained contained = new Contained();

    private Object broken(Error error) {
        return contained.run("work", LONG, () -> {
            throw error;
        });
    }

    @Test
    void work_that_is_done_gives_its_value() {
        assertEquals(
                new Outcome.Done<>("work"),
                contained.run("work", LONG, () -> Thread.currentThread().getName()));
        assertEquals(0, contained.left());
    }

    @Test
    void an_error_is_what_that_piece_of_work_came_to() {
        assertEquals(new Outcome.Broken<>("what it was given is nested too deeply"), broken(new StackOverflowError()));
        assertEquals(
                new Outcome.Broken<>("what it was given takes more memory than there is"),
                broken(new OutOfMemoryError("no room")));
        var bug = String.valueOf(broken(new AssertionError("no such case\nand more")));
        assertTrue(
                bug.contains("a bug of pantheon-night, please report it: java.lang.AssertionError: no such case at "
                        + "ContainedTest.java:"),
                bug);
    }

    @Test
    void a_failure_that_its_reader_can_mend_is_no_fault_of_the_work() {
        var thrown = assertThrows(
                NightException.class,
                () -> contained.run("work", LONG, () -> {
                    throw new NightException(ExitCode.IO, "the disk is full");
                }));
        assertEquals(ExitCode.IO, thrown.exitCode());
    }

    @Test
    void late_work_is_interrupted_and_what_goes_on_all_the_same_is_counted() throws InterruptedException {
        var moment = Duration.ofMillis(50);
        assertEquals(new Outcome.Late<>(true), contained.run("sleeping", moment, () -> {
            LockSupport.park();
            return "interrupted";
        }));
        assertEquals(0, contained.left());
        var end = new CountDownLatch(1);
        var threads = new Thread[1];
        assertEquals(new Outcome.Late<>(false), contained.run("deaf", moment, () -> {
            threads[0] = Thread.currentThread();
            while (end.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
                Thread.interrupted();
            }
            return "at last";
        }));
        assertEquals(1, contained.left());
        end.countDown();
        threads[0].join();
        assertEquals(0, contained.left());
    }

    @Test
    void the_stack_is_deep_enough_for_our_own_work_and_not_endless() {
        assertEquals(new Outcome.Done<>(10_000), contained.run("work", LONG, () -> depth(10_000)));
        assertEquals(
                new Outcome.Broken<>("what it was given is nested too deeply"),
                contained.run("work", LONG, () -> depth(Integer.MAX_VALUE)));
    }

    private static int depth(int levels) {
        return levels == 0 ? 0 : 1 + depth(levels - 1);
    }
}

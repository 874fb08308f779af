package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import pantheon.night.batch.work.Watchdog;
import pantheon.night.batch.work.Workers;
import pantheon.night.local.SystemClock;

/** Several works beside one another under one watchdog. */
final class WatchdogTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final LinkedBlockingQueue<Watchdog.Overdue> told = new LinkedBlockingQueue<>();

    private Watchdog watchdog() {
        return new Watchdog(new SystemClock(), Duration.ofMillis(20), told::add);
    }

    @Test
    void the_one_that_is_overdue_is_told_with_where_its_own_thread_stands() throws InterruptedException {
        var over = new CountDownLatch(1);
        try (var dog = watchdog();
                var hands = new Workers()) {
            dog.begin("task first", LONG);
            var second = dog.begin("task second", Duration.ofMillis(50));
            dog.begin("task third", LONG);
            hands.begin(second, () -> hangs(over));
            var overdue = told.poll(20, TimeUnit.SECONDS);
            assertEquals("task second", overdue == null ? "" : overdue.work());
            assertTrue(
                    overdue != null
                            && overdue.where().stream()
                                    .anyMatch(frame -> frame.getMethodName().equals("hangs")),
                    "where it hangs");
            over.countDown();
            hands.await().run();
        }
    }

    private static Runnable hangs(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return () -> {};
    }

    @Test
    void one_that_has_ended_in_time_is_forgotten_while_others_go_on() throws InterruptedException {
        try (var dog = watchdog()) {
            dog.begin("task slow", LONG);
            dog.begin("task quick", Duration.ofMillis(50)).close();
            assertNull(told.poll(300, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void what_threads_throw_is_thrown_on_the_nights_own() {
        try (var hands = new Workers()) {
            hands.begin(() -> {}, () -> {
                throw new IllegalStateException("lost");
            });
            var next = hands.await();
            assertEquals(
                    "lost", assertThrows(IllegalStateException.class, next::run).getMessage());
        }
    }
}

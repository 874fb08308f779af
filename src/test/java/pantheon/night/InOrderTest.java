package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InOrderTest {
    private static final int MANY = 10_000;

    @Test
    void hands_on_in_the_order_in_which_it_was_asked() {
        assertInOrder();
    }

    private static void assertInOrder() {
        var taken = new ArrayList<Integer>();
        try (var inOrder = new InOrder<Integer, Integer>(item -> -item, taken::add)) {
            for (int i = 0; i < MANY; i++) {
                inOrder.add(i, i % 1000 == 0 ? 1 << 30 : 1);
            }
        }
        assertEquals(IntStream.range(0, MANY).map(i -> -i).boxed().toList(), taken);
    }

    @Test
    void works_where_every_other_thread_is_busy() throws InterruptedException {
        var end = new CountDownLatch(1);
        int others = ForkJoinPool.getCommonPoolParallelism();
        var busy = new CountDownLatch(others);
        for (int i = 0; i < others; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                busy.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        busy.await();
        try {
            assertInOrder();
        } finally {
            end.countDown();
        }
    }

    @Test
    void what_waits_is_bounded() {
        var asked = new AtomicInteger();
        var most = new AtomicInteger();
        var taken = new AtomicInteger();
        try (var inOrder = new InOrder<Integer, Integer>(item -> item, item -> {
            most.accumulateAndGet(asked.get() - taken.incrementAndGet(), Math::max);
        })) {
            for (int i = 0; i < MANY; i++) {
                asked.incrementAndGet();
                inOrder.add(i);
            }
        }
        assertTrue(most.get() <= 1024, "waiting: " + most);
        assertEquals(MANY, taken.get());
    }

    @Test
    void nothing_after_a_failure_is_handed_on() {
        var problem = new IllegalArgumentException("item 700");
        var taken = new ArrayList<Integer>();
        var thrown = assertThrows(IllegalArgumentException.class, () -> addAll(taken, problem, -1));
        assertSame(problem, thrown);
        assertEquals(0, thrown.getSuppressed().length);
        assertEquals(IntStream.range(0, taken.size()).boxed().toList(), taken);
        assertTrue(taken.size() <= 700, "taken: " + taken.size());

        taken.clear();
        assertThrows(IllegalArgumentException.class, () -> addAll(taken, problem, 300));
        assertEquals(IntStream.range(0, 300).boxed().toList(), taken);
    }

    private static void addAll(List<Integer> taken, RuntimeException problem, int notTaken) {
        try (var inOrder = new InOrder<Integer, Integer>(
                item -> {
                    if (item == 700) {
                        throw problem;
                    }
                    return item;
                },
                item -> {
                    if (item == notTaken) {
                        throw problem;
                    }
                    taken.add(item);
                })) {
            for (int i = 0; i < MANY; i++) {
                inOrder.add(i);
            }
        }
    }
}

package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.proof.SigningKey;

/** Several tasks of a night beside one another, on threads. */
final class FlightTest {
    private static final String DONE = SmallNight.call("final", "{\"status\": \"done\"}");
    private static final String WRITE = SmallNight.call("write_file", "{\"text\": \"done\\n\"}");

    @TempDir
    private Path folder;

    private SmallNight night;

    @BeforeEach
    void lay_out() throws IOException {
        night = SmallNight.layOut(folder, 8);
        night.slots = 4;
    }

    private List<NightEvent> events() {
        var events = new ArrayList<NightEvent>();
        JournalReader.read(night.journal(), entry -> events.add(entry.event()));
        return events;
    }

    private <T> List<T> events(Class<T> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Writes a line, then ends the task; somebody is told of each prompt first. */
    private static UnaryOperator<String> telling(Told told) {
        return prompt -> {
            told.of(prompt.replaceFirst("(?s).*\"path\": ?\"file-(\\d+).*", "$1"), prompt.contains("<tool_response>"));
            return prompt.contains("<tool_response>") ? DONE : WRITE;
        };
    }

    /** Which task asks, and whether it has called its tool. */
    private interface Told {
        void of(String task, boolean called);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("they are not beside one another", e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void as_many_as_there_are_slots_are_at_the_model_at_once_and_no_more() {
        var barrier = new CyclicBarrier(4);
        var most = new AtomicInteger();
        var now = new AtomicInteger();
        var ran = night.run(SmallNight.tasks(8), SmallNight.engine(telling((task, called) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            meet(barrier);
            now.decrementAndGet();
        })));
        assertEquals(8, ran.size());
        assertEquals(4, most.get());
        assertEquals(8, events(CommitMade.class).size());
        assertEquals(
                new TreeSet<>(List.of(1, 2, 3, 4)),
                new TreeSet<>(events(TaskStarted.class).stream()
                        .map(TaskStarted::slot)
                        .toList()));
        assertEquals(4, events(NightStarted.class).getFirst().slots());
        assertTrue(events(GenerationReceived.class).stream().allMatch(turn -> turn.queueMillis() != null));
    }

    @Test
    void a_model_that_serves_fewer_at_once_is_asked_by_no_more() {
        night.slots = 16;
        var most = new AtomicInteger();
        var now = new AtomicInteger();
        night.run(SmallNight.tasks(8), SmallNight.engine(telling((task, called) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            now.decrementAndGet();
        })));
        assertTrue(most.get() <= SmallNight.SEQUENCES, "at once: " + most);
        assertEquals(8, events(CommitMade.class).size());
    }

    @Test
    void commits_are_made_in_the_order_in_which_the_tasks_end() {
        var second = new CountDownLatch(1);
        night.run(
                SmallNight.tasks(2),
                SmallNight.engine(telling((task, called) -> {
                    if (called && task.equals("0")) {
                        await(second);
                    }
                })),
                ended -> second.countDown());
        assertEquals(List.of("task-1", "task-0"), night.commits());
        assertEquals(
                List.of("task-1", "task-0"),
                events(CommitMade.class).stream().map(CommitMade::task).toList());
    }

    @Test
    void one_slot_says_nothing_of_slots() {
        night.slots = 1;
        night.run(SmallNight.tasks(1), SmallNight.rule());
        assertEquals(null, events(TaskStarted.class).getFirst().slot());
        assertEquals(null, events(NightStarted.class).getFirst().slots());
        assertEquals(null, events(GenerationReceived.class).getFirst().queueMillis());
    }

    @Test
    void where_the_model_is_lost_all_that_is_under_way_is_cut_off_and_the_next_start_does_it_once() {
        var asked = new CyclicBarrier(3);
        var lost = SmallNight.engine(telling((task, called) -> {
            meet(asked);
            if (task.equals("1")) {
                throw new NightException(ExitCode.UNAVAILABLE, "the model is lost");
            }
        }));
        assertEquals(
                ExitCode.UNAVAILABLE,
                assertThrows(NightException.class, () -> night.run(SmallNight.tasks(3), lost))
                        .exitCode());
        assertEquals(3, events(TaskStarted.class).size());
        assertEquals(NightOutcome.FAILED, events(NightFinished.class).getFirst().outcome());

        assertEquals(3, night.run(SmallNight.tasks(3), SmallNight.rule()).size());
        assertEquals(3, events(CommitMade.class).size());
        assertEquals(List.of(1, 1, 1, 1, 1, 1), attempts(), "what the program could tell of is given back");
    }

    private List<Integer> attempts() {
        return events(TaskStarted.class).stream().map(TaskStarted::attempt).toList();
    }

    @Test
    void tasks_that_were_cut_off_beside_one_another_go_on_one_by_one() {
        var asked = new CyclicBarrier(3);
        assertThrows(
                IllegalStateException.class,
                () -> night.run(SmallNight.tasks(3), SmallNight.engine(telling((task, called) -> {
                    meet(asked);
                    throw new IllegalStateException("the process ends");
                }))));
        var now = new AtomicInteger();
        var seen = new ConcurrentLinkedQueue<Integer>();
        night.run(SmallNight.tasks(3), SmallNight.engine(telling((task, called) -> {
            seen.add(now.incrementAndGet());
            now.decrementAndGet();
        })));
        assertEquals(List.of(1, 1, 1, 1, 1, 1), List.copyOf(seen), "turns, each alone");
        assertEquals(List.of(1, 1, 1, 1, 1, 1), attempts(), "whose fault it was nobody knows");
    }

    @Test
    void every_task_and_the_night_are_signed() {
        night.signingKey = SigningKey.generate();
        night.run(SmallNight.tasks(8), SmallNight.rule());
        assertEquals(9, events(NightEvent.StatementSigned.class).size(), "a statement a task, and one over the night");
    }
}

package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.SetClock;
import pantheon.night.batch.direction.Direction;
import pantheon.night.contract.Json;
import pantheon.night.engine.Engine;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.NightDirected;
import tools.jackson.databind.JsonNode;

/** Whole nights whose window ends before their queue does; each of their tasks takes ten minutes. */
final class WindowedNightTest {
    private static final Duration STEP = Duration.ofMinutes(5);

    private final SetClock clock = new SetClock(Instant.parse("2026-11-23T22:00:00Z"));

    @TempDir
    Path folder;

    private SmallNight night;

    @BeforeEach
    void lay_out() throws IOException {
        night = SmallNight.layOut(folder, 4);
        night.clock = clock;
        night.taskTime = "1h";
    }

    private Window window(Duration length, Duration grace) {
        return new Window(clock, clock.instant().plus(length), grace);
    }

    /** Two steps, each of {@link #STEP}. */
    private Engine slow() {
        return SmallNight.engine(prompt -> {
            clock.pass(STEP);
            return prompt.contains("<tool_response>")
                    ? SmallNight.call("final", "{\"status\": \"done\"}")
                    : SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
        });
    }

    private List<String> told(String key) {
        var told = new JsonNode[] {Json.object()};
        JournalReader.read(night.journal(), entry -> {
            if (EventType.of(entry.event()) == EventType.NIGHT_FINISHED) {
                told[0] = EventCodec.data(entry.event()).path(key);
            }
        });
        return told[0].isString()
                ? List.of(told[0].stringValue())
                : told[0].valueStream().map(JsonNode::stringValue).toList();
    }

    @Test
    void a_task_that_is_not_expected_to_end_does_not_begin_and_goes_first_the_next_night() throws IOException {
        night.window = window(Duration.ofMinutes(25), Duration.ZERO);
        assertEquals(List.of("task-0 accepted", "task-1 accepted"), night.run(SmallNight.tasks(4), slow()));
        assertEquals(List.of("task-2", "task-3"), told("night.not_expected_to_end"));
        assertEquals(List.of("task-2", "task-3"), told("night.carry_over"));
        assertEquals(List.of("window_closed"), told("night.outcome"));
        night.window = window(Duration.ofMinutes(20), Duration.ZERO); // just enough
        assertEquals(List.of("task-2 accepted", "task-3 accepted"), night.run(SmallNight.tasks(4), slow()));
        assertEquals(List.of("done"), told("night.outcome"));
    }

    @Test
    void a_running_task_ends_within_its_grace_period() throws IOException {
        night.window = window(Duration.ofMinutes(1), STEP);
        assertEquals(List.of("task-0 accepted"), night.run(SmallNight.tasks(2), slow()));
        assertEquals(List.of("task-1"), told("night.carry_over"));
        assertEquals(List.of(), told("night.not_expected_to_end"));
    }

    @Test
    void a_running_task_ends_at_its_next_step_behind_the_grace_period() throws IOException {
        night.window = window(Duration.ofMinutes(1), STEP.minus(Duration.ofMinutes(1)));
        assertEquals(List.of("task-0 window_closed"), night.run(SmallNight.tasks(2), slow()));
        assertEquals(List.of("task-0", "task-1"), told("night.carry_over"));
        night.window = new Window(clock, null, Duration.ZERO);
        assertEquals(List.of("task-0 accepted", "task-1 accepted"), night.run(SmallNight.tasks(2), slow()));
    }

    /** A person has it pause while the first task runs, and go on once that has ended. */
    @Test
    void a_paused_night_begins_no_task_until_it_goes_on() throws Exception {
        night.window = new Window(clock, null, Duration.ZERO);
        var paused = Direction.NONE.withPaused(true);
        var engine = SmallNight.engine(prompt -> {
            if (!prompt.contains("<tool_response>") && prompt.contains("0")) {
                night.window.direct(paused);
            }
            return prompt.contains("<tool_response>")
                    ? SmallNight.call("final", "{\"status\": \"done\"}")
                    : SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
        });
        var person = Thread.ofPlatform().start(() -> resumeOnce(1));
        assertEquals(
                List.of("task-0 accepted", "task-1 accepted", "task-2 accepted"),
                night.run(SmallNight.tasks(3), engine));
        person.join();
        assertEquals(List.of(paused, Direction.NONE), directions());
    }

    private void resumeOnce(int tasks) {
        while (!night.window.isPaused() || ended() < tasks) {
            Thread.onSpinWait();
        }
        night.window.direct(Direction.NONE);
    }

    private long ended() {
        try {
            return Files.readAllLines(night.journal()).stream()
                    .filter(line -> line.contains("task.finished"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Direction> directions() {
        var directions = new ArrayList<Direction>();
        JournalReader.read(night.journal(), entry -> {
            if (entry.event() instanceof NightDirected directed) {
                directions.add(new Direction(directed.paused(), directed.until()));
            }
        });
        return directions;
    }

    @Test
    void a_night_that_is_directed_to_end_earlier_leaves_the_rest() throws IOException {
        night.window = window(Duration.ofHours(8), Duration.ZERO);
        var engine = SmallNight.engine(prompt -> {
            night.window.direct(new Direction(false, clock.instant()));
            return SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
        });
        assertEquals(List.of("task-0 window_closed"), night.run(SmallNight.tasks(2), engine));
        assertEquals(List.of("task-0", "task-1"), told("night.carry_over"));
    }

    @Test
    void a_night_that_is_stopped_leaves_the_rest() throws IOException {
        night.window = new Window(clock, null, Duration.ZERO);
        var engine = SmallNight.engine(prompt -> {
            night.window.stop();
            return SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
        });
        assertEquals(List.of("task-0 stopped"), night.run(SmallNight.tasks(3), engine));
        assertEquals(List.of("task-0", "task-1", "task-2"), told("night.carry_over"));
        assertEquals(List.of("stopped"), told("night.outcome"));
        assertEquals(List.of(), night.commits());
    }
}

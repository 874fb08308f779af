package pantheon.night.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.SetClock;
import pantheon.night.agent.Ending;
import pantheon.night.agent.Progress;
import pantheon.night.contract.Json;
import pantheon.night.outcome.FinishReason;
import pantheon.night.queue.Task;

final class StartStepsTest {
    @TempDir
    private Path folder = Path.of("");

    private final SetClock clock = new SetClock(Instant.EPOCH);
    private final StringWriter said = new StringWriter();
    private final List<String> status = new ArrayList<>();

    private StartSteps steps(boolean verbose) {
        var output = new Output(new PrintWriter(said), new PrintWriter(said), false, verbose, false);
        return new StartSteps(output, status::add, clock, folder.resolve("times.json"));
    }

    private void pass(StartSteps steps, int seconds) {
        clock.pass(Duration.ofSeconds(seconds));
        steps.look();
    }

    private static void firstTask(StartSteps steps) {
        var ending = new Ending(FinishReason.ACCEPTED, "", Progress.NONE, null, Duration.ZERO);
        steps.taskFinished(new Task("a", "agent", Json.object(), 0, List.of()), ending);
    }

    private List<String> lines() {
        return said.toString().lines().toList();
    }

    @Test
    void a_step_that_takes_long_is_told_of_ever_more_seldom() {
        try (var steps = steps(false)) {
            steps.begin("loading model m");
            pass(steps, 4);
            pass(steps, 5);
            assertEquals(List.of("loading model m", "loading model m: 9.0 s so far"), status);
            assertEquals(List.of(), lines());
            for (int i = 0; i < 40; i++) {
                pass(steps, 1);
            }
        }
        assertEquals(
                List.of(
                        "loading model m: 10.0 s so far",
                        "loading model m: 20.0 s so far",
                        "loading model m: 40.0 s so far"),
                lines());
    }

    @Test
    void what_is_left_is_told_by_the_start_before_until_its_first_task_ended() {
        try (var steps = steps(true)) {
            steps.begin("loading model m");
            pass(steps, 30);
            steps.nightStarted("run", 2);
            pass(steps, 70);
            firstTask(steps);
            firstTask(steps);
        }
        var last = lines().getLast();
        assertTrue(last.startsWith("start:     loading model m 30.0 s, "), last);
        assertTrue(last.endsWith(" 1 min 10 s"), last);
        said.getBuffer().setLength(0);
        try (var steps = steps(false)) {
            steps.begin("another step");
            pass(steps, 11);
            steps.begin("loading model m");
            pass(steps, 10);
            steps.nightResumed("run", Map.of(), 1);
            pass(steps, 10);
            pass(steps, 61);
        }
        assertEquals("another step: 11.0 s so far", lines().getFirst());
        assertEquals("loading model m: 10.0 s so far, about 1 min 30 s left until the first task ends", lines().get(1));
        assertTrue(lines().get(2).endsWith(": 10.0 s so far, about 1 min 00 s left until the first task ends"));
        assertTrue(lines().getLast().endsWith(": 1 min 11 s so far, longer than at the last start"), lines().getLast());
    }

    @Test
    void times_that_cannot_be_read_or_kept_are_no_matter() throws IOException {
        Files.writeString(folder.resolve("times.json"), "[1");
        try (var steps = steps(false)) {
            steps.begin("a");
            pass(steps, 10);
        }
        assertEquals(List.of("a: 10.0 s so far"), lines());
        Files.delete(folder.resolve("times.json"));
        Files.createDirectory(folder.resolve("times.json"));
        try (var steps = steps(false)) {
            steps.begin("a");
            firstTask(steps);
        }
        assertTrue(Files.isDirectory(folder.resolve("times.json")));
    }
}

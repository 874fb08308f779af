package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.SetClock;
import pantheon.night.engine.Engine;
import pantheon.night.metrics.Metrics;
import pantheon.night.queue.Task;
import pantheon.night.report.record.NightRecord;

/** What is told of a night with several starts is of all of them. */
final class ContinuedNightTest {
    private static final List<Task> QUEUE = SmallNight.tasks(3);

    private final SetClock clock = new SetClock(Instant.parse("2026-11-23T22:00:00Z"));
    private SmallNight night = SmallNight.in(Path.of(""));
    private int answers;

    @BeforeEach
    void lay_out(@TempDir Path folder) throws IOException {
        night = SmallNight.layOut(folder, 3);
        night.clock = clock;
    }

    /** Takes a second for each answer, and fails instead of one of them. */
    private Engine failingAt(int answer, RuntimeException failure) {
        answers = 0;
        return SmallNight.engine(prompt -> {
            clock.pass(Duration.ofSeconds(1));
            if (++answers == answer) {
                throw failure;
            }
            return prompt.contains("<tool_response>")
                    ? SmallNight.call("final", "{\"status\": \"done\"}")
                    : SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
        });
    }

    private void start(int answer, RuntimeException failure) {
        assertThrows(failure.getClass(), () -> night.run(QUEUE, failingAt(answer, failure)));
        clock.pass(Duration.ofHours(1));
    }

    @Test
    void its_time_and_its_tokens_are_those_of_all_its_starts() {
        start(3, new IllegalStateException("a bug")); // a task in 2 s, and one that the process ends with
        start(1, new NightException(ExitCode.UNAVAILABLE, "the engine is gone")); // 1 s, and told
        assertEquals(3_000, elapsedMillis());
        night.run(QUEUE, failingAt(0, new IllegalStateException("never")));
        var result = Objects.requireNonNull(night.result);
        assertEquals(Duration.ofSeconds(2 + 1 + 4), result.elapsed());
        assertEquals(7_000, elapsedMillis());
        assertEquals(60, result.outputTokens(), "10 an answer, and 2 a task");
        assertEquals(3, result.tasks());

        var record = NightRecord.of(night.journal());
        assertEquals(result.elapsed(), record.elapsed());
        assertEquals(result.outputTokens(), record.outputTokens());
        var metrics = Metrics.of(List.of(night.journal())).text();
        assertTrue(metrics.contains("night_last_duration_seconds 7"), metrics);
    }

    private long elapsedMillis() {
        return NightRecord.of(night.journal()).elapsed().toMillis();
    }

    @Test
    void it_says_that_it_goes_on_and_how_far_it_is() {
        start(3, new IllegalStateException("a bug"));
        night.run(QUEUE, SmallNight.rule());
        assertEquals("1 ended, 2 left", night.resumed);
    }

    @Test
    void a_new_night_is_not_said_to_go_on() {
        night.run(QUEUE, SmallNight.rule());
        assertEquals("", night.resumed);
    }
}

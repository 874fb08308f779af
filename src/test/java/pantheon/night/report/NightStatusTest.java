package pantheon.night.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ResultSchema;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.TaskRecord;

final class NightStatusTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T22:00:00Z");

    @TempDir
    private Path folder;

    private ScriptedNight night;

    @BeforeEach
    void two_of_five_tasks_have_ended_after_ten_seconds_each() {
        night = new ScriptedNight(folder, "20261123-220000", BEGIN);
        night.started(5);
        ended("a", "accepted");
        ended("b", "not_accepted");
        night.begun("c", "docs");
        night.pass(Duration.ofSeconds(1));
        night.begun("d", "docs");
    }

    private void ended(String task, String reason) {
        night.begun(task, "docs");
        night.turn(task, 1);
        night.pass(Duration.ofMillis(9900));
        night.finished(task, reason, "", null);
    }

    private NightStatus status(boolean running, Duration afterBegin) {
        night.close();
        return new NightStatus(NightRecord.of(night.file()), running, BEGIN.plus(afterBegin));
    }

    @Test
    void a_running_night_goes_on_as_it_did() {
        var status = status(true, Duration.ofSeconds(24));
        assertEquals(5, status.tasks());
        assertEquals(2, status.done());
        assertEquals(3, status.left());
        assertEquals(
                List.of("c", "d"), status.current().stream().map(TaskRecord::id).toList());
        assertEquals(Optional.of(BEGIN.plusSeconds(50)), status.end());
        assertEquals(Duration.ofSeconds(24), status.elapsed());
        assertEquals(1.0, status.tokensPerSecond(), "24 tokens in 24 s");
    }

    @Test
    void a_task_that_takes_much_longer_than_its_agents_do_is_told_as_such() {
        for (int i = 0; i < 3; i++) {
            ended("e" + i, "accepted");
        }
        night.begun("other", "links");
        var within = status(true, Duration.ofSeconds(75));
        assertEquals(List.of(), within.json().get("current").findValuesAsString("median_ms"));
        var status = new NightStatus(NightRecord.of(night.file()), true, BEGIN.plusSeconds(600));
        assertEquals(
                List.of("10000", "10000"), status.json().get("current").findValuesAsString("median_ms"), "not other");
        ResultSchema.valid("status", status.json().toString());
        assertEquals(
                Optional.of(Duration.ofSeconds(10)),
                status.exceeded(status.current().getFirst()));
    }

    @Test
    void four_that_ended_have_no_usual_time() {
        ended("e0", "accepted");
        ended("e1", "accepted");
        var status = status(true, Duration.ofHours(1));
        assertEquals(List.of(), status.json().get("current").findValuesAsString("median_ms"));
    }

    @Test
    void what_was_cached_of_a_task_is_known_where_all_of_its_turns_tell() {
        night.uncountedTurn("d");
        night.finished("d", "accepted", "", null);
        night.close();
        var tasks = NightRecord.of(night.file()).tasks().stream()
                .collect(Collectors.toMap(TaskRecord::id, task -> Optional.ofNullable(task.cachedTokens())));
        assertEquals(Optional.of(200L), tasks.get("a"));
        assertEquals(Optional.empty(), tasks.get("d"));
    }

    @Test
    void an_estimate_that_has_passed_is_now() {
        assertEquals(
                Optional.of(BEGIN.plusSeconds(3600)),
                status(true, Duration.ofHours(1)).end());
    }

    @Test
    void a_night_that_does_not_run_has_no_current_tasks_and_no_estimate() {
        var status = status(false, Duration.ofHours(9));
        assertEquals(List.of(), status.current());
        assertEquals(Optional.empty(), status.end());
        assertEquals(Duration.ofSeconds(21), status.elapsed(), "to its last line");
        assertEquals(24 / 21.0, status.tokensPerSecond(), 1e-9);
    }

    @Test
    void after_an_interruption_only_what_came_since_counts() {
        night.pass(Duration.ofHours(2));
        night.resumed();
        night.begun("c", "docs");
        var status = status(true, Duration.ofMinutes(121));
        assertEquals(Optional.empty(), status.end());
        assertEquals(0, status.tokensPerSecond());
        assertEquals(Duration.ofSeconds(60), status.elapsed(), "21 s before it and 39 s since");
    }

    @Test
    void after_an_interruption_the_pace_is_the_new_one() {
        night.pass(Duration.ofHours(2));
        night.resumed();
        var resumed = night.now();
        night.begun("c", "docs");
        night.turn("c", 1);
        night.pass(Duration.ofMillis(1900));
        night.finished("c", "accepted", "", null);
        var status = status(true, Duration.between(BEGIN, resumed.plusSeconds(3)));
        assertEquals(Optional.of(resumed.plusSeconds(6)), status.end(), "two more at 2 s each");
        assertEquals(4.0, status.tokensPerSecond(), "12 tokens in 3 s");
    }

    @Test
    void the_pace_is_that_of_the_last_hundred() {
        for (int i = 0; i < 100; i++) {
            night.begun("quick-" + i, "docs");
            night.pass(Duration.ofMillis(100));
            night.finished("quick-" + i, "accepted", "", null);
        }
        var json = status(true, Duration.ofSeconds(31)).json();
        assertEquals(102, json.get("done").asInt());
        assertEquals(0, json.get("left").asInt());
        assertTrue(json.get("running").booleanValue());
        assertEquals("2026-11-23T22:00:31Z", json.get("estimated_end").stringValue());
        assertEquals(101, json.get("accepted").asInt());
        assertEquals(1, json.get("not_accepted").asInt());
        assertEquals(List.of("c", "d"), json.get("current").findValuesAsString("task"));
    }
}

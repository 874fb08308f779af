package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.ToolReturned;
import tools.jackson.databind.JsonNode;

/** Nights of the installed program that are ended from outside, one going on from the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class StopIT {
    private SampleNight night = new SampleNight(Path.of(""));

    @BeforeAll
    void lay_out(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws IOException {
        night = SampleNight.layOut(folder.resolve("night"), 9);
        for (var name : List.of("docops.front-matter", "docops.by-command")) {
            var agent = night.folder().resolve("agents/%s.yaml".formatted(name));
            Files.writeString(agent, Files.readString(agent).replace("toolTime: 10s", "toolTime: 1m"));
        }
    }

    /** The last words of a journal, empty where it has none. */
    private static JsonNode lastWords(Path journal) {
        var words = new JsonNode[] {Json.object()};
        JournalReader.read(journal, entry -> {
            if (EventType.of(entry.event()) == EventType.NIGHT_FINISHED) {
                words[0] = EventCodec.data(entry.event());
            }
        });
        return words[0];
    }

    private Set<String> left() throws IOException {
        var left = new TreeSet<>(night.queued());
        left.removeAll(night.ended());
        return left;
    }

    private void isLeft(Set<String> tasks, JsonNode lastWords, String out) {
        assertEquals(
                tasks,
                new TreeSet<>(lastWords
                        .get("night.carry_over")
                        .valueStream()
                        .map(JsonNode::stringValue)
                        .toList()));
        tasks.forEach(task -> assertTrue(out.contains(task), task + " is not named in: " + out));
    }

    @Test
    @Order(1)
    void a_second_sigterm_ends_the_process_at_once_with_143() throws IOException {
        night.setCommand("exec sleep 50"); // so there is a task under way when the signals come
        var run = night.script(Map.of(), """
                begin
                until_call slug_of_text
                kill -TERM "$pid"
                until grep -q 'a second signal ends' /proc/self/fd/2 || has_ended; do sleep 0.02; done
                kill -TERM "$pid"
                end
                """);
        assertEquals(143, run.status(), run.err());
        assertTrue(run.err().contains("stopping: the running task has 2m to end"), run.err());
        assertTrue(lastWords(night.journal()).isEmpty());
    }

    @Test
    @Order(2)
    void the_next_run_goes_on_with_the_same_night_and_a_single_sigterm_ends_it_with_75() throws IOException {
        night.setCommand("exec sleep 5");
        var run = night.script(Map.of(), "begin; until_call slug_of_text; kill -TERM \"$pid\"; end");
        assertEquals(75, run.status(), run.err());
        var words = lastWords(night.journal()); // there is but one journal
        assertEquals("stopped", words.get("night.outcome").stringValue());
        isLeft(left(), words, run.out());
        assertFalse(left().isEmpty());
    }

    @Test
    @Order(3)
    void the_window_s_end_ends_the_next_night_with_75() throws IOException {
        var before = left();
        var run = Program.run(night.folder(), "--until", "1s");
        assertEquals(75, run.status(), run.err());
        assertEquals(2, night.journals().size());
        var words = lastWords(night.journals().getLast());
        assertEquals("window_closed", words.get("night.outcome").stringValue());
        isLeft(left(), words, run.out());
        assertTrue(before.containsAll(left()));
    }

    @Test
    @Order(4)
    void a_night_without_a_bound_does_what_is_left_and_standing_still_costs_no_call_its_time() throws IOException {
        for (var name : List.of("docops.front-matter", "docops.by-command")) {
            var agent = night.folder().resolve("agents/%s.yaml".formatted(name));
            Files.writeString(agent, Files.readString(agent).replace("toolTime: 1m", "toolTime: 3s"));
        }
        night.setCommand("sleep 1; printf %s \"$2\"");
        var run = night.script(
                Map.of(), "begin; until_call slug_of_text; kill -STOP \"$pid\"; sleep 5; kill -CONT \"$pid\"; end");
        assertEquals(0, run.status(), run.err());
        assertEquals(night.queued(), night.ended());
        assertEquals(Set.of(), timedOut());
    }

    /** The tasks of the newest night a call of which was out of time. */
    private Set<String> timedOut() throws IOException {
        var tasks = new TreeSet<String>();
        JournalReader.read(night.journals().getLast(), entry -> {
            if (entry.event() instanceof ToolReturned returned && "timeout".equals(returned.error())) {
                tasks.add(returned.task());
            }
        });
        return tasks;
    }
}

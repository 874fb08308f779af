package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import pantheon.night.contract.Json;

/** What commands say of queue lines that build on others. */
@Isolated("takes the standard streams")
final class DependentQueueTest {
    @TempDir
    private Path folder = Path.of("");

    private GoldenNights nights = new GoldenNights(Path.of(""), Path.of(""));
    private Path more = Path.of("");

    @BeforeEach
    void lay_the_nights_out() throws IOException {
        nights = GoldenNights.layOut("nights", folder);
        more = nights.place().resolve("queue/more.jsonl");
    }

    private SaidCommand say(String... words) {
        return SaidCommand.of(nights, words);
    }

    private static String line(String id, String after) {
        return """
                {"id": "%s", "agent": "docops.by-command", "input": {"path": "docs/to-come.md"}, "after": [%s]}
                """.formatted(id, after);
    }

    @Test
    void validate_takes_what_nights_know_and_looks_for_no_file_that_another_task_may_make() throws IOException {
        Files.writeString(more, line("x", "\"windows\"") + line("y", "\"x\", \"tuning\""));
        var said = say("validate");
        assertEquals(0, said.status(), said.err());
    }

    @Test
    void validate_refuses_what_nobody_knows_and_circles_with_their_lines() throws IOException {
        Files.writeString(more, line("x", "\"y\"") + line("y", "\"x\"") + line("z", "\"wndows\""));
        var said = say("validate");
        assertEquals(65, said.status());
        assertTrue(said.err().contains(more + ":1: it waits for itself: x -> y -> x"), said.err());
        assertTrue(said.err().contains(more + ":2: it waits for itself: x -> y -> x"), said.err());
        assertTrue(said.err().contains(more + ":3: after names task wndows, which is neither"), said.err());
        assertTrue(say("doctor").out().contains("task z: after names task wndows"));
    }

    @Test
    void a_file_is_validated_beside_the_queue_that_it_is_for() throws IOException {
        Files.writeString(more, line("x", "\"windows\""));
        var other = folder.resolve("other.jsonl");
        Files.writeString(other, line("y", "\"x\""));
        assertEquals(0, say("validate", other.toString()).status());
        Files.writeString(other, line("y", "\"xx\""));
        assertEquals(65, say("validate", other.toString()).status());
    }

    @Test
    void enqueue_writes_what_tasks_build_on() throws IOException {
        var to = folder.resolve("to.jsonl");
        SaidCommand.good(
                nights,
                "enqueue",
                "--again",
                "--agent",
                "docops.by-command",
                "--after",
                "windows",
                "--after",
                "release",
                "--to",
                to.toString(),
                "docs/windows-line-ends.md");
        var after = Json.parse(Files.readString(to)).get("after");
        assertEquals(Json.parse("[\"windows\", \"release\"]"), after);
        var wrong = say("enqueue", "--agent", "docops.by-command", "--after", "no id", "docs/*.md");
        assertEquals(64, wrong.status());
        assertTrue(wrong.err().contains("correct --priority, --label or --after"), wrong.err());
    }

    private int sized() {
        return Json.parse(SaidCommand.good(nights, "--dry-run", "--json"))
                .at("/forecast/tasks")
                .intValue();
    }

    @Test
    void a_dry_run_leaves_out_what_waits() throws IOException {
        int before = sized();
        Files.writeString(more, line("x", "\"y\"") + line("y", "\"x\""));
        var told = SaidCommand.good(nights, "--dry-run");
        assertTrue(told.contains("2 tasks of the queue left to a night that has the work of others (after)"), told);
        assertEquals(before, sized());
        Files.writeString(more, line("x", "\"y\"").replace(", \"after\": [\"y\"]", ""));
        assertEquals(before + 1, sized());
    }
}

package pantheon.night.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.config.AgentFiles;
import pantheon.night.disk.Pipes;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.tool.builtin.BuiltInTools;

final class QueueReaderTest {
    private static final String RIGHT =
            "{\"id\": \"%s\", \"agent\": \"docops.front-matter\", \"input\": {\"path\": \"a.md\"}}";
    private static final Map<String, Agent> AGENTS = agents();

    @TempDir
    private Path folder = Path.of("");

    private static Map<String, Agent> agents() {
        var name = "docops.front-matter";
        var file = AgentFiles.load(Path.of("config/agents")).get(name);
        return Map.of(
                name,
                new AgentAssembly(BuiltInTools.all())
                        .assemble(java.util.Objects.requireNonNull(file), ChatFormats.QWEN));
    }

    private record Read(List<Task> tasks, List<String> problems) {}

    private Read read(String... lines) throws IOException {
        var file = folder.resolve("queue.jsonl");
        Files.write(file, List.of(lines));
        var reader = new QueueReader(AGENTS);
        var tasks = new ArrayList<Task>();
        reader.read(file, tasks::add);
        return new Read(tasks, reader.problems());
    }

    private String onlyProblem(String line) throws IOException {
        var read = read(RIGHT.formatted("first"), line);
        assertEquals(1, read.tasks().size(), "the line before it is right");
        assertEquals(1, read.problems().size(), read.problems().toString());
        assertTrue(
                read.problems().getFirst().startsWith(folder.resolve("queue.jsonl") + ":2: "),
                read.problems().toString());
        return read.problems().getFirst();
    }

    @Test
    void a_right_line_is_a_task_with_its_defaults() throws IOException {
        var read = read(RIGHT.formatted("first"), "", "   ");
        assertEquals(List.of(), read.problems());
        var task = read.tasks().getFirst();
        assertEquals("first", task.id());
        assertEquals(0, task.priority());
        assertEquals(List.of(), task.labels());
        assertEquals("a.md", task.input().get("path").stringValue());
    }

    @Test
    void priority_and_labels_are_read() throws IOException {
        var line =
                "{\"id\": \"a\", \"agent\": \"docops.front-matter\", \"input\": {\"path\": \"a\"}, \"priority\": 7, \"labels\": [\"x\"]}";
        var task = read(line).tasks().getFirst();
        assertEquals(7, task.priority());
        assertEquals(List.of("x"), task.labels());
    }

    @Test
    void each_kind_of_broken_line_is_told_with_its_number() throws IOException {
        assertTrue(onlyProblem("{\"id\": ").contains("no JSON"));
        assertTrue(onlyProblem("{\"id\": \"a\", \"id\": \"b\"}").contains("Duplicate"));
        assertTrue(onlyProblem("[]").contains("object"));
        assertTrue(onlyProblem(RIGHT.formatted("a b")).contains("/id"));
        assertTrue(onlyProblem(RIGHT.formatted("first")).contains("stands already at"));
        assertTrue(onlyProblem("{\"id\": \"x\", \"agent\": \"nobody\", \"input\": {}}")
                .contains("there is no agent \"nobody\""));
        assertTrue(onlyProblem("{\"id\": \"x\", \"agent\": \"docops.front-matter\", \"input\": {}}")
                .contains("input "));
        assertTrue(onlyProblem("{\"id\": \"x\", \"input\": " + "{\"a\": ".repeat(100) + "1" + "}".repeat(101))
                .contains("nested"));
        assertTrue(onlyProblem("x".repeat(QueueReader.LONGEST_LINE_CHARS + 1)).contains("longer than"));
    }

    @Test
    void a_line_may_be_for_nights_from_a_day_on() throws IOException {
        var line =
                "{\"id\": \"x\", \"agent\": \"docops.front-matter\", \"input\": {\"path\": \"a.md\"}, \"notBefore\": \"%s\"}";
        var task = read(line.formatted("2026-12-24")).tasks().getFirst();
        assertFalse(task.isDue(LocalDate.of(2026, 12, 23)));
        assertTrue(task.isDue(LocalDate.of(2026, 12, 24)));
        assertTrue(read(RIGHT.formatted("first")).tasks().getFirst().isDue(LocalDate.MIN));
        assertTrue(onlyProblem(line.formatted("2026-02-30"))
                .contains("notBefore is \"2026-02-30\", which is no day of the calendar; expected one such as"));
        assertTrue(onlyProblem(line.formatted("tomorrow")).contains("/notBefore"));
    }

    @Test
    void half_a_surrogate_pair_is_told_with_its_place() throws IOException {
        var line = "{\"id\": \"%s\", \"agent\": \"%s\", \"input\": {\"path\": \"%s\"}, \"labels\": [\"x\", \"%s\"]%s}";
        var agent = "docops.front-matter";
        assertTrue(
                onlyProblem(line.formatted("a", agent, "a\\ud83d.md", "y", "")).contains("/input/path has half"));
        assertTrue(
                onlyProblem(line.formatted("a", agent, "a.md", "\\ude00", "")).contains("/labels/1 has half"));
        assertTrue(onlyProblem(line.formatted("a", "\\ude00\\ud83d", "a.md", "y", ""))
                .contains("/agent has half"));
        assertTrue(onlyProblem(line.formatted("a", agent, "a.md", "y", ", \"\\ud83d\": 1"))
                .contains("surrogate"));
        assertTrue(onlyProblem(line.formatted("a", agent, "a.md", "y", ", \"z\": 1e999"))
                .contains("no JSON"));
        assertTrue(onlyProblem(line.formatted("a", agent, "a.md", "y", ", \"z\": NaN"))
                .contains("no JSON"));
        assertEquals(
                List.of(),
                read(line.formatted("a", agent, "\\ud83d\\ude00.md", "y", "")).problems());
    }

    @Test
    void a_byte_order_mark_before_the_first_line_means_nothing() throws IOException {
        assertEquals(
                List.of(),
                read("\uFEFF" + RIGHT.formatted("first"), RIGHT.formatted("second"))
                        .problems());
        assertEquals(List.of(), read("\uFEFF").problems());
        assertTrue(read(RIGHT.formatted("first"), "\uFEFF" + RIGHT.formatted("second"))
                .problems()
                .getFirst()
                .contains(":2:"));
    }

    @Test
    void utf_16_is_told_by_its_name() throws IOException {
        var file = Files.write(
                folder.resolve("q.jsonl"),
                ("\uFEFF" + RIGHT.formatted("a")).getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
        var refused = assertThrows(NightException.class, () -> new QueueReader(AGENTS).read(file, task -> {}));
        assertEquals(file + " is UTF-16 text. Write the queue file in UTF-8.", refused.getMessage());
    }

    @Test
    void an_id_is_unique_over_all_files() throws IOException {
        var first = folder.resolve("a.jsonl");
        var second = folder.resolve("b.jsonl");
        Files.write(first, List.of(RIGHT.formatted("same")));
        Files.write(second, List.of(RIGHT.formatted("same")));
        var reader = new QueueReader(AGENTS);
        reader.read(first, task -> {});
        reader.read(second, task -> {});
        assertEquals(
                List.of(second + ":1: id \"same\" stands already at " + first + ":1; ids are unique"),
                reader.problems());
    }

    @Test
    void many_problems_are_counted_not_kept() throws IOException {
        var file = folder.resolve("queue.jsonl");
        Files.write(file, java.util.Collections.nCopies(1500, "{"));
        var reader = new QueueReader(AGENTS);
        reader.read(file, task -> {});
        assertEquals(1001, reader.problems().size());
        assertEquals("and 500 more problems", reader.problems().getLast());
    }

    @Test
    void a_file_that_is_no_text_is_told_as_a_whole() throws IOException {
        var file = folder.resolve("queue.jsonl");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        var error = assertThrows(NightException.class, () -> new QueueReader(AGENTS).read(file, task -> {}));
        assertEquals(ExitCode.DATA, error.exitCode());
        assertTrue(error.getMessage().contains("UTF-8"), error.getMessage());
    }

    @Test
    void a_file_that_cannot_be_read_has_no_tasks_and_the_others_keep_theirs() throws IOException, InterruptedException {
        var right = folder.resolve("a.jsonl");
        Files.writeString(right, RIGHT.formatted("first") + "\n");
        var broken = folder.resolve("b.jsonl");
        Files.write(broken, (RIGHT.formatted("second") + "\n\u00e9\n").getBytes(StandardCharsets.ISO_8859_1));
        var reader = new QueueReader(AGENTS);
        assertEquals(1, reader.tasks(right).size());
        assertEquals(List.of(), reader.tasks(Pipes.make(folder.resolve("c.jsonl"))));
        assertEquals(List.of(), reader.tasks(broken), "not even those before what cannot be read");
        assertEquals(2, reader.problems().size());
        assertTrue(
                reader.problems()
                        .getFirst()
                        .startsWith(folder.resolve("c.jsonl") + " cannot be read: it is no regular file. "),
                reader.problems().toString());
    }

    @Test
    void a_file_over_its_bound_is_refused_before_it_is_read() throws IOException {
        var file = folder.resolve("queue.jsonl");
        Files.writeString(file, "123456789\n");
        try (var lines = new QueueLines(file, 100, 10)) {
            assertEquals("123456789", lines.next());
        }
        var error = assertThrows(FileSystemException.class, () -> new QueueLines(file, 100, 9));
        assertEquals("it is larger than 9 bytes", error.getReason());
    }
}

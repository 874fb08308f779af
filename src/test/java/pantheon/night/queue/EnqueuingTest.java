package pantheon.night.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.config.AgentFiles;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.glob.Glob;

final class EnqueuingTest {
    private static final String AGENT = "docops.front-matter";
    private static final Map<String, Agent> AGENTS = Map.of(
            AGENT,
            new AgentAssembly(BuiltInTools.all())
                    .assemble(
                            java.util.Objects.requireNonNull(
                                    AgentFiles.load(Path.of("config/agents")).get(AGENT)),
                            ChatFormats.QWEN));

    @TempDir
    private Path folder = Path.of("");

    private Git git = new Git(folder);
    private Path queue = folder;
    private Path file = folder;

    @BeforeEach
    void commit() {
        git = Git.init(folder.resolve("workspace"))
                .write("README.md", "")
                .write("docs/a.md", "")
                .write("docs/x/b.md", "");
        git.commitAll("base");
        queue = folder.resolve("queue");
        file = queue.resolve(AGENT + ".jsonl");
    }

    private Enqueuing.Added enqueue(Path target, int priority, List<String> labels, String... globs) {
        return enqueue(target, priority, labels, false, globs);
    }

    private Enqueuing.Added enqueue(Path target, int priority, List<String> labels, boolean again, String... globs) {
        try (var workspace = Workspace.open(git.directory())) {
            var patterns = Stream.of(globs).map(Glob::of).toList();
            var place = new Enqueuing.Place(queue, this::files, target, folder.resolve("log"));
            return new Enqueuing(
                            AGENTS,
                            workspace,
                            new Enqueuing.Wanted(AGENT, priority, labels, null, List.of(), patterns, again))
                    .to(place);
        }
    }

    private Enqueuing.Added enqueue(String... globs) {
        return enqueue(file, 0, List.of(), globs);
    }

    private List<Path> files() {
        try (var files = Files.list(queue)) {
            return files.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> problems(Path... files) {
        var reader = new QueueReader(AGENTS);
        Stream.of(files).forEach(path -> reader.read(path, task -> {}));
        return reader.problems();
    }

    private List<String> paths(Path of) {
        var paths = new ArrayList<String>();
        new QueueReader(AGENTS)
                .read(of, task -> paths.add(task.input().get("path").stringValue()));
        return paths;
    }

    private static String line(String id, String path) {
        return "{\"id\": \"%s\", \"agent\": \"%s\", \"input\": {\"path\": \"%s\"}}".formatted(id, AGENT, path);
    }

    @Test
    void a_line_is_added_for_each_file_that_matches_and_once() {
        assertEquals(new Enqueuing.Added(2, 0, 0, List.of(), List.of()), enqueue("docs/**.md"));
        assertEquals(List.of("docs/a.md", "docs/x/b.md"), paths(file));
        assertEquals(new Enqueuing.Added(1, 2, 0, List.of(), List.of()), enqueue("**/*.md"));
        assertEquals(List.of(), problems(file));
    }

    @Test
    void two_paths_whose_early_ids_are_one_are_both_queued() {
        git.write("docs/拋一.md", "").write("docs/尀下.md", "").commitAll("two");
        assertEquals(TaskId.early(AGENT, "docs/拋一.md"), TaskId.early(AGENT, "docs/尀下.md"));
        assertEquals(2, enqueue("docs/??.md").added());
        assertEquals(List.of("docs/尀下.md", "docs/拋一.md"), paths(file));
        assertEquals(new Enqueuing.Added(0, 2, 0, List.of(), List.of()), enqueue("docs/??.md"));
    }

    @Test
    void ids_of_a_hundred_thousand_paths_without_a_latin_letter_are_all_others() {
        var ids = new HashSet<String>();
        IntStream.range(0, 100_000)
                .mapToObj(i -> "%c%c.md".formatted((char) (0x4e00 + i / 400), (char) (0x4e00 + i % 400)))
                .forEach(path -> ids.add(TaskId.of(AGENT, "1", path, "c")));
        assertEquals(100_000, ids.size());
        assertTrue(TaskId.of(AGENT, "1", "x".repeat(500), "c").length() <= 128);
    }

    @Test
    void a_path_that_is_queued_stays_queued_whatever_its_id() throws IOException {
        Files.createDirectory(queue);
        Files.write(
                queue.resolve("early.jsonl"),
                List.of(line(TaskId.early(AGENT, "docs/a.md"), "docs/a.md"), line("mine", "README.md")));
        assertEquals(new Enqueuing.Added(1, 2, 0, List.of(), List.of()), enqueue("**.md"));
        assertEquals(List.of("docs/x/b.md"), paths(file));
    }

    @Test
    void an_early_id_that_another_path_has_takes_none_away() throws IOException {
        git.write("docs/拋一.md", "").commitAll("one");
        Files.createDirectory(queue);
        Files.write(file, List.of(line(TaskId.early(AGENT, "docs/尀下.md"), "docs/尀下.md")));
        assertEquals(1, enqueue("docs/拋*.md").added());
        assertEquals(List.of(), problems(file));
    }

    @Test
    void a_file_that_ends_without_a_line_end_gets_one_first() throws IOException {
        Files.createDirectory(queue);
        Files.writeString(file, line("first", "README.md"));
        assertEquals(2, enqueue("docs/**.md").added());
        assertEquals(List.of("README.md", "docs/a.md", "docs/x/b.md"), paths(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\": ", "\uFEFF", "\r\n", "{\"id\": \"x\", \"agent\": \"nobody\", \"input\": {}}\r\n"})
    void what_validate_says_of_a_queue_stays_as_it_was(String before) throws IOException {
        Files.createDirectory(queue);
        Files.writeString(file, before);
        var said = problems(file);
        enqueue(file, 7, List.of("a", "ä"), "**.md");
        assertEquals(said, problems(file));
        assertEquals(3, paths(file).size());
        assertTrue(Files.readString(file).startsWith(before));
    }

    @Test
    void a_file_outside_of_the_queue_is_looked_into() {
        var other = folder.resolve("other/some.jsonl");
        assertEquals(2, enqueue(other, 0, List.of(), "docs/**.md").added());
        assertEquals(0, enqueue(other, 0, List.of(), "docs/**.md").added());
        assertEquals(List.of(), problems(other));
        assertFalse(Files.exists(queue));
    }

    @Test
    void a_file_in_the_queues_folder_that_no_night_reads_is_refused() throws IOException {
        for (var unread : List.of("x.txt", "more/x.jsonl", "x.jsonl.bak")) {
            var target = queue.resolve(unread);
            var refused = assertThrows(NightException.class, () -> enqueue(target, 0, List.of(), "docs/**.md"));
            assertEquals(ExitCode.USAGE, refused.exitCode());
            assertFalse(Files.exists(target));
        }
        assertEquals(
                2,
                enqueue(queue.resolve("./x.jsonl"), 0, List.of(), "docs/**.md").added());
        assertEquals(2, paths(queue.resolve("x.jsonl")).size());
    }

    @Test
    void a_priority_or_label_that_no_queue_takes_is_refused_and_nothing_added() {
        refused(1000, List.of());
        refused(-101, List.of());
        refused(0, List.of(""));
        refused(0, List.of("a", "a"));
        assertEquals(1, enqueue(file, -100, List.of("a", "b"), "README.md").added());
    }

    private void refused(int priority, List<String> labels) {
        var refused = assertThrows(NightException.class, () -> enqueue(file, priority, labels, "docs/**.md"));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertFalse(Files.exists(file));
    }

    @Test
    void a_pattern_that_matches_nothing_is_told() {
        var added = enqueue("none/*.md", "docs/a.md");
        assertEquals(
                List.of("none/*.md"),
                added.unmatched().stream().map(Glob::toString).toList());
        assertEquals(1, added.added());
    }

    @Test
    void what_no_task_can_work_on_is_named() throws IOException {
        git.write("docs/c\nd.md", "").write("docs/e\\f.md", "");
        Files.createSymbolicLink(git.directory().resolve("docs/link.md"), Path.of("a.md"));
        git.commitAll("names");
        var blob = git.run("rev-parse", "HEAD:README.md").strip();
        var entry = "100644 %s 0\tdocs/\u00ff.md\n".formatted(blob);
        git.feed(entry.getBytes(StandardCharsets.ISO_8859_1), "update-index", "--index-info");
        git.run("commit", "-q", "-m", "no UTF-8");
        var added = enqueue("docs/*.md");
        assertEquals(List.of("docs/a.md", "docs/c\nd.md"), paths(file));
        assertEquals(3, added.leftOut().size(), added.leftOut().toString());
        assertTrue(added.leftOut().containsAll(List.of("docs/e\\f.md", "docs/link.md")));
    }

    @Test
    void calls_at_the_same_time_add_each_line_once() throws Exception {
        IntStream.range(0, 40).forEach(i -> git.write("many/%d.md".formatted(i), ""));
        git.commitAll("many");
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<Enqueuing.Added> call = () -> enqueue("many/*.md");
            int added = 0;
            for (var each : threads.invokeAll(List.of(call, call, call, call))) {
                added += sum(each);
            }
            assertEquals(40, added);
        }
        assertEquals(40, paths(file).size());
        assertEquals(List.of(), problems(file));
    }

    private static int sum(java.util.concurrent.Future<Enqueuing.Added> each) throws InterruptedException {
        try {
            return each.get().added();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void in_a_folder_of_a_group_the_files_are_the_groups() throws IOException {
        Files.createDirectory(queue);
        Files.setAttribute(queue, "unix:mode", 02770);
        enqueue("README.md");
        assertEquals("rw-rw----", mode(file));
        assertEquals("rw-rw----", mode(queue.resolve(".enqueue.lock")));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--")); // as early versions left it
        enqueue("docs/**.md");
        assertEquals("rw-rw-r--", mode(file));
    }

    @Test
    void elsewhere_a_file_keeps_its_mode() throws IOException {
        enqueue("README.md");
        assertNotEquals("rw-rw----", mode(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        enqueue("docs/**.md");
        assertEquals("rw-------", mode(file));
    }

    private static String mode(Path of) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(of));
    }

    @Test
    void a_link_stays_a_link_and_its_target_gets_the_lines() throws IOException {
        Files.createDirectory(queue);
        var target = Files.writeString(folder.resolve("target.jsonl"), line("first", "README.md") + "\n");
        Files.createSymbolicLink(file, target);
        enqueue("**.md");
        assertTrue(Files.isSymbolicLink(file));
        assertEquals(3, paths(target).size(), "README.md stood there already");
    }

    @Test
    void a_file_that_is_read_only_or_none_is_refused() throws IOException {
        Files.createDirectory(queue);
        Files.writeString(file, "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assertTrue(cannotCreate(file).contains("is read-only"));
        assertTrue(cannotCreate(Path.of("/dev/null")).contains("is no regular file"));
        var nowhere = Files.createSymbolicLink(folder.resolve("nowhere.jsonl"), Path.of("none"));
        assertTrue(cannotCreate(nowhere).contains("there is no such file"));
        assertEquals("", Files.readString(file, StandardCharsets.UTF_8));
    }

    private String cannotCreate(Path target) {
        var refused = assertThrows(NightException.class, () -> enqueue(target, 0, List.of(), "**.md"));
        assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
        return String.valueOf(refused.getMessage());
    }
}

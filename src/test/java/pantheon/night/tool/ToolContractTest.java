package pantheon.night.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.config.ToolFiles;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.tool.command.CommandTools;
import pantheon.night.workspace.GitFolder;
import pantheon.night.workspace.TreeSnapshot;
import pantheon.night.workspace.scratch.ScratchTask;
import tools.jackson.databind.node.ObjectNode;

/** What every tool that ships keeps to, built in or a command, on a real scratch checkout. */
class ToolContractTest {
    private static final String TEXT =
            "---\ntitle: A\n---\n# A\n\none two\n\n```\nsome output, all of it\n```\n\n[b](old/b.md)\n";
    private static final List<String> REFUSED = List.of(
            "../outside/secret.md",
            "docs/../../outside/secret.md",
            "/etc/passwd",
            "link.md",
            "inside.md",
            "linked/secret.md",
            ".git/config",
            "docs/.GIT/config",
            "docs//a.md",
            "docs/a.md/x",
            "");

    private static final Map<String, Tool> TOOLS = tools();

    @TempDir
    static Path directory;

    private static GitFolder folder;

    /**
     * How a tool is used.
     *
     * @param paths the arguments that are paths
     * @param changes the files that the call changes
     */
    record Use(String tool, String arguments, Set<String> paths, Set<String> changes) {
        ToolCall call() {
            return new ToolCall(tool, (ObjectNode) Json.parse(arguments));
        }

        @Override
        public String toString() {
            return tool;
        }
    }

    private static Map<String, Tool> tools() {
        var tools = new TreeMap<>(BuiltInTools.all());
        tools.putAll(CommandTools.of(ToolFiles.load(Path.of("config/tools")), List.copyOf(tools.keySet()), () -> {}));
        return tools;
    }

    static Stream<Use> uses() {
        var one = Set.of("docs/a.md");
        return Stream.of(
                new Use("check_shell", "{\"path\": \"run.sh\"}", Set.of("path"), Set.of()),
                new Use("git_diff", "{\"context\": 3}", Set.of(), Set.of()),
                new Use("run_tests", "{}", Set.of(), Set.of("tested")),
                new Use("compute_diff", "{}", Set.of(), Set.of()),
                new Use(
                        "insert_header",
                        "{\"path\": \"docs/a.md\", \"header\": \"<!-- ours -->\"}",
                        Set.of("path"),
                        one),
                new Use(
                        "fill_front_matter",
                        "{\"path\": \"docs/a.md\", \"keys\": [\"slug\"], \"sources\": {\"slug\": {\"from\": \"title\"}}}",
                        Set.of("path"),
                        one),
                new Use(
                        "view_front_matter",
                        "{\"path\": \"docs/a.md\", \"keys\": [\"title\"]}",
                        Set.of("path"),
                        Set.of()),
                new Use("view_page", "{\"path\": \"docs/a.md\"}", Set.of("path"), Set.of()),
                new Use("list_files", "{\"directory\": \"docs\", \"limit\": 9}", Set.of("directory"), Set.of()),
                new Use(
                        "move_file",
                        "{\"from\": \"docs/a.md\", \"to\": \"new/c.md\"}",
                        Set.of("from", "to"),
                        Set.of("docs/a.md", "new", "new/c.md")),
                new Use("next_fence", "{\"path\": \"docs/a.md\"}", Set.of("path"), Set.of()),
                new Use("next_link", "{\"path\": \"docs/a.md\"}", Set.of("path"), Set.of()),
                new Use("read_file", "{\"path\": \"docs/a.md\"}", Set.of("path"), Set.of()),
                new Use("read_front_matter", "{\"path\": \"docs/a.md\"}", Set.of("path"), Set.of()),
                new Use(
                        "replace_text",
                        "{\"path\": \"docs/a.md\", \"old\": \"one\", \"new\": \"one and\"}",
                        Set.of("path"),
                        one),
                new Use(
                        "search_text",
                        "{\"text\": \"one\", \"directory\": \"docs\", \"limit\": 9}",
                        Set.of("directory"),
                        Set.of()),
                new Use(
                        "set_fence_language",
                        "{\"path\": \"docs/a.md\", \"line\": 8, \"language\": \"text\", \"most\": 12}",
                        Set.of("path"),
                        one),
                new Use(
                        "set_front_matter",
                        "{\"path\": \"docs/a.md\", \"values\": {\"title\": \"B\", \"slug\": \"b\"}}",
                        Set.of("path"),
                        one),
                new Use(
                        "set_link",
                        "{\"path\": \"docs/a.md\", \"line\": 12, \"link\": \"old/b.md\", \"target\": \"docs/b.md\"}",
                        Set.of("path"),
                        one),
                new Use("slug_of", "{\"text\": \"A title\"}", Set.of(), Set.of()),
                new Use("write_file", "{\"path\": \"docs/a.md\", \"text\": \"new\"}", Set.of("path"), one));
    }

    @BeforeAll
    static void check_out() throws IOException {
        folder = new GitFolder(
                directory,
                Map.of(
                        "docs/a.md", TEXT,
                        "docs/b.md", "two",
                        "run.sh", "exit 1",
                        "Makefile", "check:\n\techo passed > tested\n",
                        "z.md", "z"));
        Files.writeString(Files.createDirectory(directory.resolve("outside")).resolve("secret.md"), TEXT);
    }

    @AfterAll
    static void close() {
        folder.close();
    }

    @BeforeEach
    void lay_out() throws IOException {
        folder.scratch().reset();
        var root = folder.scratch().root();
        Files.createSymbolicLink(root.resolve("link.md"), Path.of("../../outside/secret.md"));
        Files.createSymbolicLink(root.resolve("inside.md"), Path.of("docs/a.md"));
        Files.createSymbolicLink(root.resolve("linked"), Path.of("../../outside"));
    }

    private static ToolResult run(ToolCall call) {
        var tool = Objects.requireNonNull(TOOLS.get(call.name()));
        return new ToolBox(
                        List.of(new BoundTool(tool, Map.of(), Map.of(), Map.of())),
                        Schema.compile("output", Json.object()),
                        Json.object(),
                        new ScratchTask(folder.scratch()),
                        Duration.ofMinutes(1))
                .run(call);
    }

    private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        paths.removeIf(path -> Objects.equals(before.get(path), after.get(path)));
        return paths;
    }

    @Test
    void every_tool_that_ships_is_here() {
        assertEquals(TOOLS.keySet(), new TreeSet<>(uses().map(Use::tool).toList()));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void says_whether_it_leaves_the_files_as_they_are(Use use) {
        assertEquals(
                use.changes().isEmpty(),
                Objects.requireNonNull(TOOLS.get(use.tool())).isReadOnly());
    }

    @ParameterizedTest
    @MethodSource("uses")
    void works_and_touches_nothing_but_its_file(Use use) throws IOException {
        var before = TreeSnapshot.of(directory);
        var result = run(use.call());
        // The box has checked it against the tool's schema: what is off it comes back as failed.
        assertInstanceOf(ToolResult.Returned.class, result, () -> Json.write(result.json()));
        var expected = new TreeSet<String>();
        var root = directory.relativize(folder.scratch().root());
        use.changes().forEach(path -> expected.add(root.resolve(path).toString()));
        assertEquals(expected, changed(before, TreeSnapshot.of(directory)));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void the_same_call_again_changes_nothing(Use use) throws IOException {
        run(use.call());
        var once = TreeSnapshot.of(directory);
        var again = run(use.call());
        assertInstanceOf(ToolResult.Returned.class, again, () -> Json.write(again.json()));
        assertEquals(once, TreeSnapshot.of(directory));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void the_same_call_on_the_same_files_gives_the_same_result(Use use) throws IOException {
        var result = run(use.call());
        lay_out();
        assertEquals(result, run(use.call()));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void a_path_that_is_not_its_own_is_a_failed_result(Use use) throws IOException {
        var before = TreeSnapshot.of(directory);
        for (var argument : use.paths()) {
            for (var path : REFUSED) {
                var call = use.call();
                call.arguments().put(argument, path);
                var result = assertInstanceOf(ToolResult.Failed.class, run(call), argument + " " + path);
                assertTrue(result.message().indexOf('\n') < 0, result.message());
                assertTrue(!result.message().contains("one two"), result.message());
            }
        }
        assertEquals(before, TreeSnapshot.of(directory));
    }

    /** The tools that read a whole file as text. */
    static Stream<Use> readers() {
        var others = Set.of("write_file", "check_shell");
        return uses().filter(use -> use.paths().contains("path") && !others.contains(use.tool()));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void a_file_that_is_no_text_is_left_as_it_is(Use use) throws Exception {
        var raw = new byte[] {'-', '-', '-', '\n', (byte) 0xff, '\n', '-', '-', '-', '\n'};
        folder.scratch().files().write("docs/a.md", raw);
        assertEquals(
                "not_text",
                assertInstanceOf(ToolResult.Failed.class, run(use.call())).code());
        assertEquals(new String(raw, UTF_8), new String(folder.scratch().files().read("docs/a.md"), UTF_8));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void the_card_says_in_one_sentence_what_it_does(Use use) {
        var tool = Objects.requireNonNull(TOOLS.get(use.tool()));
        assertTrue(tool.description().matches("[A-Z][^\n]*\\."), tool.description());
        assertEquals("object", tool.arguments().json().path("type").asString());
        assertEquals(Json.parse("false"), tool.arguments().json().get("additionalProperties"));
        assertEquals(Json.parse("false"), tool.result().json().get("additionalProperties"));
    }
}

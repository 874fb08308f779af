package pantheon.night.tool.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.config.ToolFiles;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.tool.BoundTool;
import pantheon.night.tool.ToolBox;
import pantheon.night.tool.ToolCall;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.GitFolder;
import pantheon.night.workspace.scratch.ScratchTask;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Command tools in a tool box, on a real scratch checkout. */
final class CommandToolTest {
    private static final Map<String, ObjectNode> SHIPPED = ToolFiles.load(Path.of("config/tools"));
    private static final String PLANTED = "[diff]\n\texternal = touch planted;\n[core]\n\thooksPath = .\n";

    @TempDir
    private Path directory;

    private GitFolder folder;

    @BeforeEach
    void check_out() {
        folder = new GitFolder(
                directory,
                Map.of("a.md", "one\ntwo\n", "good.sh", "exit 1\n", "bad.sh", "if\n", "Makefile", "check:\n\tfalse\n"));
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private static CommandTool shipped(String name) {
        return Objects.requireNonNull(
                CommandTools.of(SHIPPED, List.of(), () -> {}).get(name));
    }

    /** A tool that runs a script; its checkout can be written. */
    private static ObjectNode script(String script) {
        var file = Objects.requireNonNull(SHIPPED.get("run_tests")).deepCopy();
        file.putArray("run").add("sh").add("-c").add(script);
        ((ObjectNode) file.get("bounds"))
                .put("time", "2s")
                .put("shownCharacters", 100)
                .put("outputKilobytes", 1);
        return file;
    }

    private ToolResult run(CommandTool tool, String arguments) {
        return new ToolBox(
                        List.of(new BoundTool(tool, Map.of(), Map.of(), Map.of())),
                        Schema.compile("output", Json.object()),
                        Json.object(),
                        new ScratchTask(folder.scratch()),
                        Duration.ofMinutes(1))
                .run(new ToolCall(tool.name(), (ObjectNode) Json.parse(arguments)));
    }

    private ToolResult run(ObjectNode file) {
        return run(new CommandTool(file, () -> {}), "{}");
    }

    private JsonNode returned(ToolResult result) {
        return assertInstanceOf(ToolResult.Returned.class, result, () -> Json.write(result.json()))
                .json();
    }

    private static String code(ToolResult result) {
        return assertInstanceOf(ToolResult.Failed.class, result, () -> Json.write(result.json()))
                .code();
    }

    @Test
    void git_shows_the_changes_and_runs_nothing_of_the_workspace() throws Exception {
        folder.scratch().files().write("a.md", "one\nthree\n".getBytes(UTF_8));
        folder.scratch().files().write("new.md", "new\n".getBytes(UTF_8));
        folder.scratch().files().write(".gitconfig", PLANTED.getBytes(UTF_8));
        folder.scratch().files().write(".gitattributes", "* diff=planted\n".getBytes(UTF_8));
        var patch = returned(run(shipped("git_diff"), "{\"context\": 0}"))
                .get("stdout")
                .stringValue();
        assertTrue(patch.contains("--- a/a.md\n+++ b/a.md\n@@ -2 +2 @@ one\n-two\n+three\n"), patch);
        assertTrue(patch.contains("--- /dev/null\n+++ b/new.md\n"), patch);
        assertTrue(Files.notExists(folder.scratch().root().resolve("planted")));
    }

    @Test
    void a_linters_finding_and_a_failed_test_are_results() {
        var bad = returned(run(shipped("check_shell"), "{\"path\": \"bad.sh\"}"));
        assertEquals(2, bad.get("exit_code").intValue());
        assertTrue(bad.get("stderr").stringValue().startsWith("bad.sh: 2: Syntax error"), bad.toString());
        var good = returned(run(shipped("check_shell"), "{\"path\": \"good.sh\"}"));
        assertEquals(0, good.get("exit_code").intValue());
        assertEquals(
                2, returned(run(shipped("run_tests"), "{}")).get("exit_code").intValue());
    }

    @Test
    void a_value_stays_one_argument() {
        var file = script("printf '<%s>' \"$@\"");
        ((ObjectNode) file.get("arguments"))
                .putObject("properties")
                .putObject("name")
                .put("type", "string");
        file.withArray("run")
                .add("sh")
                .add("--")
                .add("{name}")
                .add("--option={name}")
                .add("{none}");
        ((ObjectNode) file.at("/arguments/properties")).putObject("none").put("type", "string");
        var tool = new CommandTool(file, () -> {});
        var result = returned(run(tool, "{\"name\": \"$(id); `id` 'a' b\"}"));
        assertEquals(
                "<--><$(id); `id` 'a' b><--option=$(id); `id` 'a' b>",
                result.get("stdout").stringValue());
    }

    /** A tool whose script tells how long its argument is, and how many there are. */
    private static CommandTool measuring() {
        var file = script("echo ${#1} $#");
        var properties = ((ObjectNode) file.get("arguments")).putObject("properties");
        properties.putObject("text").put("type", "string");
        properties.putObject("texts").put("type", "array").putObject("items").put("type", "string");
        file.withArray("run").add("sh").add("--text={text}").add("{texts}");
        ((ObjectNode) file.get("bounds")).put("time", "20s");
        return new CommandTool(file, () -> {});
    }

    private ToolResult measure(String name, Object value) {
        return run(measuring(), Json.write(Json.object().set(name, Json.MAPPER.valueToTree(value))));
    }

    @Test
    void an_argument_that_no_command_takes_is_a_failed_call() {
        int most = CommandTool.ARGUMENT_BYTES - "--text=".length();
        assertEquals(
                "%d 1\n".formatted(CommandTool.ARGUMENT_BYTES),
                returned(measure("text", "x".repeat(most))).get("stdout").stringValue());
        assertEquals("arguments", code(measure("text", "x".repeat(most + 1))));
        assertEquals("arguments", code(measure("text", "x".repeat(most - 1) + "é"))); // bytes, not characters
    }

    @Test
    void arguments_that_are_too_many_together_are_a_failed_call() {
        int longest = 100_000;
        int fit = CommandTool.ARGUMENTS_BYTES / (longest + 10);
        assertEquals(
                "%d %d\n".formatted(longest, fit),
                returned(measure("texts", Collections.nCopies(fit, "x".repeat(longest))))
                        .get("stdout")
                        .stringValue());
        assertEquals("arguments", code(measure("texts", Collections.nCopies(fit + 1, "x".repeat(longest)))));
        assertEquals("arguments", code(measure("texts", Collections.nCopies(CommandTool.ARGUMENTS_BYTES / 9, "x"))));
    }

    @Test
    void variables_that_the_kernel_does_not_take_are_a_failed_call_too() {
        var file = script("true");
        file.putObject("environment").put("LONG", "x".repeat(200_000));
        assertEquals("arguments", code(run(file)));
    }

    @Test
    void where_a_readable_path_leads_is_asked_before_each_command() throws Exception {
        var file = script("cat %s/link/text".formatted(directory));
        var place = Files.createDirectory(directory.resolve("place"));
        Files.writeString(place.resolve("text"), "harmless");
        var link = Files.createSymbolicLink(directory.resolve("link"), place);
        file.putArray("readable").add(link.toString());
        var tool = new CommandTool(file, () -> {});
        assertEquals("harmless", returned(run(tool, "{}")).get("stdout").stringValue());
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("/"));
        var refused = assertThrows(NightException.class, () -> run(tool, "{}"));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
    }

    @Test
    void long_output_is_cut_and_bytes_that_are_no_text_are_replaced() {
        var stdout = returned(run(script("printf '\\377'; printf '%0200d' 0")))
                .get("stdout")
                .stringValue();
        assertEquals("\ufffd" + "0".repeat(99) + "\n[cut: 101 more characters]", stdout);
    }

    @Test
    void each_bound_has_a_name() {
        assertEquals("exit_code", code(run(script("echo why >&2; exit 9"))));
        assertEquals("signal", code(run(script("kill -11 $$"))));
        assertEquals("output_limit", code(run(script("while :; do echo flood; done"))));
        assertEquals(new ToolResult.TimedOut(true), run(script("sleep 60")));
    }

    @Test
    void no_path_of_this_machine_is_shown_and_the_private_folder_goes() throws Exception {
        var result = returned(run(script("pwd; echo $HOME $TMPDIR; echo x > $TMPDIR/x")));
        assertEquals(
                "/workspace\n/private/home /private/tmp\n", result.get("stdout").stringValue());
        var path = returned(run(script("echo $TMPDIR | rev"))).get("stdout").stringValue();
        assertTrue(Files.notExists(
                Path.of(new StringBuilder(path.strip()).reverse().toString())));
    }

    @Test
    void nothing_runs_where_the_check_before_each_command_refuses() {
        var asked = new AtomicInteger();
        var tool = new CommandTool(script("touch ran"), () -> {
            if (asked.incrementAndGet() > 1) {
                throw new NightException(ExitCode.EGRESS, "no proof");
            }
        });
        returned(run(tool, "{}"));
        assertTrue(Files.exists(folder.scratch().root().resolve("ran")));
        folder.scratch().reset();
        assertEquals(
                ExitCode.EGRESS,
                assertThrows(NightException.class, () -> run(tool, "{}")).exitCode());
        assertTrue(Files.notExists(folder.scratch().root().resolve("ran")));
    }

    @Test
    void a_missing_program_is_told_before_the_night() {
        var file = script("");
        file.putArray("run").add("no-such-program");
        var refused = assertThrows(NightException.class, () -> new CommandTool(file, () -> {}).require());
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        shipped("git_diff").require(); // the control
    }

    @Test
    void a_name_that_ships_with_the_program_is_taken() {
        var refused = assertThrows(NightException.class, () -> CommandTools.of(SHIPPED, List.of("git_diff"), () -> {}));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
    }
}

package pantheon.night.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.config.ToolFiles;
import pantheon.night.contract.Json;
import pantheon.night.tool.Tool;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.tool.command.CommandTools;

/** Commands of the system as judges of a checkout, each confined as tools are. */
final class CommandCheckTest {
    private static final Map<String, Tool> TOOLS = tools();

    @TempDir
    private Path folder;

    private static Map<String, Tool> tools() {
        var tools = new TreeMap<>(BuiltInTools.all());
        tools.putAll(CommandTools.of(
                ToolFiles.load(Path.of("config/tools")), tools.keySet().stream().toList(), () -> {}));
        return tools;
    }

    private static String found(JudgedCheckout checkout, String with) throws Exception {
        var check = Checks.named("command", Json.parse(with), TOOLS);
        var result = check.check(new Work(
                checkout.input, Json.object(), checkout.task.left(), new Work.Trace(checkout.task, List.of())));
        return check.name() + (result.passed() ? " passed" : ": " + result.message());
    }

    @Test
    void a_script_must_parse() throws Exception {
        var with = "{\"tool\": \"check_shell\", \"arguments\": {\"path\": {\"input\": \"path\"}}}";
        try (var work = new JudgedCheckout(folder, Map.of("a.sh", "echo a\n", "b.sh", "if\n"))) {
            assertEquals("command_check_shell passed", found(work.input("{\"path\": \"a.sh\"}"), with));
            var failed = found(work.input("{\"path\": \"b.sh\"}"), with);
            assertTrue(
                    failed.startsWith(
                            "command_check_shell: it ended with exit code 2; expected [0]; its last line is \""),
                    failed);
            assertEquals(
                    "command_check_shell: it could not be run: not_found, \"c.sh\" does not exist",
                    found(work.input("{\"path\": \"c.sh\"}"), with));
        }
    }

    @Test
    void what_a_test_run_writes_is_no_part_of_the_work() throws Exception {
        var makefile = "check:\n\techo built > out\n\ttest -e good\n";
        try (var work = new JudgedCheckout(folder, Map.of("Makefile", makefile))) {
            var failed = found(work, "{\"tool\": \"run_tests\"}");
            assertTrue(failed.startsWith("command_run_tests: it ended with exit code 2; expected [0]"), failed);
            assertTrue(Files.exists(work.task.files().root().resolve("out")));
            assertEquals("", work.task.left().patch());
        }
    }

    @Test
    void a_test_must_fail_again_without_the_work_which_is_there_again_behind_it() throws Exception {
        var makefile = "check:\n\tgrep -q good a.md\n\ttest ! -e new.md || grep -q good new.md\n";
        var reverted = "{\"tool\": \"run_tests\", \"exits\": [2], \"reverted\": true}";
        try (var work = new JudgedCheckout(folder, Map.of("Makefile", makefile, "a.md", "bad\n", "b.md", "B\n"))) {
            work.write("a.md", "good\n").write("new.md", "good\n").task.files().delete("b.md");
            assertEquals("command_run_tests_reverted passed", found(work, reverted));
            assertEquals("command_run_tests passed", found(work, "{\"tool\": \"run_tests\"}"));
            assertEquals("good\n", Files.readString(work.task.files().root().resolve("a.md")));
            assertTrue(Files.notExists(work.task.files().root().resolve("b.md")));
        }
        try (var work = new JudgedCheckout(
                Files.createDirectory(folder.resolve("green")), Map.of("Makefile", "check:\n", "a.md", "bad\n"))) {
            work.write("a.md", "good\n");
            assertTrue(found(work, reverted)
                    .startsWith("command_run_tests_reverted: it ended with exit code 0; expected [2]"));
        }
    }

    @Test
    void merged_lines_have_no_checkout_to_run_it_on() throws Exception {
        try (var work = new JudgedCheckout(folder, Map.of("Makefile", "check:\n"))) {
            var check = Checks.named("command", Json.parse("{\"tool\": \"run_tests\"}"), TOOLS);
            var result = check.check(new Work(work.input, Json.object(), work.task.left()));
            assertEquals(
                    "a command judges a checkout, and there is none of lines that were merged; a person decides",
                    result.message());
        }
    }

    @Test
    void only_a_command_tool_can_be_named() {
        for (var tool : new String[] {"read_file", "rum_tests"}) {
            var with = Json.parse("{\"tool\": \"%s\"}".formatted(tool));
            var e = assertThrows(NightException.class, () -> Checks.named("command", with, TOOLS));
            assertEquals(ExitCode.CONFIG, e.exitCode());
        }
    }
}

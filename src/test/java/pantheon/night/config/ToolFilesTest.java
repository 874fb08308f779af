package pantheon.night.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** The files of command tools. */
final class ToolFilesTest {
    @TempDir
    private Path folder;

    private static String good() throws IOException {
        return Files.readString(Path.of("config/tools/check_shell.yaml"));
    }

    @Test
    void the_tools_that_ship_load() {
        assertEquals(
                Set.of("check_shell", "git_diff", "run_tests"),
                ToolFiles.load(Path.of("config/tools")).keySet());
    }

    @Test
    void there_are_none_where_there_is_no_folder() {
        assertEquals(Map.of(), ToolFiles.load(folder.resolve("absent")));
    }

    @Test
    void problems_of_all_files_are_told_at_once() throws IOException {
        var first = write(
                "1.yaml",
                good().replace("time: 10s", "time: 10")
                        .replace("writes: nothing", "writes: everything")
                        .replace("paths: [path]", "paths: [pth]"));
        var second = write(
                "2.yaml",
                good().replace("name: check_shell", "name: final")
                        .replace("processes: 4", "processes: 0")
                        .replace("stable: true", "environment: {LD_PRELOAD: x.so}"));
        assertEquals("""
                %1$s:20: paths.0 names "pth"; expected one of the arguments [path]. Did you mean "path"?
                %1$s:23: writes is "everything"; expected what it may write beside its private temporary folder: nothing, \
                or workspace.
                %1$s:26: bounds.time is 10; expected a duration such as 10s or 2m, with its unit; the agent's toolTime \
                holds as well.
                %2$s:3: name is "final"; expected the tool's name: lower-case words joined by underscores, not final.
                %2$s:3: stable is missing; expected whether the same call on the same files always gives the same result, \
                true or false.
                %2$s:24: environment.LD_PRELOAD has no name that can stand here; expected upper-case letters, digits and \
                underscores; not LD_…, PATH, HOME or TMPDIR.
                %2$s:29: bounds.processes is 0; expected 1 to 4096 processes and threads at a time.""".formatted(first, second), problems());
    }

    @Test
    void a_value_cannot_pass_for_an_option_or_choose_the_program() throws IOException {
        var file = write(
                "1.yaml",
                good().replace("[sh, -n, --, \"{path}\"]", "[\"{path}\", \"{path}\", \"{pth}\", --, \"{path}\"]"));
        assertEquals("""
                %1$s:5: run.0 is chosen by an argument; expected a fixed program. Write its name.
                %1$s:5: run.1 begins with an argument, which could pass for an option; expected -- before it. Add it, or \
                write --option={path}.
                %1$s:5: run.2 names "pth"; expected one of the arguments [path]. Did you mean "path"?""".formatted(file), problems());
    }

    private void readable(String... paths) throws IOException {
        write("1.yaml", good() + "readable: [" + String.join(", ", paths) + "]\n");
    }

    @Test
    void a_readable_path_is_judged_by_where_it_leads() throws IOException {
        var harmless = Files.createDirectories(folder.resolve("tools/in/side"));
        var link = Files.createSymbolicLink(harmless.resolve("up"), Path.of(".."));
        readable(
                harmless + "/.",
                harmless + "/../side",
                link.toString(),
                "/proc/self/root" + harmless,
                "/opt/none-such");
        assertEquals(1, ToolFiles.load(folder).size());

        var root = Files.createSymbolicLink(folder.resolve("root"), Path.of("/"));
        var refused = List.of(
                "/.",
                "/usr/..",
                "/./",
                "/../..",
                root.toString(),
                root + "/usr/..",
                "/proc/self/root",
                "/proc/1/../..",
                "/proc",
                "/proc/self",
                "/proc/self/cwd" + "/..".repeat(30),
                "/home",
                "/etc",
                "/usr/../etc",
                root + "/etc/.",
                "/dev",
                "/sys",
                "/run",
                "/root",
                "/var");
        for (var path : refused) {
            readable(path);
            var problem = problems();
            assertTrue(
                    problem.matches(
                            "(?s).*1\\.yaml:[0-9]+: readable\\.0 is \"" + Pattern.quote(path) + "\", which is .*"),
                    problem);
        }
    }

    @Test
    void a_readable_path_that_leads_nowhere_is_told() throws IOException {
        var loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        readable("/usr", loop.toString());
        assertTrue(problems().contains("readable.1 is \"%s\", which leads nowhere".formatted(loop)), problems());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            path: {type: string, minLength: 1 | path: {type: array, items: {type: string} | :20: paths.0 names "path", which is no string
            stderr: {type: string}            | stderr: {$ref: "#/properties/stderr"}     | leads back to itself without a property or an item
            stderr: {type: string}            | stderr: {type: strnig}                    | :12: schema "result" is no valid JSON Schema
            name: check_shell                 | name: "check_shell\\n"                    | :3: name is "check_shell\\n"; expected
            """)
    void what_would_fail_at_night_is_told_with_its_line(String good, String bad, String told) throws IOException {
        write("1.yaml", good().replace(good, bad));
        assertTrue(problems().contains(told), problems());
    }

    private String problems() {
        var refused = assertThrows(NightException.class, () -> ToolFiles.load(folder));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        return refused.getMessage();
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }
}

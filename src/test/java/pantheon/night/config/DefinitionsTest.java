package pantheon.night.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.acceptance.Checks;

/** Agents and tools together, and what agents name. */
final class DefinitionsTest {
    private static final String GOOD = """
            name: a
            version: "1"
            description: Does one thing.
            model: tiny
            input:
              type: object
              properties:
                path: {type: string}
              required: [path]
            output:
              type: object
              properties:
                status: {enum: [done, fail]}
            tools:
              - name: read_file
              - name: count_lines
            prompt:
              role: You do one thing.
            checks:
              - use: only_changes
                with: {fields: [path]}
              - use: other_keys_kept
              - use: mapped_key
                with:
                  key: status
                  default: draft
                  spellings:
                    draft: [draft, work in progress]
                    review: [review]
            """;

    @TempDir
    private Path folder;

    private Path agent;
    private Path tool;

    @BeforeEach
    void write() throws IOException {
        agent = Files.createDirectory(folder.resolve("agents")).resolve("a.yaml");
        tool = Files.createDirectory(folder.resolve("tools")).resolve("count.yaml");
        Files.copy(Path.of("config/tools/git_diff.yaml"), tool.resolveSibling("git_diff.yaml"));
        Files.writeString(
                tool,
                Files.readString(Path.of("config/tools/check_shell.yaml"))
                        .replace("name: check_shell", "name: count_lines"));
        Files.writeString(folder.resolve("pantheon-night.yaml"), "models: {tiny: {path: tiny}}\n");
    }

    @Test
    void what_agents_name_is_there() throws IOException {
        Files.writeString(agent, GOOD);
        var definitions = load();
        assertEquals(Set.of("a"), definitions.agents().keySet());
        assertEquals(Set.of("count_lines", "git_diff"), definitions.tools().keySet());
    }

    @Test
    void what_is_not_there_is_told_with_its_line_and_with_all_else() throws IOException {
        Files.writeString(
                agent,
                GOOD.replace("model: tiny", "model: tinny")
                        .replace("name: read_file", "name: red_file")
                        .replace("use: only_changes", "use: only_change")
                        .replace("status: {enum: [done, fail]}", "state: {enum: [done, fail]}")
                        .replace("key: status", "kay: status")
                        .replace("work in progress", "review"));
        Files.writeString(tool, Files.readString(tool).replace("description:", "describes:"));
        var told = problems();
        assertTrue(told.contains(tool + ":"), told);
        assertEquals(
                """
                %1$s:4: model is "tinny"; expected a model of the configuration, one of [tiny]. Did you mean "tiny"?
                %1$s:12: output.properties.status is missing; expected {enum: [done, fail]}, the two ways in which an agent \
                ends a task.
                %1$s:15: tools.0.name is "red_file"; expected a tool, one of [count_lines, git_diff, read_file]. Did you \
                mean "read_file"?
                %1$s:20: checks.0.use is "only_change"; expected a check, one of %2$s. Did you mean "only_changes"?
                %1$s:24: checks.2.with.key is missing; expected a key of the front matter.
                %1$s:25: checks.2.with.kay is no key here; expected one of [key, default, spellings]. Did you mean "key"?
                %1$s:29: checks.2.with.spellings.review.0 is "review", as is checks.2.with.spellings.draft.1; expected a \
                spelling that stands for one value. Remove one.""".formatted(agent, Checks.names()),
                told.lines()
                        .filter(line -> line.startsWith(agent.toString()))
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse(""));
    }

    @Test
    void parameters_are_those_that_the_check_takes() throws IOException {
        Files.writeString(
                agent,
                GOOD.replace("{fields: [path]}", "{fields: [path, 3], feilds: 3}")
                        .replace("use: other_keys_kept", "use: other_keys_kept\n    with: {except: title}")
                        .replace("work in progress", "Work in progress"));
        assertEquals("""
                %1$s:21: checks.0.with.fields.1 is 3; expected a field of the task's input.
                %1$s:21: checks.0.with.feilds is no key here; expected one of [fields]. Did you mean "fields"?
                %1$s:23: checks.1.with.except is "title"; expected a list of keys of the front matter.
                %1$s:29: checks.2.with.spellings.draft.1 is "Work in progress"; expected a spelling in lower case, its \
                words parted by one blank.""".formatted(agent), problems());
    }

    @Test
    void parameters_that_a_check_needs_are_told_where_there_are_none() throws IOException {
        Files.writeString(agent, GOOD.replace("    with: {fields: [path]}\n", ""));
        assertEquals(
                agent + ":20: checks.0.with.fields is missing; expected a list of fields of the task's input.",
                problems());
    }

    private Definitions load() {
        var config = ConfigLoader.load(folder.resolve("pantheon-night.yaml"), Map.of(), Map.of())
                .config();
        return Definitions.load(config, Set.of("read_file"), Checks.parameters());
    }

    private String problems() {
        var refused = assertThrows(NightException.class, this::load);
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        return refused.getMessage();
    }
}

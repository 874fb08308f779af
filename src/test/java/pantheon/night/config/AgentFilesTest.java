package pantheon.night.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;

/** The files of agents. */
final class AgentFilesTest {
    private static final String GOOD = """
            name: a.b
            version: "1"
            description: Does one thing.
            model: tiny
            input:
              type: object
              properties:
                path: {type: string}
                note: {type: string}
                labels: {type: array, items: {type: string}}
              required: [path, labels]
            output:
              type: object
              properties:
                status: {enum: [done, fail]}
            tools:
              - name: slug_of
              - name: set_front_matter
                bind:
                  path: {input: path}
                  keys: {value: [title]}
                choices:
                  label: {input: labels}
                narrow:
                  values: {type: object}
            limits:
              steps: 8
              failures: 2
              toolErrors: 2
              identicalCalls: 2
              stepTokens: 600
              taskTokens: 2000
              keptResults: 2
              toolTime: 10s
              taskTime: 2m
            prompt:
              role: You do one thing.
            checks:
              - use: body_kept
            """;

    @TempDir
    private Path folder;

    @Test
    void agents_come_in_the_order_of_their_files() throws IOException {
        write("2.yaml", GOOD);
        write("1.yaml", GOOD.replace("a.b", "c"));
        Files.writeString(folder.resolve("notes.txt"), "no agent");
        Files.writeString(folder.resolve(".#1.yaml"), "an editor's lock");
        var agents = AgentFiles.load(folder);
        assertEquals(List.of("c", "a.b"), List.copyOf(agents.keySet()));
        assertEquals(
                "10s", Json.object().setAll(agents).at("/c/limits/toolTime").stringValue());
    }

    @Test
    void what_declines_name_is_checked_too() throws IOException {
        var reason = "status: {enum: [done, fail]}\n    reason: {enum: [lost]}";
        write("1.yaml", GOOD.replace("status: {enum: [done, fail]}", reason) + """
                declines:
                  last:
                    - use: body_kept
                      with: {field: paht}
                """);
        var e = assertThrows(NightException.class, () -> AgentFiles.load(folder));
        var told = String.valueOf(e.getMessage());
        assertTrue(told.contains(":44: declines.last.0.with.field reads the field \"paht\" of the input"), told);
        assertTrue(
                told.contains(
                        ":42: declines.last is no reason of output; expected one of [lost]. Did you mean \"lost\"?"),
                told);
    }

    @Test
    void a_choice_is_from_a_tool_by_the_name_that_the_agent_gives_it() throws IOException {
        var choice = GOOD.replace("label: {input: labels}", "label: {from: %s, at: /slug}");
        var renamed =
                choice.replace("name: slug_of\n", "name: slug_of\n    as: {name: shorten, description: Shorten.}\n");
        write("1.yaml", renamed.formatted("shorten"));
        AgentFiles.load(folder);
        write("1.yaml", renamed.formatted("slug_of"));
        var e = assertThrows(NightException.class, () -> AgentFiles.load(folder));
        assertTrue(String.valueOf(e.getMessage())
                .contains("expected a tool that the agent lists, one of [set_front_matter, shorten]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            version: "1"           | version: "1 "                          | version is "1 "; expected one line
            version: "1"           | version: "1\\n"                        | version is "1\\n"; expected one line
            version: "1"           | version: "a\\e[31mb"                   | expected one line without control characters
            name: a.b              | name: "a.b\\n"                         | name is "a.b\\n"; expected
            use: body_kept         | {use: only_changes, with: {fields: [paht]}}   | checks.0.with.fields.0 reads the field "paht" of the input
            use: body_kept         | {use: only_changes, with: {fields: [note]}}   | checks.0.with.fields.0 reads the field "note" of the input
            use: body_kept         | {use: only_changes, with: {fields: [labels]}} | expected one that input requires, with type: string
            use: body_kept         | {use: changed, with: {fields: [path, paht]}}        | checks.0.with.fields.1 reads the field "paht" of the input
            use: body_kept         | {use: same_bytes_outside, with: {line: {input: path}}}  | checks.0.with.line.input reads the field "path" of the input; expected one that input requires, with type: integer
            use: body_kept         | {use: same_bytes_outside, with: {lines: {from: {input: a}, to: 3}}} | checks.0.with.lines.from.input reads the field "a"
            use: body_kept         | {use: text_absent, with: {text: {input: note}, paths: [a]}} | checks.0.with.text.input reads the field "note" of the input
            path: {type: string}   | path: {type: [string, integer]}        | checks.0.use reads the field "path" of the input
            labels: {type: array, items: {type: string}} | labels: {type: string}  | tools.1.choices.label.input is "labels", which is no list
            label: {input: labels} | label: {from: slug_off, at: /a}        | tools.1.choices.label.from is "slug_off"; expected a tool that the agent lists, one of [set_front_matter, slug_of]. Did you mean "slug_of"?
            label: {input: labels} | label: {from: slug_of}               | tools.1.choices.label.at is missing; expected a JSON Pointer into
            label: {input: labels} | label: {from: slug_of, at: a/*}      | tools.1.choices.label.at is "a/*"; expected a JSON Pointer into
            label: {input: labels} | label: {from: slug_of, at: /a~2}     | tools.1.choices.label.at is "/a~2"; expected a JSON Pointer into
            label: {input: labels} | label: {input: labels, from: slug_of, at: /a} | expected {input: a field of the task's input} or {from: a tool
            label: {input: labels} | label: {from: slug_of, at: /a, leastConfidence: 1} | leastConfidence is 1; expected more than 0 and less than 1
            label: {input: labels} | label: {input: labels, leastConfidence: 0.5} | expected {input: a field of the task's input} or {from: a tool
            label: {input: labels} | label: {}                              | tools.1.choices.label.from is missing; expected the name of a tool
            values: {type: object} | values: {$ref: "#"}                    | leads back to itself without a property or an item between
            values: {type: object} | values: {type: objekt}                 | is no valid JSON Schema
            note: {type: string}   | note: {allOf: [{$ref: "#/properties/note"}]}  | leads back to itself without a property or an item between
            """)
    void what_would_fail_at_night_is_told_with_its_line(String good, String bad, String told) throws IOException {
        write("1.yaml", GOOD.replace(good, bad));
        var problems = assertThrows(NightException.class, () -> AgentFiles.load(folder));
        assertEquals(ExitCode.CONFIG, problems.exitCode());
        assertTrue(problems.getMessage().contains(told), problems.getMessage());
        assertTrue(problems.getMessage().matches("(?s).*1\\.yaml:[1-9][0-9]*: .*"), problems.getMessage());
    }

    @Test
    void problems_of_all_files_are_told_at_once() throws IOException {
        var first = write("1.yaml", GOOD.replace("steps: 8", "steps: 0").replace("toolTime: 10s", "toolTime: 10"));
        var second = write(
                "2.yaml",
                GOOD.replace("name: a.b", "name: A b")
                        .replace("taskTime", "tasktime")
                        .replace("use: body_kept", "name: body_kept")
                        .replace("{value: [title]}", "{}")
                        .replace("[done, fail]", "[done, failed]"));
        var broken = write("3.yaml", "name: [\n");
        assertEquals("""
                %1$s:27: limits.steps is 0; expected 1 to 1000 model turns.
                %1$s:34: limits.toolTime is 10; expected a duration such as 10s or 2m, with its unit.
                %2$s:1: name is "A b"; expected the agent's name: lower-case words joined by dots and hyphens.
                %2$s:15: output.properties.status is {"enum": ["done", "failed"]}; expected {enum: [done, fail]}, the two \
                ways in which an agent ends a task.
                %2$s:21: tools.1.bind.keys is {}; expected {input: a field of the task's input} or {value: anything}; of both, \
                the value is for inputs without the field.
                %2$s:35: limits.tasktime is no key here; expected one of [steps, failures, toolErrors, identicalCalls, idleSteps, \
                stepTokens, taskTokens, keptResults, toolTime, taskTime]. Did you mean "taskTime"?
                %2$s:39: checks.0.use is missing; expected a check's name.
                %2$s:39: checks.0.name is no key here; expected one of [use, with]. Remove it.
                """.formatted(first, second), problems().replaceAll("(?m)^\\Q" + broken + "\\E:.*", ""));
    }

    @Test
    void an_argument_can_only_come_from_a_field_that_every_input_has() throws IOException {
        var file = write(
                "1.yaml",
                GOOD.replace("path: {input: path}", "path: {input: pth}")
                        .replace("label: {input: labels}", "label: {input: note}"));
        assertEquals("""
                %1$s:20: tools.1.bind.path.input is "pth"; expected a field that input requires, one of [labels, path]. \
                Did you mean "path"?
                %1$s:23: tools.1.choices.label.input is "note"; expected a field that input requires, one of [labels, \
                path]. Add it to input's properties and to required.\
                """.formatted(file), problems());
    }

    @Test
    void two_agents_with_one_name_are_refused() throws IOException {
        var first = write("1.yaml", GOOD);
        var second = write("2.yaml", "# the same\n" + GOOD);
        assertEquals(
                second + ":2: name is \"a.b\", which " + first
                        + " has already; expected one of its own. Rename one of the agents.",
                problems());
    }

    @Test
    void a_file_that_would_be_passed_over_is_told() throws IOException {
        write("1.yaml", GOOD);
        var other = write("2.yml", GOOD);
        assertEquals(other + ": the file is not read; expected a name that ends in .yaml.", problems());
    }

    @Test
    void a_folder_without_agents_is_told() throws IOException {
        assertEquals(
                folder
                        + ": no agent is here; expected one *.yaml or more. Set agents to the folder of the agent files.",
                problems());
        var missing = folder.resolve("missing");
        var refused = assertThrows(NightException.class, () -> AgentFiles.load(missing));
        assertTrue(refused.getMessage().startsWith(missing + ": the agents' folder cannot be read: "));
    }

    private String problems() {
        var refused = assertThrows(NightException.class, () -> AgentFiles.load(folder));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        return refused.getMessage();
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }
}

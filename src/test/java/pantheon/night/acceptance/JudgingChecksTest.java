package pantheon.night.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;

/** The checks that judge any file of a checkout, each with work that passes and work that does not. */
final class JudgingChecksTest {
    private static final String DOCUMENT = "---\ntitle: A\n---\n# A\n\n``` \nls -l\n```\n\nEnd.\n";

    @TempDir
    private Path folder;

    private JudgedCheckout checkout(Map<String, String> files) throws Exception {
        return new JudgedCheckout(folder, files);
    }

    @Test
    void what_was_to_change_must_have_changed() throws Exception {
        try (var work = checkout(Map.of("a.md", "A\n", "docs/b.md", "B\n", "c.sh", "C\n"))) {
            work.fails("a.md is as it was; expected a change", "changed", "{}");
            work.write("a.md", "A\n").fails("a.md is as it was; expected a change", "changed", "{}");
            work.write("a.md", "A").passes("changed", "{}");
            work.fails(
                    "no file that matches docs/** has changed; expected one that has",
                    "changed",
                    "{\"fields\": [\"path\"], \"paths\": [\"docs/**\"]}");
            work.write("docs/new.md", "");
            work.fails(
                    "no file that matches docs/** has changed; expected one that has",
                    "changed",
                    "{\"paths\": [\"docs/**\"]}");
            work.task.files().delete("docs/b.md");
            work.passes("changed", "{\"paths\": [\"docs/**\"]}");
            assertTrue(work.task.files().root().resolve("c.sh").toFile().setExecutable(true));
            work.fails(
                    "no file that matches c.sh has changed; expected one that has",
                    "changed",
                    "{\"paths\": [\"c.sh\"]}");
        }
    }

    @Test
    void a_link_to_a_folder_leads_somewhere_where_the_checkout_is_there_to_tell() throws Exception {
        try (var work = checkout(Map.of("a.md", "A\n", "parts/b.txt", "B\n"))) {
            work.write("a.md", "[parts](parts/) [none](none/)\n");
            var trace = new Work.Trace(work.task, List.of());
            var judged = new Work(work.input, Json.object(), work.task.changes(), trace);
            assertEquals(
                    "a.md:1: the link to \"none/\" leads to no file",
                    Checks.named("links_resolve", Json.object()).check(judged).message());
        }
    }

    @Test
    void what_was_to_stay_must_not_have_changed() throws Exception {
        try (var work = checkout(Map.of("a.md", "A\n", "tests/b.sh", "B\n"))) {
            work.write("a.md", "A").passes("unchanged", "{\"paths\": [\"tests/**\"]}");
            work.fails("a.md has changed; expected it as it was", "unchanged", "{}");
            work.task.files().delete("tests/b.sh");
            work.fails("tests/b.sh has changed; expected it as it was", "unchanged", "{\"paths\": [\"tests/**\"]}");
        }
    }

    @Test
    void a_text_must_be_there_or_must_not() throws Exception {
        try (var work = checkout(Map.of("a.md", "one\ntwo\n", "b.md", "one\n"))) {
            work.write("a.md", "one\ntwo\nthree (x)\n");
            work.passes("text_present", "{\"text\": \"two\\nthree (\"}");
            work.fails("a.md has \"four\" nowhere; expected it", "text_present", "{\"text\": \"four\"}");
            work.passes("text_absent", "{\"text\": \"four\"}");
            work.fails("a.md:2 has \"two\\nth\"; expected it nowhere", "text_absent", "{\"text\": \"two\\nth\"}");
            work.passes("text_present", "{\"pattern\": \"^th\\\\w+ \\\\(x\\\\)$\"}");
            work.fails("a.md:3 has a match of \"e{2}\"; expected it nowhere", "text_absent", "{\"pattern\": \"e{2}\"}");
            work.fails(
                    "a.md has a match of \"^two three\" nowhere; expected it",
                    "text_present",
                    "{\"pattern\": \"^two three\"}");
        }
    }

    @Test
    void a_text_is_looked_for_where_the_scope_says() throws Exception {
        try (var work = checkout(Map.of("a.md", "one\n", "b.md", "one\n", "old.md", "one\n"))) {
            work.input("{\"path\": \"a.md\", \"word\": \"one\"}").write("b.md", "two\n");
            work.passes("text_absent", "{\"text\": {\"input\": \"word\"}, \"paths\": [\"*.md\"]}");
            work.fails(
                    "a.md:1 has \"one\"; expected it nowhere",
                    "text_absent",
                    "{\"text\": {\"input\": \"word\"}, \"paths\": [\"*.md\", \"a.md\"]}");
            work.fails(
                    "no changed file matches [*.txt]; expected one that does",
                    "text_present",
                    "{\"text\": \"one\", \"paths\": [\"*.txt\"]}");
            work.passes("text_absent", "{\"text\": \"one\", \"paths\": [\"*.txt\"]}");
            work.fails(
                    "path \"none.md\" does not exist", "text_absent", "{\"text\": \"one\", \"paths\": [\"none.md\"]}");
            work.task.files().delete("b.md");
            work.passes("text_absent", "{\"text\": \"two\", \"paths\": [\"*.md\"]}");
        }
    }

    @Test
    void json_and_yaml_are_held_to_their_schema() throws Exception {
        var with = """
                {"schema": {"properties": {"jobs": {"additionalProperties": {"required": ["steps"]}},
                                           "version": {"type": "integer"}},
                            "required": ["version"]},
                 "paths": ["*.{json,yml}"]}""";
        try (var work = checkout(Map.of("a.md", "A\n"))) {
            work.write("a.json", "{\n  \"version\": 1,\n  \"jobs\": {\n    \"b\": {}\n  }\n}\n");
            work.fails("a.json:4: /jobs/b: required property 'steps' not found", "on_schema", with);
            work.write("a.json", "{\"version\": 1, }\n");
            assertTrue(work.result("on_schema", with).message().startsWith("a.json:1: it is no JSON: "));
            work.write("a.json", "{\"version\": 1}\n").passes("on_schema", with);
            work.write("b.yml", "version: 1\njobs:\n  all: &all\n    steps: []\n  b: *all\n---\nversion: 010\n");
            work.passes("on_schema", with);
            work.write("b.yml", "version: 1\n---\n# more\nversion: one\n");
            work.fails("b.yml:4: /version: string found, integer expected", "on_schema", with);
            work.write("b.yml", "version: 1\nversion: 2\n");
            work.fails("b.yml:2: key \"version\" stands twice", "on_schema", with);
            work.write("b.yml", "# nothing\n").fails("b.yml is empty; expected a document", "on_schema", with);
        }
    }

    @Test
    void only_one_line_may_differ() throws Exception {
        var with = "{\"line\": {\"input\": \"line\"}}";
        try (var work = checkout(Map.of("a.md", "one\ntwo\nthree"))) {
            work.input("{\"path\": \"a.md\", \"line\": 2}").passes("same_bytes_outside", with);
            work.write("a.md", "one\n2 ü\nthree").passes("same_bytes_outside", with);
            work.write("a.md", "one\ntwo\nthree\n");
            work.fails(
                    "a.md:3: is \"three\\n\"; expected \"three\", as before; only line 2 may differ",
                    "same_bytes_outside",
                    with);
            work.write("a.md", "one\n2\n2\nthree");
            work.fails("a.md:2: one line became 2; only line 2 may differ", "same_bytes_outside", with);
            work.write("a.md", "one\nthree");
            work.fails("a.md:2: one line became 0; only line 2 may differ", "same_bytes_outside", with);
            work.write("a.md", "one\ntwo\r\nthree");
            work.fails("a.md:2: the line's end changed; only line 2 may differ", "same_bytes_outside", with);
            work.input("{\"path\": \"a.md\", \"line\": 4}");
            work.fails(
                    "a.md: there was no such line; the file had 3; only line 4 may differ", "same_bytes_outside", with);
        }
    }

    @Test
    void only_some_lines_may_differ() throws Exception {
        var with = "{\"lines\": {\"from\": 2, \"to\": 3}}";
        try (var work = checkout(Map.of("a.md", "1\n2\n3\n4\n"))) {
            work.write("a.md", "1\n4\n").passes("same_bytes_outside", with);
            work.write("a.md", "1\na\nb\nc\n4\n").passes("same_bytes_outside", with);
            work.write("a.md", "0\n2\n3\n4\n");
            work.fails(
                    "a.md:1: is \"0\\n\"; expected \"1\\n\", as before; only lines 2 to 3 may differ",
                    "same_bytes_outside",
                    with);
            work.write("a.md", "1\n");
            work.fails("a.md:1: 1 line is gone; only lines 2 to 3 may differ", "same_bytes_outside", with);
        }
    }

    @Test
    void only_the_language_of_a_fence_may_differ() throws Exception {
        var with = "{\"fence\": {\"input\": \"line\"}}";
        try (var work = checkout(Map.of("a.md", DOCUMENT))) {
            work.input("{\"path\": \"a.md\", \"line\": 6}");
            work.write("a.md", DOCUMENT.replace("``` \n", "```sh\n")).passes("same_bytes_outside", with);
            work.write("a.md", DOCUMENT.replace("``` \n", "````sh\n"));
            work.fails(
                    "a.md:6: the fence itself changed; it was \"```\"; only the language of the code fence in line 6 may differ",
                    "same_bytes_outside",
                    with);
            work.write("a.md", DOCUMENT.replace("``` \n", "```a`b\n"));
            assertTrue(!work.result("same_bytes_outside", with).passed());
            work.write("a.md", DOCUMENT.replace("``` \n", "```sh\n").replace("End", "And"));
            work.fails(
                    "a.md:10: is \"And.\\n\"; expected \"End.\\n\", as before; only the language of the code fence in line 6 may differ",
                    "same_bytes_outside",
                    with);
        }
    }

    @Test
    void only_the_front_matter_may_differ() throws Exception {
        var with = "{\"front_matter\": true}";
        try (var work = checkout(Map.of("a.md", "\uFEFF" + DOCUMENT, "b.md", "B\n"))) {
            work.write("a.md", "\uFEFF" + DOCUMENT.replace("title: A", "title: B\nslug: b"));
            work.passes("same_bytes_outside", with);
            work.write(
                    "a.md",
                    "\uFEFF" + DOCUMENT.replace("title: A", "title: B\nslug: b").replace("End", "And"));
            work.fails(
                    "a.md:11: is \"And.\\n\"; expected \"End.\\n\", as before; only the front matter may differ",
                    "same_bytes_outside",
                    with);
            work.input("{\"path\": \"b.md\"}").write("b.md", "---\ntitle: B\n---\nB\n");
            work.passes("same_bytes_outside", with);
        }
    }

    @Test
    void a_file_that_is_no_text_is_compared_all_the_same() throws Exception {
        try (var work = checkout(Map.of("a.md", "1\n2\n"))) {
            work.task.files().write("a.md", new byte[] {'1', '\n', (byte) 0xff, '\n'});
            work.passes("same_bytes_outside", "{\"line\": 2}");
            work.fails("a.md is no UTF-8 text", "text_absent", "{\"text\": \"x\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text_present | {"pattern": "(a"}                   | pattern
            text_absent  | {"text": "a", "paths": ["../a"]}    | leads up
            changed      | {"paths": ["[a"]}                   | pattern
            text_present | {}                                  | wrong parameters
            text_present | {"text": "a", "pattern": "b"}       | wrong parameters
            same_bytes_outside | {"line": 0}                   | wrong parameters
            same_bytes_outside | {"line": 1, "front_matter": true} | wrong parameters
            on_schema    | {"schema": {"type": "x"}}           | no valid JSON Schema""")
    void a_wrong_parameter_is_an_error_of_configuration(String name, String with, String message) {
        var e = assertThrows(NightException.class, () -> Checks.named(name, Json.parse(with)));
        assertEquals(ExitCode.CONFIG, e.exitCode());
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }
}

package pantheon.night.tool.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.FolderTask;
import pantheon.night.workspace.files.PathRefused;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class FenceToolsTest {
    private static final String LABELLED = """
            ```bash
            npm install
            npm test
            ```

            ```bash
            cd docs && git commit -m "more"
            ```

            ```json
            {"name": "a", "version": 1, "list": [true, null]}
            ```
            """;
    private static final String PAGE = """
            # Install

            Run this:

            ```
            npm install example
            npm run build
            ```

            > - The file:
            >   ~~~ {#file}
            >   {"name": "example", "version": 2, "list": []}
            >   ~~~

            ```
            Q
            ```
            """;

    @TempDir
    Path directory;

    private FolderTask task;
    private final Map<String, Tool> tools = BuiltInTools.all();

    @BeforeEach
    void lay_out() {
        task = FolderTask.of(directory, Map.of("other.md", LABELLED, "a.md", PAGE));
    }

    private ToolResult call(String tool, String arguments) throws PathRefused {
        return Objects.requireNonNull(tools.get(tool)).call((ObjectNode) Json.parse(arguments), task);
    }

    private JsonNode next(String least) throws PathRefused {
        return call("next_fence", "{\"path\": \"a.md\", \"least\": %s}".formatted(least))
                .json();
    }

    private ToolResult set(int line, String language) throws PathRefused {
        return call(
                "set_fence_language",
                "{\"path\": \"a.md\", \"line\": %d, \"language\": \"%s\", \"least\": 0.6}".formatted(line, language));
    }

    private String failed(int line, String language) throws PathRefused {
        return assertInstanceOf(ToolResult.Failed.class, set(line, language)).code();
    }

    @Test
    void fences_get_their_languages_one_after_the_other_and_what_is_unsure_stays() throws Exception {
        var first = next("0.6");
        assertEquals(5, first.path("line").intValue());
        assertEquals("# Install\nRun this:", first.path("above").stringValue());
        assertEquals("npm install example\nnpm run build\n", first.path("code").stringValue());
        assertEquals("bash", first.at("/candidates/0/language").stringValue());
        assertEquals(1, first.path("candidates").size());
        assertEquals("{\"changed\": true}", Json.write(set(5, "bash").json()));
        assertEquals("{\"changed\": false}", Json.write(set(5, "bash").json()));

        var second = next("0.6");
        assertEquals(11, second.path("line").intValue());
        assertEquals("json", second.at("/candidates/0/language").stringValue());
        set(11, "json");

        var last = next("0.99");
        assertEquals("{\"found\": false, \"unsure\": 1}", Json.write(last));
        assertEquals(
                PAGE.replace("```\nnpm", "```bash\nnpm").replace("~~~ {#file}", "~~~json {#file}"), task.text("a.md"));
    }

    @Test
    void a_fence_is_passed_over_where_the_next_one_is_asked_for_after_it() throws Exception {
        var second = call("next_fence", "{\"path\": \"a.md\", \"least\": 0.6, \"after\": 5}")
                .json();
        assertEquals(11, second.path("line").intValue());
        assertEquals(0, second.path("unsure").intValue(), "what was passed over by the caller is no matter of doubt");
        assertEquals(
                "{\"found\": false, \"unsure\": 0}",
                Json.write(call("next_fence", "{\"path\": \"a.md\", \"after\": 99}")
                        .json()));
    }

    @Test
    void no_more_of_code_and_text_is_shown_than_is_asked_for() throws Exception {
        var shown = call("next_fence", "{\"path\": \"a.md\", \"shown\": 60}").json();
        assertEquals("npm install example\nnpm run build\n", shown.path("code").stringValue());
        task.files()
                .write(
                        "a.md",
                        PAGE.replace("Run this:", "Run this: " + "now ".repeat(20))
                                .getBytes(UTF_8));
        var above = call("next_fence", "{\"path\": \"a.md\", \"shown\": 60}")
                .json()
                .path("above")
                .stringValue();
        assertTrue(above.length() < 50 && above.startsWith("# Install\nRun this: now"), above);
    }

    @Test
    void only_what_was_offered_is_set_and_only_where_there_is_none() throws Exception {
        assertEquals("no_candidate", failed(5, "json"));
        assertEquals("no_fence", failed(6, "bash"));
        assertEquals("no_fence", failed(900, "bash"));
        set(5, "bash");
        assertEquals("has_language", failed(5, "text"));
    }

    @Test
    void offers_as_many_as_are_asked_for_the_likeliest_first() throws Exception {
        var candidates =
                call("next_fence", "{\"path\": \"a.md\", \"most\": 3}").json().path("candidates");
        // JSON is none of them: the code cannot be read as such.
        assertEquals(2, candidates.size());
        assertTrue(candidates.at("/0/probability").doubleValue()
                > candidates.at("/1/probability").doubleValue());
    }

    @Test
    void what_the_task_has_labelled_itself_teaches_nothing() throws Exception {
        var before = next("0.1");
        task.files().write("other.md", new byte[0]);
        assertEquals(before, next("0.1"));
    }
}

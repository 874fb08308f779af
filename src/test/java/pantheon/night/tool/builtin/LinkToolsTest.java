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

class LinkToolsTest {
    private static final String PAGE =
            "[works](../README.md) and [does](old/setup.md#run) not,\r\n\r\n![x](shot.png) [gone](gone.md)\r\n\r\n[ref]: <setup>\r\n[root](/guide/setup)\r\n";

    @TempDir
    Path directory;

    private FolderTask task;
    private final Map<String, Tool> tools = BuiltInTools.all();

    @BeforeEach
    void lay_out() {
        task = FolderTask.of(
                directory,
                Map.of(
                        "README.md",
                        "",
                        "docs/a.md",
                        PAGE,
                        "guide/setup.md",
                        "# Set up\n\n## Run\n",
                        "docs/img/shot.png",
                        "png"));
    }

    private ToolResult call(String tool, String arguments) throws PathRefused {
        return Objects.requireNonNull(tools.get(tool)).call((ObjectNode) Json.parse(arguments), task);
    }

    private JsonNode next() throws PathRefused {
        return call("next_link", "{\"path\": \"docs/a.md\"}").json();
    }

    private ToolResult set(JsonNode found) throws PathRefused {
        var arguments = Json.object()
                .put("path", "docs/a.md")
                .put("line", found.path("line").intValue());
        arguments
                .put("link", found.path("link").stringValue())
                .put("target", found.at("/candidates/0/path").stringValue());
        return call("set_link", Json.write(arguments));
    }

    @Test
    void broken_links_are_mended_one_after_the_other_and_what_nobody_knows_stays() throws Exception {
        var first = next();
        assertEquals(
                "{\"path\": \"guide/setup.md\", \"link\": \"../guide/setup.md#run\", \"certain\": true}",
                Json.write(first.at("/candidates/0")));
        assertEquals("does", first.path("text").stringValue());
        assertEquals("{\"changed\": true}", Json.write(set(first).json()));
        assertEquals("{\"changed\": false}", Json.write(set(first).json()));
        set(next());
        var third = next();
        assertEquals(1, third.path("undecided").intValue());
        set(third);
        assertEquals("{\"found\": false, \"undecided\": 1}", Json.write(next()));
        assertEquals(
                PAGE.replace("old/setup.md", "../guide/setup.md")
                        .replace("(shot.png)", "(img/shot.png)")
                        .replace("<setup>", "<../guide/setup>"),
                task.text("docs/a.md"));
    }

    @Test
    void only_what_was_offered_is_set() throws Exception {
        var wrong = "{\"path\": \"docs/a.md\", \"line\": 1, \"link\": \"old/setup.md#run\", \"target\": \"README.md\"}";
        assertEquals(
                "no_candidate",
                assertInstanceOf(ToolResult.Failed.class, call("set_link", wrong))
                        .code());
        var works =
                "{\"path\": \"docs/a.md\", \"line\": 1, \"link\": \"../README.md\", \"target\": \"guide/setup.md\"}";
        assertEquals(
                "no_broken_link",
                assertInstanceOf(ToolResult.Failed.class, call("set_link", works))
                        .code());
    }

    @Test
    void links_from_the_root_are_mended_where_somebody_says_what_they_mean() throws Exception {
        task.files().write("docs/a.md", "[root](/handbook/setup)\n".getBytes(UTF_8));
        assertTrue(!next().path("found").booleanValue());
        var found = call("next_link", "{\"path\": \"docs/a.md\", \"roots\": [\"\"]}")
                .json();
        assertEquals("/guide/setup", found.at("/candidates/0/link").stringValue());
    }
}

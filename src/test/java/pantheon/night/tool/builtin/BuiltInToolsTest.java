package pantheon.night.tool.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.tool.BoundTool;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolBox;
import pantheon.night.tool.ToolCall;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.FolderTask;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What each built-in tool does, beside the contract that all of them keep to. */
class BuiltInToolsTest {
    private static final Map<String, Tool> TOOLS = BuiltInTools.all();

    @TempDir
    Path directory;

    private FolderTask task;

    @BeforeEach
    void lay_out() {
        task = FolderTask.of(directory, Map.of());
    }

    private void file(String path, String text) throws Exception {
        task.files().write(path, text.getBytes(UTF_8));
    }

    private ToolResult call(String tool, JsonNode arguments) {
        return call(tool, arguments, task);
    }

    private static ToolResult call(String name, JsonNode arguments, TaskFiles task) {
        var tool = Objects.requireNonNull(TOOLS.get(name));
        return new ToolBox(
                        List.of(new BoundTool(tool, Map.of(), Map.of(), Map.of())),
                        Schema.compile("output", Json.object()),
                        Json.object(),
                        task,
                        Duration.ofMinutes(1))
                .run(new ToolCall(name, (ObjectNode) arguments));
    }

    private String returned(String tool, String arguments) {
        var result = call(tool, Json.parse(arguments));
        return Json.write(assertInstanceOf(ToolResult.Returned.class, result, () -> Json.write(result.json()))
                .json());
    }

    private String failed(String tool, String arguments) {
        return assertInstanceOf(ToolResult.Failed.class, call(tool, Json.parse(arguments)))
                .code();
    }

    @Test
    void reads_lines() throws Exception {
        file("a.md", "1\n2\r\n3");
        assertEquals("{\"text\": \"1\\n2\\r\\n3\", \"total_lines\": 3}", returned("read_file", "{\"path\": \"a.md\"}"));
        assertEquals(
                "{\"text\": \"2\\r\\n\", \"total_lines\": 3}",
                returned("read_file", "{\"path\": \"a.md\", \"from_line\": 2.0, \"lines\": 1}"));
        assertEquals(
                "{\"text\": \"\", \"total_lines\": 3}",
                returned("read_file", "{\"path\": \"a.md\", \"from_line\": 4}"));
        assertEquals("arguments", failed("read_file", "{\"path\": \"a.md\", \"from_line\": 0}"));
        assertEquals("arguments", failed("read_file", "{\"path\": \"a.md\", \"lines\": 1e30}"));
        assertEquals("not_found", failed("read_file", "{\"path\": \"b.md\"}"));
        file("empty", "");
        assertEquals("{\"text\": \"\", \"total_lines\": 0}", returned("read_file", "{\"path\": \"empty\"}"));
    }

    @Test
    void says_where_it_reads_less_than_was_asked_for() throws Exception {
        file("lines", ("x".repeat(99) + "\n").repeat(1000));
        var lines = Json.parse(returned("read_file", "{\"path\": \"lines\"}"));
        assertEquals(65_500, lines.get("text").stringValue().length());
        assertTrue(lines.get("cut").booleanValue());
        assertEquals(1000, lines.get("total_lines").intValue());

        file("one", "x" + "😀".repeat(40_000));
        var one = Json.parse(returned("read_file", "{\"path\": \"one\"}"))
                .get("text")
                .stringValue();
        assertEquals("x" + "😀".repeat(32_767), one);

        file("fits", "x".repeat(ReadFile.MAX_CHARS));
        assertFalse(Json.parse(returned("read_file", "{\"path\": \"fits\"}")).has("cut"));
    }

    @Test
    void writes_only_what_differs() throws Exception {
        assertEquals("{\"changed\": true}", returned("write_file", "{\"path\": \"new/a.md\", \"text\": \"ü\\n\"}"));
        assertEquals("ü\n", task.text("new/a.md"));
        var stamp = Files.getAttribute(directory.resolve("new/a.md"), "unix:ino");
        assertEquals("{\"changed\": false}", returned("write_file", "{\"path\": \"new/a.md\", \"text\": \"ü\\n\"}"));
        assertEquals(stamp, Files.getAttribute(directory.resolve("new/a.md"), "unix:ino"));
        assertEquals("is_directory", failed("write_file", "{\"path\": \"new\", \"text\": \"\"}"));
    }

    @Test
    void half_a_character_is_not_written() {
        assertEquals("arguments", failed("write_file", "{\"path\": \"a\", \"text\": \"\\ud83e\"}"));
        assertEquals("arguments", failed("write_file", "{\"path\": \"\\udd80\", \"text\": \"\"}"));
        assertEquals("{\"changed\": true}", returned("write_file", "{\"path\": \"a\", \"text\": \"\\ud83e\\udd80\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one two|one|1||1 two",
                "one two one|one|1|2|1 two 1",
                "one|one|||''",
                "aaa|aa|b||ba",
                "x.x|.|*||x*x",
                "one|one|one two||one two",
                "one two|one|one two||one two",
                "one one two|one|one two||one two one two",
                "same|same|same||same",
            })
    void replaces_what_occurs_as_often_as_was_said(String text, String old, String by, Integer count, String after)
            throws Exception {
        file("a.md", text);
        var arguments = Json.object().put("path", "a.md").put("old", old).put("new", by == null ? "" : by);
        if (count != null) {
            arguments.put("count", count);
        }
        assertInstanceOf(ToolResult.Returned.class, call("replace_text", arguments));
        assertEquals(after, task.text("a.md"));
    }

    @ParameterizedTest
    @CsvSource({
        "one two, three, 3, count",
        "one one, one, 1, count",
        "one, one two, 1, count",
        "aab, ab, b, recurs",
        "xaay, xa, x, recurs",
    })
    void refuses_what_occurs_otherwise(String text, String old, String by, String code) throws Exception {
        file("a.md", text);
        var arguments = Json.object().put("path", "a.md").put("old", old).put("new", by);
        var result = assertInstanceOf(ToolResult.Failed.class, call("replace_text", arguments));
        assertEquals(code, result.code());
        assertEquals(text, task.text("a.md"));
    }

    @Test
    void says_how_often_the_old_text_occurs() throws Exception {
        file("a.md", "x x x");
        var arguments = Json.parse("{\"path\": \"a.md\", \"old\": \"x\", \"new\": \"y\"}");
        var result = assertInstanceOf(ToolResult.Failed.class, call("replace_text", arguments));
        assertEquals("the old text occurs 3 times; expected 1", result.message());
    }

    @Test
    void replacing_again_changes_nothing_whatever_the_texts_are() throws Exception {
        var random = new Random(21);
        int done = 0;
        for (int i = 0; i < 2_000; i++) {
            file("a", letters(random, 12));
            var arguments = Json.object().put("path", "a").put("old", letters(random, 3) + "a");
            arguments.put("new", letters(random, 5)).put("count", 1 + random.nextInt(2));
            done += call("replace_text", arguments) instanceof ToolResult.Returned ? 1 : 0;
            var once = task.text("a");
            call("replace_text", arguments);
            assertEquals(once, task.text("a"), arguments.toString());
        }
        assertTrue(done > 200, "only " + done + " replaced anything");
    }

    private static String letters(Random random, int most) {
        var text = new StringBuilder();
        for (int n = random.nextInt(most + 1); n > 0; n--) {
            text.append("ab".charAt(random.nextInt(2)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'one\r\ntwo\r\nthree\r\n'|'one\ntwo'|'ONE\nTWO'|'ONE\r\nTWO\r\nthree\r\n'",
                "'one\r\ntwo\r\n'|'two'|'two\nhalf'|'one\r\ntwo\r\nhalf\r\n'",
                "'one\ntwo\n'|'one\r\ntwo'|'1\r\n2'|'1\n2\n'",
                "'one\rtwo\r'|'one\ntwo'|'1\n2'|'1\r2\r'",
                "'one\r\ntwo\n'|'one'|'1'|'1\r\ntwo\n'",
                "'one\r\ntwo\nx'|'one\r\ntwo'|'1\r\n2'|'1\r\n2\nx'",
                "'one\r\ntwo'|two|'two\nthree\n'|'one\r\ntwo\r\nthree\r\n'",
                "'one\r\ntwo\nthree'|'two\nthree'|'2\n3'|'one\r\n2\n3'",
                "'\uFEFFone\r\n'|one|'1\n'|'\uFEFF1\r\n\r\n'",
                "'a\u2028b\u0085c'|'a\u2028b'|'A\u2028\u000b'|'A\u2028\u000b\u0085c'",
            })
    void a_replacement_keeps_the_line_ends_of_the_file(String text, String old, String by, String after)
            throws Exception {
        file("a.md", text);
        var arguments = Json.object().put("path", "a.md").put("old", old).put("new", by);
        assertInstanceOf(ToolResult.Returned.class, call("replace_text", arguments));
        assertEquals(after, task.text("a.md"));
    }

    @Test
    void a_file_that_mixes_line_ends_is_told() throws Exception {
        file("a.md", "one\r\ntwo\n");
        var result = call(
                "replace_text",
                Json.object().put("path", "a.md").put("old", "two").put("new", "2\n3"));
        assertEquals(
                "line_ends", assertInstanceOf(ToolResult.Failed.class, result).code());
        assertEquals("one\r\ntwo\n", task.text("a.md"));
        assertEquals(
                "the old text occurs 0 times; expected 1; the file mixes line ends (LF, CRLF or CR)",
                message("a.md", "one\ntwo", "1"));
    }

    @Test
    void texts_that_differ_in_line_ends_alone_are_told() throws Exception {
        file("a.md", "one\r\ntwo\r\n");
        assertEquals(
                "the texts differ in line ends alone; the file keeps its own", message("a.md", "one\r\n", "one\n"));
        assertEquals("one\r\ntwo\r\n", task.text("a.md"));
    }

    private String message(String path, String old, String by) {
        var result = call(
                "replace_text", Json.object().put("path", path).put("old", old).put("new", by));
        return assertInstanceOf(ToolResult.Failed.class, result).message();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a\r\nb\r\n'|'c\nd\n'|'c\r\nd\r\n'",
                "'a\nb\n'|'c\r\nd\r\n'|'c\nd\n'",
                "'a\rb\r'|'c\n'|'c\r'",
                "'a'|'c\r\n'|'c\r\n'",
            })
    void a_file_that_is_written_anew_keeps_its_line_ends(String text, String by, String after) throws Exception {
        file("a.md", text);
        call("write_file", Json.object().put("path", "a.md").put("text", by));
        assertEquals(after, task.text("a.md"));
        assertEquals(
                "{\"changed\": false}",
                Json.write(call("write_file", Json.object().put("path", "a.md").put("text", by))
                        .json()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'mode = fast\n[other]\nmode = slow\n'|mode  = fast|mode = slow",
                "'if (a) {\n  b();\n}\n'|'  c();\n}'|}",
                "'one two'|three|two",
                "'one two'|three|three four",
            })
    void that_the_new_text_stands_somewhere_does_not_make_it_done(String text, String old, String by) throws Exception {
        file("a.md", text);
        var arguments = Json.object().put("path", "a.md").put("old", old).put("new", by);
        var result = assertInstanceOf(ToolResult.Failed.class, call("replace_text", arguments));
        assertEquals("the old text occurs 0 times; expected 1", result.message());
    }

    @Test
    void the_same_edit_once_more_in_a_task_is_done_before() throws Exception {
        task = FolderTask.of(directory, Map.of("a.md", "one two"));
        var edit = "{\"path\": \"./a.md\", \"old\": \"one\", \"new\": \"1\"}";
        assertEquals("{\"replaced\": 1}", returned("replace_text", edit));
        assertEquals("{\"replaced\": 0}", returned("replace_text", edit));
        assertEquals("1 two", task.text("a.md"));
    }

    @Test
    void a_last_slash_and_a_leading_dot_mean_nothing() throws Exception {
        file("docs/a.md", "A");
        for (var directory : List.of("docs", "docs/", "./docs", "./docs/", ".", "./", "././docs")) {
            assertEquals(
                    "{\"files\": [\"docs/a.md\"], \"more\": false}",
                    returned("list_files", "{\"directory\": \"%s\", \"limit\": 9}".formatted(directory)));
        }
        assertEquals("{\"text\": \"A\", \"total_lines\": 1}", returned("read_file", "{\"path\": \"./docs/a.md\"}"));
        assertEquals(
                "{\"changed\": false}", returned("move_file", "{\"from\": \"./docs/a.md\", \"to\": \"docs/a.md\"}"));
        for (var directory : List.of("docs//", ".//docs", "./..", "docs/./", "./.git", "/docs/")) {
            failed("list_files", "{\"directory\": \"%s\", \"limit\": 9}".formatted(directory));
        }
    }

    @Test
    void front_matter_in_another_form_is_left_as_it_is() throws Exception {
        var text = "+++\ntitle = \"Keys\"\n+++\n\n# Keys\n";
        file("a.md", text);
        assertEquals("unreadable", failed("read_front_matter", "{\"path\": \"a.md\"}"));
        assertEquals(
                "unreadable", failed("set_front_matter", "{\"path\": \"a.md\", \"values\": {\"status\": \"draft\"}}"));
        assertEquals("first_line", failed("insert_header", "{\"path\": \"a.md\", \"header\": \"H\"}"));
        assertEquals(text, task.text("a.md"));
    }

    @Test
    void a_key_that_is_asked_for_and_stands_there_in_another_case_is_unreadable() throws Exception {
        file("a.md", "---\nTitle: A\nstatus: x\n---\n");
        assertEquals("unreadable", failed("read_front_matter", "{\"path\": \"a.md\", \"keys\": [\"title\"]}"));
        assertEquals("unreadable", failed("set_front_matter", "{\"path\": \"a.md\", \"values\": {\"title\": \"B\"}}"));
        returned("read_front_matter", "{\"path\": \"a.md\", \"keys\": [\"status\"]}");
    }

    @Test
    void lists_files() throws Exception {
        for (var path : List.of("b.md", "a/x.md", "a/y.md")) {
            file(path, "");
        }
        assertEquals(
                "{\"files\": [\"a/x.md\", \"a/y.md\", \"b.md\"], \"more\": false}",
                returned("list_files", "{\"limit\": 3}"));
        assertEquals("{\"files\": [\"a/x.md\"], \"more\": true}", returned("list_files", "{\"limit\": 1}"));
        assertEquals(
                "{\"files\": [\"a/x.md\", \"a/y.md\"], \"more\": false}",
                returned("list_files", "{\"directory\": \"a\", \"limit\": 2}"));
        assertEquals("not_found", failed("list_files", "{\"directory\": \"c\", \"limit\": 2}"));
        assertEquals("not_directory", failed("list_files", "{\"directory\": \"b.md\", \"limit\": 2}"));
    }

    @Test
    void finds_lines() throws Exception {
        file("a.md", "x\n  find (me) and (me)\r\nFind (me\n");
        file("b/c.md", "(me)");
        file("b/d/e.md", "Find");
        task.files().write("b/raw", new byte[] {(byte) 0xff, '(', 'm', 'e', ')'});
        assertEquals("""
                {"matches": [{"path": "a.md", "line": 2, "text": "  find (me) and (me)"}, \
                {"path": "b/c.md", "line": 1, "text": "(me)"}], "more": false, "not_searched": 1}""", returned("search_text", "{\"text\": \"(me)\", \"limit\": 2}"));
        assertEquals("""
                {"matches": [{"path": "a.md", "line": 2, "text": "  find (me) and (me)"}], "more": true}""", returned("search_text", "{\"text\": \"(me)\", \"limit\": 1}"));
        assertEquals(
                "{\"matches\": [], \"more\": false}",
                returned("search_text", "{\"text\": \"find\", \"directory\": \"b/d\", \"limit\": 1}"));
        assertEquals("arguments", failed("search_text", "{\"text\": \"a\\nb\", \"limit\": 1}"));
    }

    @Test
    void shows_the_part_of_a_long_line_around_the_match() throws Exception {
        file("a.md", "x".repeat(5_000) + "here" + "😀".repeat(5_000));
        var text = Json.parse(returned("search_text", "{\"text\": \"here\", \"limit\": 1}"))
                .at("/matches/0/text")
                .stringValue();
        assertTrue(text.length() <= 300 && text.contains("xhere😀"), text);
        assertTrue(UTF_8.newEncoder().canEncode(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'text\n'|'H\n\ntext\n'",
                "''|'H\n'",
                "'\ntext'|'H\n\ntext'",
                "'\uFEFFtext'|'\uFEFFH\n\ntext'",
                "'#!/bin/sh\nx\n'|'#!/bin/sh\nH\n\nx\n'",
                "'#!/bin/sh'|'#!/bin/sh\nH\n'",
                "'<?xml version=\"1.0\"?>\r\n<a/>\r\n'|'<?xml version=\"1.0\"?>\r\nH\r\n\r\n<a/>\r\n'",
                "'---\na: b\n---\n# T\n'|'---\na: b\n---\nH\n\n# T\n'",
                "'---\na: b\n---'|'---\na: b\n---\nH\n'",
                "'\n\nH\nx'|'\n\nH\nx'",
                "'Hx'|'H\n\nHx'",
            })
    void puts_a_header_at_the_top(String text, String after) throws Exception {
        file("a", text);
        returned("insert_header", "{\"path\": \"a\", \"header\": \"H\"}");
        assertEquals(after, task.text("a"));
    }

    @Test
    void a_header_that_stands_above_an_encoding_is_there_already() throws Exception {
        file("a.py", "# H\n# coding: latin-1\nx\n");
        assertEquals("{\"changed\": false}", returned("insert_header", "{\"path\": \"a.py\", \"header\": \"# H\"}"));
        assertEquals("{\"changed\": true}", returned("insert_header", "{\"path\": \"a.py\", \"header\": \"# I\"}"));
        assertEquals("# H\n# coding: latin-1\n# I\n\nx\n", task.text("a.py"));
    }

    @Test
    void a_blank_header_is_refused() throws Exception {
        file("a", "text");
        assertEquals("empty_header", failed("insert_header", "{\"path\": \"a\", \"header\": \"\uFEFF\u2003\\n\"}"));
        assertEquals("arguments", failed("insert_header", "{\"path\": \"a\", \"header\": \"\"}"));
    }

    @Test
    void a_header_is_put_once_whatever_the_texts_are() throws Exception {
        var random = new Random(31);
        var pieces =
                List.of("---\n", "---", "#!sh\n", "a", "a: b\n", "\n", "\r\n", "\r", " ", "\uFEFF", "<?xml", "...\n");
        for (int i = 0; i < 2_000; i++) {
            file("a", join(random, pieces));
            var arguments =
                    Json.object().put("path", "a").put("header", join(random, pieces) + "h" + join(random, pieces));
            var before = task.text("a");
            var first = call("insert_header", arguments);
            var once = task.text("a");
            if (first instanceof ToolResult.Failed failed) {
                assertEquals("first_line", failed.code());
                assertEquals(before, once);
                continue;
            }
            assertEquals(
                    "{\"changed\": false}",
                    Json.write(call("insert_header", arguments).json()),
                    arguments + " " + Json.quote(once));
            assertEquals(once, task.text("a"));
        }
    }

    private static String join(Random random, List<String> pieces) {
        var text = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    @Test
    void moves_a_file_once_and_overwrites_nothing() throws Exception {
        file("a.md", "A");
        file("b.md", "B");
        assertEquals("exists", failed("move_file", "{\"from\": \"a.md\", \"to\": \"b.md\"}"));
        assertEquals("{\"changed\": true}", returned("move_file", "{\"from\": \"a.md\", \"to\": \"c/d.md\"}"));
        assertEquals("{\"changed\": false}", returned("move_file", "{\"from\": \"a.md\", \"to\": \"c/d.md\"}"));
        assertEquals("{\"changed\": false}", returned("move_file", "{\"from\": \"b.md\", \"to\": \"b.md\"}"));
        assertEquals("A", task.text("c/d.md"));
        assertEquals("not_found", failed("move_file", "{\"from\": \"a.md\", \"to\": \"e.md\"}"));
        assertEquals("not_found", failed("move_file", "{\"from\": \"a.md\", \"to\": \"c\"}"));
        assertEquals("is_directory", failed("move_file", "{\"from\": \"c\", \"to\": \"e\"}"));
    }

    @Test
    void reads_front_matter_and_heading() throws Exception {
        file("a.md", "---\ntitle: Old\ntags: [x]\nn: 1\n---\n# New\n");
        assertEquals(
                "{\"heading\": \"New\", \"values\": {\"title\": \"Old\", \"tags\": [\"x\"], \"n\": \"1\"}}",
                returned("read_front_matter", "{\"path\": \"a.md\"}"));
        assertEquals(
                "{\"heading\": \"New\", \"values\": {\"title\": \"Old\"}}",
                returned("read_front_matter", "{\"path\": \"a.md\", \"keys\": [\"title\", \"status\"]}"));
        file("b.md", "text");
        assertEquals("{\"heading\": null, \"values\": {}}", returned("read_front_matter", "{\"path\": \"b.md\"}"));
        file("c.md", "---\n<<<<<<< a\nd: 2021-01-01\n=======\nd: 2020-01-01\n>>>>>>> b\n---\n");
        assertEquals(
                "{\"heading\": null, \"values\": {}, \"older\": {\"d\": \"2020-01-01\"}}",
                returned("read_front_matter", "{\"path\": \"c.md\"}"));
        file("d.md", "---\nopen");
        assertEquals("unreadable", failed("read_front_matter", "{\"path\": \"d.md\"}"));
    }

    @Test
    void sets_front_matter() throws Exception {
        file("a.md", "---\ntitle: Old # c\n---\nbody");
        assertEquals(
                "{\"changed\": true}",
                returned("set_front_matter", "{\"path\": \"a.md\", \"values\": {\"title\": \"yes\"}}"));
        assertEquals("---\ntitle: \"yes\" # c\n---\nbody", task.text("a.md"));
        file("d.md", "---\nopen");
        assertEquals("unreadable", failed("set_front_matter", "{\"path\": \"d.md\", \"values\": {\"title\": \"x\"}}"));
        assertEquals("arguments", failed("set_front_matter", "{\"path\": \"a.md\", \"values\": {}}"));
        assertEquals("arguments", failed("set_front_matter", "{\"path\": \"a.md\", \"values\": {\"a\": 1}}"));
    }

    @Test
    void makes_slugs() {
        assertEquals("{\"slug\": \"a-b\"}", returned("slug_of", "{\"text\": \"A & B\"}"));
        assertEquals("empty_slug", failed("slug_of", "{\"text\": \"!\"}"));
    }

    @Test
    void cuts_a_long_patch() {
        var result = call("compute_diff", Json.object(), new LongPatch(task.files(), task.base()));
        assertTrue(result.json().get("cut").booleanValue());
        assertEquals(
                ComputeDiff.MAX_CHARS, result.json().get("patch").stringValue().length());
    }

    private record LongPatch(ScratchFiles files, BaseFiles base) implements TaskFiles {
        @Override
        public Changes left() {
            return changes();
        }

        @Override
        public Changes changes() {
            return new Changes() {
                @Override
                public List<String> paths() {
                    return List.of();
                }

                @Override
                public byte[] original(String path) {
                    return new byte[0];
                }

                @Override
                public byte[] content(String path) throws PathRefused {
                    return files.read(path);
                }

                @Override
                public String patch() {
                    return "+123456\n".repeat(10_000);
                }
            };
        }
    }
}

package pantheon.night.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.workspace.FolderTask;
import tools.jackson.databind.node.ObjectNode;

/** Each acceptance check with work that passes and work that does not. */
class ChecksTest {
    private static final ObjectNode INPUT = Json.object().put("path", "a.md");
    private static final String STATUS = """
            {"key": "status", "default": "draft",
             "spellings": {"draft": ["draft", "wip", "work in progress"], "published": ["published", "live"]}}""";

    @TempDir
    Path directory;

    private int folders;

    /** What a check finds in a document that was changed. */
    private CheckResult check(String name, String with, String before, String after) throws Exception {
        var task = FolderTask.of(
                Files.createDirectory(directory.resolve("" + folders++)), Map.of("a.md", before, "b.md", "B"));
        task.files().write("a.md", after.getBytes(UTF_8));
        return check(name, with, task);
    }

    private CheckResult check(String name, String with, FolderTask task) {
        var work = new Work(INPUT, Json.object().put("status", "done"), task.left());
        return Checks.named(name, Json.parse(with)).check(work);
    }

    private void passes(String name, String with, String before, String after) throws Exception {
        var result = check(name, with, before, after);
        assertTrue(result.passed(), result.message());
    }

    private void fails(String message, String name, String with, String before, String after) throws Exception {
        var result = check(name, with, before, after);
        assertEquals(message, result.passed() ? "it passed" : result.message());
    }

    private static String document(String frontMatter) {
        return "---\n" + frontMatter + "\n---\n# A heading\n\nbody\n";
    }

    @Test
    void destinations_of_broken_links_change_and_nothing_else() throws Exception {
        var before = "[b](b.md) [x](old/b.md#p) [r](/old/b.md)\n";
        passes("links_mended", "{}", before, before);
        passes("links_mended", "{}", before, before.replace("old/b.md#p", "b.md#p"));
        passes("links_mended", "{\"roots\": [\"\"]}", before, before.replace("/old/b.md)", "/b.md)"));
        fails(
                "a.md:1: the link to \"b.md\" was not broken",
                "links_mended",
                "{}",
                before,
                before.replace("(b.md", "(a.md"));
        fails(
                "a.md:1: the link to \"/old/b.md\" was not broken",
                "links_mended",
                "{}",
                before,
                before.replace("/old/b.md)", "/b.md)"));
        var nowhere = "a.md:1: the link to \"%s\" leads to no file";
        fails(nowhere.formatted("c.md#p"), "links_mended", "{}", before, before.replace("old/b.md#p", "c.md#p"));
        fails(nowhere.formatted("b.md"), "links_mended", "{}", before, before.replace("old/b.md#p", "b.md"));
        fails(
                "a.md changed elsewhere than in the destinations of links",
                "links_mended",
                "{}",
                before,
                before.replace("[x](old/b.md#p)", "[y](b.md#p)"));
        fails(
                "a.md has 2 links; expected 3, as before",
                "links_mended",
                "{}",
                before,
                before.replace("[b](b.md) ", ""));
    }

    @Test
    void links_for_the_repository_lead_to_a_file_and_those_for_others_are_let_alone() throws Exception {
        var others = "[a](https://example.org/x) [b](/else/x.md) [c](mailto:a@example.org) `[d](none.md)`\n";
        passes("links_resolve", "{}", "", others + "[b](b.md) [b](b#any) [b](./b.html) [own](#nowhere)\n");
        fails("a.md:2: the link to \"c.md\" leads to no file", "links_resolve", "{}", "", "b\n[c](c.md)\n");
        var roots = "{\"roots\": [\"\"]}";
        passes("links_resolve", roots, "", "[b](/b.md) [b](/b)\n");
        fails("a.md:1: the link to \"/c\" leads to no file", "links_resolve", roots, "", "[c](/c)\n");
    }

    @Test
    void links_that_led_nowhere_may_stay_where_that_is_asked_but_no_more_of_them() throws Exception {
        var asBefore = "{\"as_before\": true}";
        passes("links_resolve", asBefore, "[c](c.md) [d](d.md)\n", "[d](b.md)\n\n[c](c.md)\n");
        fails("a.md:1: the link to \"c.md\" leads to no file", "links_resolve", "{}", "[c](c.md)\n", "[c](c.md)\n");
        fails(
                "a.md:2: the link to \"c.md\" leads to no file",
                "links_resolve",
                asBefore,
                "[c](c.md)\n",
                "[c](c.md)\n[c](c.md)\n");
    }

    @Test
    void anchors_are_held_to_what_pages_have_where_that_is_asked() throws Exception {
        var anchors = "{\"anchors\": true}";
        var page = "# Set up\n\nUnder lined\n---\n\n<a name=\"old\"></a>\n";
        passes(
                "links_resolve",
                anchors,
                "",
                page + "[1](#set-up) [2](#under-lined) [3](a.md#old) [4](#set-up-1) [5](b.md)\n");
        var none = "the page has no place for the link to \"%s\"";
        fails("a.md:7: " + none.formatted("#setup2"), "links_resolve", anchors, "", page + "[1](#setup2)\n");
        fails("a.md:1: " + none.formatted("b.md#x"), "links_resolve", anchors, "", "[1](b.md#x)\n");
        passes("links_resolve", "{}", "", "[1](b.md#x)\n");
    }

    @Test
    void languages_of_fences_come_and_nothing_else() throws Exception {
        var before = "a\n\n```\nls\n```\n\n> ~~~ {#x}\n> {\"a\": 1}\n> ~~~\n";
        passes("fence_languages", "{}", before, before);
        passes("fence_languages", "{}", before, before.replace("```\nls", "```sh\nls"));
        passes(
                "fence_languages",
                "{}",
                before,
                before.replace("~~~ {", "~~~json {").replace("```\nls", "```sh\nls"));
        fails(
                "a.md:3: the code cannot be said to be \"json\"",
                "fence_languages",
                "{}",
                before,
                before.replace("```\nls", "```json\nls"));
        var elsewhere = "a.md changed elsewhere than behind the opening marks of fences without a language";
        fails(elsewhere, "fence_languages", "{}", before, before.replace("```\nls", "``` sh\nls"));
        fails(elsewhere, "fence_languages", "{}", before, before.replace("```\nls", "```sh\nls -l"));
        fails(elsewhere, "fence_languages", "{}", "```sh\nls\n```\n", "```bash\nls\n```\n");
        fails(elsewhere, "fence_languages", "{}", before, before + "b\n");
        fails(elsewhere, "fence_languages", "{}", before, before.replace("```\nls\n```", "````\nls\n````"));
    }

    @Test
    void only_the_named_files_may_change() throws Exception {
        var with = "{\"fields\": [\"path\"]}";
        passes("only_changes", with, "x", "y");
        passes("only_changes", with, "x", "x");
        fails("another file changed: \"a.md\"", "only_changes", "{\"fields\": []}", "x", "y");

        var task = FolderTask.of(directory, Map.of("a.md", "x", "b.md", "B"));
        task.files().write("a.md", new byte[0]);
        task.files().write("new\n.md", new byte[0]);
        assertEquals(
                "another file changed: \"new\\n.md\"",
                check("only_changes", with, task).message());
        task.files().delete("new\n.md");
        task.files().delete("b.md");
        assertEquals(
                "another file changed: \"b.md\"",
                check("only_changes", with, task).message());
        task.files().write("b.md", "B".getBytes(UTF_8));
        assertTrue(check("only_changes", with, task).passed());
    }

    @Test
    void front_matter_must_be_on_its_schema() throws Exception {
        var with = "{\"schema\": {\"properties\": {\"status\": {\"enum\": [\"draft\"]}}, \"required\": [\"status\"]}}";
        passes("front_matter_on_schema", with, "x", document("status: draft"));
        assertTrue(!check("front_matter_on_schema", with, "x", document("status: wip"))
                .passed());
        assertTrue(!check("front_matter_on_schema", with, "x", document("other: draft"))
                .passed());
    }

    @Test
    void the_title_must_be_the_heading_or_the_title_that_was() throws Exception {
        var name = "title_from_heading";
        passes(name, "{}", document("title: Old"), document("title: A heading"));
        fails("title is \"Old\"; expected \"A heading\"", name, "{}", document("title: Old"), document("title: Old"));
        fails("title is missing; expected \"A heading\"", name, "{}", document("title: Old"), document("x: y"));
        passes(name, "{}", "---\ntitle: Old\n---\nbody", "---\ntitle: Old\n---\nbody");
        fails(
                "title is \"New\"; expected \"Old\"",
                name,
                "{}",
                "---\ntitle: Old\n---\nbody",
                "---\ntitle: New\n---\nbody");
        fails("title is \"New\"; expected missing", name, "{}", "body", "---\ntitle: New\n---\nbody");
        fails("title was no text; a person decides", name, "{}", document("title: [a]"), document("title: A heading"));
    }

    @Test
    void a_slug_that_somebody_chose_stays() throws Exception {
        var name = "slug_of_title";
        for (var slug : new String[] {"/", "/docs/intro/", "docs/intro", "intro", "Old", "2026"}) {
            var before = document("title: Old\nslug: \"" + slug + "\"");
            passes(name, "{}", before, before.replace("title: Old", "title: A heading"));
            fails(
                    "slug was \"%s\", which is not the old title's; a person decides".formatted(slug),
                    name,
                    "{}",
                    before,
                    document("title: A heading\nslug: a-heading"));
        }
        var after = document("title: A heading\nslug: a-heading");
        for (var before : new String[] {"title: Old\nslug: old", "slug: a-heading", "title: Old\nslug:", "slug: ~"}) {
            passes(name, "{}", document(before), after);
        }
        fails(
                "slug is \"old\"; expected \"a-heading\"",
                name,
                "{}",
                document("title: Old\nslug: old"),
                document("title: A heading\nslug: old"));
        fails("slug was no text; a person decides", name, "{}", document("slug: [a]"), after);
    }

    @Test
    void the_slug_must_be_the_slug_of_the_title() throws Exception {
        var name = "slug_of_title";
        passes(name, "{}", "x", document("title: Don't \"Panic\"!\nslug: dont-panic"));
        fails(
                "slug is \"panic\"; expected \"dont-panic\"",
                name,
                "{}",
                "x",
                document("title: Don't Panic\nslug: panic"));
        fails("slug is missing; expected \"a\"", name, "{}", "x", document("title: A"));
        fails("there is no title", name, "{}", "x", document("slug: a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x: y|draft|",
                "status:|draft|",
                "status: wip|draft|",
                "status: Work-In_progress|draft|",
                "status: LIVE|published|",
                "status: live|draft|'status is \"draft\"; expected \"published\"'",
                "x: y|published|'status is \"published\"; expected \"draft\"'",
                "status: strange|draft|'status was \"strange\", which stands for no allowed value; a person decides'",
                "status: [wip]|draft|'status was no text; a person decides'",
            })
    void a_key_must_be_what_its_spelling_stands_for(String before, String after, String message) throws Exception {
        var result = check("mapped_key", STATUS, document(before), document("status: " + after));
        assertEquals("mapped_status", result.check());
        assertEquals(message == null ? "" : message, result.message());
        assertEquals(message == null, result.passed());
    }

    @Test
    void the_older_date_must_stand() throws Exception {
        var conflict =
                document("<<<<<<< a\ncreated_at: 2021-01-05\n=======\ncreated_at: 2020-01-05\n>>>>>>> b\ntitle: A");
        passes("older_date", "{}", conflict, document("created_at: 2020-01-05\ntitle: A"));
        fails(
                "created_at is \"2021-01-05\"; expected \"2020-01-05\"",
                "older_date",
                "{}",
                conflict,
                document("created_at: 2021-01-05\ntitle: A"));
        fails("created_at is missing; expected \"2020-01-05\"", "older_date", "{}", conflict, document("title: A"));
        passes("older_date", "{}", document("title: A"), document("created_at: 2021-01-05"));
    }

    @Test
    void other_keys_must_stay() throws Exception {
        var with = "{\"except\": [\"title\"]}";
        var before = document("title: A\ntags: [x, y]\ndate: 2020-01-05");
        passes("other_keys_kept", with, before, document("title: B\ntags:\n- x\n- y\ndate: '2020-01-05'"));
        var name = "other_keys_kept";
        assertTrue(!check(name, with, before, document("title: A\ntags: [y, x]\ndate: 2020-01-05"))
                .passed());
        assertTrue(
                !check(name, with, before, document("title: A\ntags: [x, y]")).passed());
        assertTrue(!check(name, with, before, before.replace("date", "more: z\ndate"))
                .passed());
        assertTrue(!check(name, "{}", before, before.replace(": A", ": B")).passed());
    }

    @Test
    void the_body_must_stay_byte_for_byte() throws Exception {
        var before = document("title: A");
        passes("body_kept", "{}", before, document("title: B\nslug: b"));
        passes("body_kept", "{}", "text", "---\ntitle: A\n---\ntext");
        fails("the body changed", "body_kept", "{}", before, before + "\n");
        fails("the body changed", "body_kept", "{}", before, before.replace("body\n", "body\r\n"));
    }

    @Test
    void a_document_that_is_new_gone_broken_or_no_text_passes_nothing() throws Exception {
        fails(
                "the front matter cannot be read: the front matter has no closing line ---",
                "body_kept",
                "{}",
                "text",
                "---\ntitle: A\n");
        var task = FolderTask.of(directory, Map.of("b.md", "B"));
        task.files().write("a.md", "A".getBytes(UTF_8));
        assertEquals(
                "the document did not exist before the task",
                check("body_kept", "{}", task).message());

        var gone = FolderTask.of(Files.createDirectory(directory.resolve("gone")), Map.of("a.md", "A"));
        gone.files().delete("a.md");
        assertEquals(
                "the document cannot be read: path \"a.md\" does not exist",
                check("body_kept", "{}", gone).message());
        gone.files().write("a.md", new byte[] {(byte) 0xff});
        assertEquals(
                "the document is no UTF-8 text", check("body_kept", "{}", gone).message());
    }

    @Test
    void wrong_names_and_parameters_are_errors_of_configuration() {
        wrong(
                "there is no acceptance check \"body_keep\"; expected one of [bare_fence, body_kept, ",
                "body_keep",
                "{}");
        wrong("acceptance check mapped_key has wrong parameters: ", "mapped_key", "{}");
        wrong("acceptance check mapped_key has wrong parameters: ", "mapped_key", STATUS.replace("live", "wip"));
        wrong("acceptance check front_matter_on_schema has wrong parameters: ", "front_matter_on_schema", "{}");
        wrong("no valid JSON Schema", "front_matter_on_schema", "{\"schema\": {\"type\": \"x\"}}");
        wrong("acceptance check only_changes has wrong parameters: ", "only_changes", "{\"fields\": [1]}");
        wrong("acceptance check only_changes has wrong parameters: ", "only_changes", "{}");
    }

    private static void wrong(String message, String name, String with) {
        var e = assertThrows(NightException.class, () -> Checks.named(name, Json.parse(with)));
        assertEquals(ExitCode.CONFIG, e.exitCode());
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    @Test
    void the_path_may_be_written_as_people_write_it() throws Exception {
        var task = FolderTask.of(Files.createDirectory(directory.resolve("written")), Map.of("a.md", "A", "b.md", "B"));
        task.files().write("a.md", "B".getBytes(UTF_8));
        var input = Json.object().put("path", "./a.md");
        var only = Checks.named("only_changes", Json.parse("{\"fields\": [\"path\"]}"));
        assertTrue(only.check(new Work(input, Json.object(), task.left())).passed());
        assertTrue(!only.check(new Work(Json.object().put("path", "../a.md"), Json.object(), task.left()))
                .passed());
    }
}

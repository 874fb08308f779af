package pantheon.night.acceptance;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Front matter that was filled in, and what else was done to it. */
final class FrontMatterFilledTest {
    private static final String CHECK = "front_matter_filled";
    private static final String WITH = """
            {"keys": {"input": "keys", "value": ["title"]},
             "sources": {"title": {"from": "heading"}, "slug": {"from": "title"},
                         "status": {"table": [{"paths": ["b.md"], "value": "published"}]}}}""";
    private static final String BODY = "\n---\n# A page\n\nText.\n";

    @TempDir
    private Path folder;

    private JudgedCheckout checkout(String a) throws Exception {
        return new JudgedCheckout(
                folder, Map.of("a.md", "---\n" + a + BODY, "b.md", "---\nx: y" + BODY, "c.md", "# C\n"));
    }

    @Test
    void what_was_missing_may_come() throws Exception {
        try (var work = checkout("x: y # note")) {
            work.fails("title is missing; expected \"A page\"", CHECK, WITH);
            work.write("a.md", "---\nx: y # note\ntitle: A page" + BODY).passes(CHECK, WITH);
            work.write("a.md", "---\nx: y # note\ntitle: Text" + BODY);
            work.fails("title is \"Text\"; expected \"A page\"", CHECK, WITH);
            work.write("a.md", "---\nx: y\ntitle: A page" + BODY);
            work.fails("something beside title changed; expected every other byte as it was", CHECK, WITH);
            work.write("a.md", "---\nx: y # note\ntitle: A page" + BODY + "More.\n");
            work.fails("something beside title changed; expected every other byte as it was", CHECK, WITH);
            work.write("a.md", "---\nx: y # note\ntitle: A page\nslug: a-page" + BODY);
            work.fails("slug is \"a-page\"; expected it as it was, missing", CHECK, WITH);
        }
    }

    @Test
    void what_stood_there_has_to_stay() throws Exception {
        try (var work = checkout("title: FlatList\nStatus: Final\nslug: api/x")) {
            work.passes(CHECK, WITH);
            work.write("a.md", "---\ntitle: A page\nStatus: Final\nslug: api/x" + BODY);
            work.fails("title is \"A page\"; expected it as it was, \"FlatList\"", CHECK, WITH);
            work.input("{\"path\": \"a.md\", \"keys\": [\"status\"]}");
            work.write("a.md", "---\ntitle: FlatList\nStatus: Final\nslug: api/x\nstatus: draft" + BODY);
            work.fails("status is \"draft\"; expected it as it was, \"Final\"", CHECK, WITH);
            work.write("a.md", "---\ntitle: FlatList\nStatus: Final" + BODY);
            work.fails("something else changed; expected no change", CHECK, WITH);
        }
    }

    @Test
    void a_table_knows_better_than_the_model() throws Exception {
        try (var work = checkout("x: y")) {
            work.input("{\"path\": \"b.md\", \"keys\": [\"status\"]}");
            work.write("b.md", "---\nx: y\nstatus: draft" + BODY);
            work.fails("status is \"draft\"; expected \"published\"", CHECK, WITH);
            work.write("b.md", "---\nx: y\nstatus: published" + BODY).passes(CHECK, WITH);
            work.input("{\"path\": \"a.md\", \"keys\": [\"status\"]}");
            work.fails("status is missing; expected a value", CHECK, WITH);
            work.write("a.md", "---\nx: y\nstatus: draft" + BODY).passes(CHECK, WITH);
        }
    }

    @Test
    void a_document_without_front_matter_stays_without() throws Exception {
        try (var work = checkout("x: y")) {
            work.input("{\"path\": \"c.md\"}").passes(CHECK, WITH);
            work.write("c.md", "---\ntitle: C\n---\n# C\n");
            work.fails("title is \"C\"; expected it as it was, missing", CHECK, WITH);
            work.passes(CHECK, WITH.replace("{\"keys\"", "{\"create\": true, \"keys\""));
        }
    }
}

package pantheon.night.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.contract.Json;

final class FillingTest {
    private static final String SOURCES = """
            {"title": {"from": "heading"}, "slug": {"from": "title"},
             "status": {"table": [{"paths": ["drafts/**"], "value": "draft"}, {"paths": ["docs/*.md"], "value": "published"}]}}""";

    private static String filled(String text, String keys, String path, boolean creates) throws Exception {
        var filling = Filling.of(Json.parse(keys), Json.parse(SOURCES), creates);
        var document = FrontMatter.of(text);
        var decided = Map.of("title", "Reference", "slug", "reference", "status", "archived", "priority", "low");
        var changes = filling.changes(document, path, decided);
        return changes.isEmpty() ? text : document.with(changes);
    }

    /** What a person chose, whatever the model says; the whole document is the same. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `title: FlatList\nslug: /api/flat\nstatus: Done\npriority: p0`
            `Title: FlatList\nSlug: flat\nStatus: Final\nPRIORITY: 1`
            `title: [a, b]\nslug: {a: b}\nstatus: []\npriority: 3`
            `title: "2019-10-31"\nslug: 2019\nstatus: 'no'\npriority: high`""")
    void what_stands_there_stays(String frontMatter) throws Exception {
        var text = "---\n" + frontMatter.replace("\\n", "\n") + "\n---\n# Reference\n";
        assertEquals(text, filled(text, "[\"title\", \"slug\", \"status\", \"priority\"]", "a.md", true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `a: b`              | ["title"]           | a.md        | `a: b\ntitle: A page`
            `title: ""`         | ["title"]           | a.md        | `title: "A page"`
            `a: b`              | ["slug"]            | a.md        | `a: b\nslug: a-page`
            `title: Other`      | ["slug"]            | a.md        | `title: Other\nslug: other`
            `a: b`              | ["status"]          | drafts/x/a.md | `a: b\nstatus: draft`
            `a: b`              | ["status"]          | docs/a.md   | `a: b\nstatus: published`
            `a: b`              | ["status"]          | a.md        | `a: b\nstatus: archived`
            `draft: false`      | ["priority"]        | a.md        | `draft: false\npriority: low`
            `a: b`              | []                  | a.md        | `a: b`""")
    void what_is_asked_for_and_missing_is_set(String before, String keys, String path, String after) throws Exception {
        var body = "\n---\n# A page\n";
        assertEquals(
                "---\n" + after.replace("\\n", "\n") + body,
                filled("---\n" + before.replace("\\n", "\n") + body, keys, path, false));
    }

    @Test
    void without_a_heading_nobody_makes_up_a_title() throws Exception {
        var text = "---\na: b\n---\nText.\n\n## Reference\n";
        assertEquals(text, filled(text, "[\"title\", \"slug\"]", "a.md", true));
    }

    @Test
    void a_document_gets_front_matter_only_where_that_is_wanted() throws Exception {
        assertEquals("# A\n", filled("# A\n", "[\"title\"]", "a.md", false));
        assertEquals("---\ntitle: A\n---\n# A\n", filled("# A\n", "[\"title\"]", "a.md", true));
    }

    @Test
    void a_conflict_of_dates_is_resolved_to_the_older_one() throws Exception {
        var text = "---\ntitle: A\n<<<<<<< a\ndate: 2024-01-02\n=======\ndate: 2024-01-01\n>>>>>>> b\n---\n# A\n";
        assertEquals("---\ntitle: A\ndate: 2024-01-01\n---\n# A\n", filled(text, "[\"title\"]", "a.md", false));
    }
}

package pantheon.night.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import pantheon.night.document.FrontMatter.Unreadable;

class MergeConflictTest {
    private static String conflict(String ours, String theirs) {
        return """
                ---
                title: A
                <<<<<<< HEAD
                created_at: %s
                =======
                created_at: %s
                >>>>>>> branch
                tags: [a]
                ---
                body
                """.formatted(ours, theirs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-01-05|2021-01-05|2020-01-05",
                "2021-01-05|2020-01-05|2020-01-05",
                "'2021-01-05'|\"2020-01-05\"|2020-01-05",
                "2020-01-05|2020-01-05 00:00:01|2020-01-05",
                "2020-01-05 10:00|2020-01-05T09:59|2020-01-05T09:59",
                "2020-01-05 10:00:00|2020-01-05 10:00:00.5|2020-01-05 10:00:00",
                "2020-01-05T10:00:00Z|2020-01-05T10:30:00+01:00|2020-01-05T10:30:00+01:00",
                "2020-01-05 10:00:00 +0200|2020-01-05 09:00:00 Z|2020-01-05 10:00:00 +0200",
                "2020-01-05 10:00:00 -0500|2020-01-05 10:00:00 +0000|2020-01-05 10:00:00 +0000",
                "2020-01-05T23:30:00-02:00|2020-01-06|2020-01-06",
                "2020-01-05T10:00Z|2020-01-05|2020-01-05",
                "2020-01-05T10:00:00Z|2020-01-05T11:00:00+01:00|2020-01-05T10:00:00Z",
            })
    void the_older_date_is_found_in_every_form(String ours, String theirs, String older) throws Unreadable {
        var document = FrontMatter.of(conflict(ours, theirs));
        assertEquals(Map.of("created_at", older), document.older());
        assertEquals("{\"title\": \"A\", \"tags\": [\"a\"]}", Json.write(document.values()));
        assertEquals(
                "---\ntitle: A\ncreated_at: " + older + "\ntags: [a]\n---\nbody\n",
                document.with(Map.of("created_at", older)).replaceAll("['\"]", ""));
    }

    @Test
    void a_base_section_is_left_out() throws Unreadable {
        var document = FrontMatter.of("""
                ---
                <<<<<<< HEAD
                created_at: 2021-01-05
                ||||||| base
                created_at: 2019-01-05
                =======
                created_at: 2020-01-05
                >>>>>>> branch
                ---
                """);
        assertEquals(Map.of("created_at", "2020-01-05"), document.older());
        assertEquals("---\ncreated_at: 2020-01-05\n---\n", document.with(Map.of("created_at", "2020-01-05")));
    }

    @Test
    void several_conflicts_over_dates_are_all_named() throws Unreadable {
        var document = FrontMatter.of("""
                ---
                <<<<<<< HEAD
                created_at: 2021-01-05
                =======
                created_at: 2020-01-05
                >>>>>>> branch
                title: A
                <<<<<<< HEAD
                updated: 2021-01-05
                =======
                updated: 2021-02-05
                >>>>>>> branch
                ---
                """);
        assertEquals(Map.of("created_at", "2020-01-05", "updated", "2021-01-05"), document.older());
        var problem = assertThrows(Unreadable.class, () -> document.with(Map.of("created_at", "2020-01-05")))
                .problem();
        assertEquals("the conflict over updated is not resolved by this call", problem);
        assertEquals(
                "---\ncreated_at: 2020-01-05\ntitle: A\nupdated: 2021-01-05\n---\n", document.with(document.older()));
    }

    @Test
    void a_conflict_must_be_resolved_whatever_else_is_set() throws Unreadable {
        var document = FrontMatter.of(conflict("2020-01-05", "2021-01-05"));
        assertThrows(Unreadable.class, () -> document.with(Map.of("title", "B")));
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-05, soon",
        "2020-1-5, 2020-01-06",
        "2020-02-30, 2020-01-06",
        "[2020-01-05], 2020-01-06",
        "'', 2020-01-06",
    })
    void what_is_no_date_is_for_a_person(String ours, String theirs) {
        var problem = assertThrows(Unreadable.class, () -> FrontMatter.of(conflict(ours, theirs)))
                .problem();
        assertEquals("the front matter has a merge conflict over created_at", problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> b\n---\n",
                "---\n<<<<<<< HEAD\ncreated_at: 2020-01-05\n=======\n>>>>>>> b\n---\n",
                "---\n<<<<<<< HEAD\n=======\ncreated_at: 2020-01-05\n>>>>>>> b\n---\n",
                "---\ntags:\n<<<<<<< HEAD\n- 2020-01-05\n=======\n- 2021-01-05\n>>>>>>> b\n---\n",
            })
    void any_other_conflict_is_for_a_person(String text) {
        var problem = assertThrows(Unreadable.class, () -> FrontMatter.of(text)).problem();
        assertTrue(problem.startsWith("the front matter has a merge conflict over "), problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\n<<<<<<< HEAD\na: 1\n---\n",
                "---\n<<<<<<< HEAD\na: 1\n=======\na: 2\n---\n>>>>>>> b\n",
                "---\na: 1\n>>>>>>> b\n---\n",
                "---\n<<<<<<< HEAD\na: 1\n<<<<<<< HEAD\na: 2\n=======\na: 3\n>>>>>>> b\n---\n",
                "---\n<<<<<<< HEAD\na: 1\n>>>>>>> b\n---\n",
            })
    void half_a_conflict_is_for_a_person(String text) {
        assertEquals(
                "the front matter has half a merge conflict",
                assertThrows(Unreadable.class, () -> FrontMatter.of(text)).problem());
    }

    @Test
    void line_ends_may_be_of_two_characters() throws Unreadable {
        var document = FrontMatter.of(conflict("2021-01-05", "2020-01-05").replace("\n", "\r\n"));
        assertEquals(Map.of("created_at", "2020-01-05"), document.older());
        assertEquals(
                "---\r\ntitle: A\r\ncreated_at: 2020-01-05\r\ntags: [a]\r\n---\r\nbody\r\n",
                document.with(document.older()));
    }
}

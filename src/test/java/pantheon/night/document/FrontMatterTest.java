package pantheon.night.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import pantheon.night.document.FrontMatter.Unreadable;
import pantheon.night.tool.Texts;

class FrontMatterTest {
    private static String values(String text) throws Unreadable {
        return Json.write(FrontMatter.of(text).values());
    }

    private static String problem(String text) {
        return assertThrows(Unreadable.class, () -> FrontMatter.of(text)).problem();
    }

    private static String set(String text, String key, String value) throws Unreadable {
        return FrontMatter.of(text).with(Map.of(key, value));
    }

    @Test
    void scalars_are_the_text_their_author_wrote() throws Unreadable {
        assertEquals("""
                {"title": "It's", "date": "2020-01-05", "n": "007", "on": "yes", "none": "", "tilde": "", \
                "quoted": "a: b", "single": "it's", "multi": "one two", "literal": "a\\n # b\\n", "folded": "c d\\n", \
                "list": ["a", "b"], "flow": ["c", "1.0"], "map": {"k": "v", "deep": [{"x": ""}]}, "key \\"q\\"": "z"}\
                """, values("""
                ---
                title: It's
                date: 2020-01-05
                n: 007
                on: yes
                none:
                tilde: ~
                quoted: "a: b"
                single: 'it''s'
                multi: one
                  two
                literal: |
                  a
                   # b
                folded: >
                  c
                  d
                list:
                - a
                - b
                flow: [c, 1.0]
                map:
                  k: v
                  deep:
                    - x:
                'key "q"': z
                ---
                body
                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'---\ntitle: a\n---\nbody\n'|'body\n'",
                "'---\ntitle: a\n...\nbody'|'body'",
                "'---\ntitle: a\n---'|''",
                "'---  \ntitle: a\n---\t\n\nbody'|'\nbody'",
                "'\uFEFF---\r\ntitle: a\r\n---\r\nbody\r\n'|'body\r\n'",
                "'---\n# only a comment\n---\nbody'|'body'",
                "'---\n---\nbody'|'body'",
                "'body\n---\ntitle: a\n---\n'|'body\n---\ntitle: a\n---\n'",
                "'\uFEFFbody'|'body'",
                "''|''",
            })
    void the_body_is_what_follows_the_closing_line(String text, String body) throws Unreadable {
        assertEquals(body, FrontMatter.of(text).body());
    }

    @Test
    void blank_and_missing_texts_are_none() throws Unreadable {
        var document = FrontMatter.of("---\na: x\nb:\nc: '  '\nd: [x]\n---\n");
        assertEquals("x", document.text("a"));
        for (var key : List.of("b", "c", "d", "e")) {
            assertNull(document.text(key));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'---\ntitle: a\n'|no closing line",
                "'---'|no closing line",
                "'---\n- a\n---\n'|no block mapping",
                "'---\n{a: 1, b: 2}\n---\n'|no block mapping",
                "'---\njust text\n---\n'|no block mapping",
                "'---\na: 1\nb: 2\na: 3\n---\n'|line 4: key \"a\" stands twice",
                "'---\nm:\n  a: 1\n  a: 2\n---\n'|line 4: key \"a\" stands twice",
                "'---\na: b: c\n---\n'|line 2: mapping values are not allowed",
                "'---\n\ta: b\n---\n'|line 2: ",
                "'---\na:\n \tb: 1\n---\n'|line 3: found a key after \\t(TAB)",
                "'---\na: \"open\n---\n'|line 3: ",
                "'---\na: [1, 2\n---\n'|line ",
                "'---\ntitle: @home\n---\n'|line 2: ",
                "'---\n? [a]\n: b\n---\n'|Non scalar key",
                "'---\na: *none\n---\n'|line 2: ",
                "'---\na: &x [*x]\n---\n'|the front matter refers to itself",
                "'---\na: x\rb: y\n---\n'|line 2: a carriage return that ends no line",
                "'---\na: \u0007\n---\n'|special characters are not allowed",
                "'<<<<<<< HEAD\n---\ntitle: a\n---\n'|begins with a merge conflict",
            })
    void what_cannot_be_read_with_certainty_is_refused_with_its_line(String text, String problem) {
        assertTrue(problem(text).contains(problem), problem(text));
        assertEquals(-1, problem(text).indexOf('\n'));
    }

    @Test
    void a_line_that_some_programs_take_for_the_end_is_refused() {
        for (var line : List.of("--- # x", "----", "---more")) {
            assertEquals(
                    "line 3: begins with --- inside the front matter", problem("---\na: 1\n" + line + "\nb: 2\n---\n"));
        }
    }

    @Test
    void a_bomb_of_aliases_is_refused_at_once() {
        var bomb = new StringBuilder("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i));
            bomb.append(String.join(", ", java.util.Collections.nCopies(9, "*a" + (i - 1))))
                    .append("]\n");
        }
        assertTimeoutPreemptively(Duration.ofMinutes(5), () -> problem(bomb + "---\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void nesting_without_end_is_refused_at_once(String opening) {
        var deep = opening.repeat(50_000);
        assertTimeoutPreemptively(Duration.ofMinutes(5), () -> {
            var problem = problem("---\na:\n  " + deep + "\n---\n");
            assertTrue(problem.contains("levels deep") || problem.startsWith("line "), problem);
        });
    }

    @Test
    void aliases_are_read_as_what_they_stand_for() throws Unreadable {
        assertEquals("{\"a\": [\"x\"], \"b\": [\"x\"]}", values("---\na: &l [x]\nb: *l\n---\n"));
    }

    @Test
    void setting_a_key_touches_no_other_line() throws Unreadable {
        var text = """
                ---
                # A comment
                title:   "Old"   # keep me
                "quoted key": 'x'

                tags: [a,  b] # c
                status: wip
                nested:
                    - a : b
                # last
                ---
                body
                """;
        assertEquals(
                text.replace("\"Old\"   # keep", "\"New\"   # keep").replace("title:   ", "title: "),
                set(text, "title", "New"));
        assertEquals(text.replace("'x'", "\"1\""), set(text, "quoted key", "1"));
        assertEquals(text.replace("[a,  b] # c", "none # c"), set(text, "tags", "none"));
        assertEquals(text.replace("# last\n", "# last\nslug: new\n"), set(text, "slug", "new"));
        assertEquals(text.replace("nested:\n    - a : b\n", "nested: flat\n"), set(text, "nested", "flat"));
    }

    @Test
    void a_key_that_has_the_value_already_is_left_as_it_is_written() throws Unreadable {
        var text = "---\ntitle:   'A'  # x\non: yes\ndate: \"2020\"\n---\n";
        assertEquals(text, FrontMatter.of(text).with(Map.of("title", "A", "on", "yes", "date", "2020")));
    }

    @Test
    void line_endings_and_byte_order_mark_stay() throws Unreadable {
        assertEquals(
                "\uFEFF---\r\ntitle: New\r\nslug: new\r\n---\r\nbody\n",
                FrontMatter.of("\uFEFF---\r\ntitle: Old\r\n---\r\nbody\n")
                        .with(ordered("title", "New", "slug", "new")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'body\n'|'---\ntitle: New\n---\nbody\n'",
                "''|'---\ntitle: New\n---\n'",
                "'\uFEFFbody\r\n'|'\uFEFF---\r\ntitle: New\r\n---\r\nbody\r\n'",
                "'---\n---\nbody'|'---\ntitle: New\n---\nbody'",
                "'---\n# c\n---\nbody'|'---\n# c\ntitle: New\n---\nbody'",
                "'---\n  a: 1\n  b: 2\n---\n'|'---\n  a: 1\n  b: 2\n  title: New\n---\n'",
                "'---\ntitle:\n---\n'|'---\ntitle: New\n---\n'",
                "'---\ntitle: # c\n---\n'|'---\ntitle: New # c\n---\n'",
                "'---\ntitle:\n  Old\n  text\n# c\nb: 1\n---\n'|'---\ntitle: New\n# c\nb: 1\n---\n'",
                "'---\ntitle: |\n  a\n  # not a comment\n\n# c\nb: 1\n---\n'|'---\ntitle: New\n\n# c\nb: 1\n---\n'",
                "'---\ntitle: >-\n  a\n\n  b\nb: 1\n---\n'|'---\ntitle: New\nb: 1\n---\n'",
                "'---\ntitle: !!str x # c\nb: 1\n---\n'|'---\ntitle: New # c\nb: 1\n---\n'",
                "'---\nb: &x 1\ntitle: *x # c\n---\n'|'---\nb: &x 1\ntitle: New\n---\n'",
                "'---\ntitle : Old\n---\n'|'---\ntitle: New\n---\n'",
                "'---\ntitle: ''Old''#c\n---\n'|'---\ntitle: \"New\" #c\n---\n'",
                "'---\ntitle: [a]#c\n---\n'|'---\ntitle: New #c\n---\n'",
                "'---\ntitle:\t''Old''\t# c\n---\n'|'---\ntitle: \"New\"\t# c\n---\n'",
                "'---\ntitle:\tOld\n\t\nb:\n-\t1\n---\n'|'---\ntitle: New\n\t\nb:\n-\t1\n---\n'",
                "'---\n😀: 1\n\"title\": 😀😀 # 😀\n---\n'|'---\n😀: 1\n\"title\": New # 😀\n---\n'",
                "'---\ntitle: a\u2028b\u0085c # d\nb: \u2029\n---\n'|'---\ntitle: New # d\nb: \u2029\n---\n'",
            })
    void every_shape_of_a_value_is_replaced_as_a_whole(String text, String expected) throws Unreadable {
        assertEquals(expected, set(text, "title", "New"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\ntitle: &t Old\nother: *t\n---\n",
                "---\n? title\n: Old\n---\n",
            })
    void what_does_not_survive_the_change_is_refused(String text) throws Unreadable {
        var document = FrontMatter.of(text);
        assertThrows(Unreadable.class, () -> document.with(Map.of("title", "New")));
        document.with(Map.of("slug", "new")); // the control
    }

    @Test
    void any_values_set_in_any_shape_read_back_and_leave_the_rest() throws Unreadable {
        var random = new Random(11);
        var shapes = List.of(
                "K: plain\n",
                "K: \"quoted \\\" x\"  # c\n",
                "K:\n",
                "K: 'single'\n",
                "K:\n- a\n- b: c\n",
                "K: [a, b]\n",
                "K: {a: b}  # c\n",
                "K: |\n  text\n  # more\n",
                "K: >-\n  a\n  b\n\n",
                "K: two\n  lines\n",
                "# comment\nK: x\n",
                "\nK: 2020-01-05\n");
        for (int run = 0; run < 5_000; run++) {
            var text = new StringBuilder("---\n");
            int keys = random.nextInt(6);
            for (int k = 0; k < keys; k++) {
                text.append(shapes.get(random.nextInt(shapes.size())).replace("K", "k" + k));
            }
            text.append(random.nextBoolean() ? "---\n" : "...\n").append("body\n---\n# not: this\n");
            var newline = random.nextBoolean() ? "\r\n" : "\n";
            var document = text.toString().replace("\n", newline);
            var before = FrontMatter.of(document);
            var changes = new LinkedHashMap<String, String>();
            for (int n = random.nextInt(3); n >= 0; n--) {
                changes.put("k" + random.nextInt(8), Texts.random(random));
            }
            var expected = before.values();
            changes.forEach(expected::put);

            var changed = before.with(changes);

            var after = FrontMatter.of(changed);
            assertEquals(expected, after.values(), changed);
            assertEquals(before.body(), after.body());
            assertEquals(changed, after.with(changes)); // idempotent
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "Null", "NULL", "~", "!!null x", "!!null", "# c"})
    void null_is_no_value(String written) throws Unreadable {
        var document = FrontMatter.of("---\nstatus: " + written + "\n---\n");
        assertNull(document.text("status"));
        assertEquals("", document.values().path("status").stringValue());
        assertTrue(document.with(Map.of("status", "draft")).startsWith("---\nstatus: draft"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"null\"", "'~'", "!!str null", "nULL", "null and void", "|-\n  null"})
    void a_text_that_says_null_is_a_text(String written) throws Unreadable {
        assertNotNull(FrontMatter.of("---\nstatus: " + written + "\n---\n").text("status"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Title",
                "TITLE",
                "\"Title\"",
                "'tiTle'",
                "\"title \"",
                "T\u0131tle",
                "title\u00a0",
                "ti\u200btle",
                "\uff54itle"
            })
    void a_key_in_another_case_is_for_a_person(String key) throws Unreadable {
        for (var text : List.of("---\n%s: A\n---\n", "---\ntitle: B\n%s: A\n---\n")) {
            var document = FrontMatter.of(text.formatted(key));
            var problem = assertThrows(Unreadable.class, () -> document.with(Map.of("title", "New")))
                    .problem();
            assertTrue(problem.contains("another case"), problem);
            document.with(Map.of("slug", "new")); // the control
        }
    }

    @Test
    void keys_that_some_reader_merges_are_for_a_person() {
        assertEquals("line 3: keys are merged by <<", problem("---\na: &a {b: c}\n<<: *a\n---\n"));
    }

    @Test
    void a_text_that_looks_like_a_date_is_quoted_and_a_date_is_plain() throws Unreadable {
        var changes = ordered("title", "2026-05-04", "created_at", "2026-05-04");
        var written = "title: \"2026-05-04\"\ncreated_at: 2026-05-04\n";
        assertEquals("---\n" + written + "---\nbody\n", FrontMatter.of("body\n").with(changes));
        assertEquals(
                "---\n" + written + "---\n",
                FrontMatter.of("---\ntitle: 2020-01-01\ncreated_at: 2020-01-01\n---\n")
                        .with(changes));
    }

    @Test
    void what_stood_in_quotes_goes_on_to() throws Unreadable {
        assertEquals("---\ntitle: \"New\"\n---\n", set("---\ntitle: 'Old'\n---\n", "title", "New"));
        assertEquals("---\ndate: \"2026-05-04\"\n---\n", set("---\ndate: \"2020-01-01\"\n---\n", "date", "2026-05-04"));
    }

    @Test
    void tabs_part_what_blanks_part() throws Unreadable {
        var text = "---\ntitle:\tRotating\nstatus:\tpublished\t# ok\n---\n\n# Rotating\n";
        assertEquals("{\"title\": \"Rotating\", \"status\": \"published\"}", values(text));
        assertEquals(text.replace(":\tpublished", ": draft"), set(text, "status", "draft"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\tstatus: x", "a:\n\tb: x"})
    void a_tab_where_yaml_has_none_is_named(String lines) {
        var problem = problem("---\n" + lines + "\n---\n");
        assertTrue(problem.contains("(a tab stands there; write blanks)"), problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Keys\n",
                "\n[![Build](b.svg)](x) <img src=\"l.svg\">\n\n<!-- a comment -->\n\n# Keys\n\n## Section\n",
                "import x from 'y'\n\n[b]: b.svg\n\nKeys\n====\n\n```\n# code\n```\n",
            })
    void a_heading_that_opens_the_page_is_the_title_beside_another(String body) throws Unreadable {
        assertEquals("Keys", FrontMatter.of("---\ntitle: Other\n---\n" + body).heading());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Text about keys.\n\n# Keys\n",
                "---\n\n- a list\n\n# Keys\n",
                "# Keys\n\n# Second\n",
                "# Keys\n\nText.\n\nSecond\n======\n",
            })
    void beside_a_title_the_heading_of_a_section_is_none(String body) throws Unreadable {
        assertNull(FrontMatter.of("---\ntitle: Other\n---\n" + body).heading());
        for (var without : List.of("---\ntitle:\n---\n", "---\nid: x\n---\n")) {
            assertEquals("Keys", FrontMatter.of(without + body).heading());
        }
    }

    private static Map<String, String> ordered(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}

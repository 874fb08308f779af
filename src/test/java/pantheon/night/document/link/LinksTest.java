package pantheon.night.document.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'[a](b.md)'|b.md|a|1",
                "'x\n\n- [a [b] `c`](../b.md#d \"title\")'|../b.md#d|a [b] `c`|3",
                "'![alt](img/a.png)'|img/a.png|alt|1",
                "'[a](<b c.md>)'|b c.md|a|1",
                "'[a](b_(c).md)'|b_(c).md|a|1",
                "'text\n\n[label]: b.md \"title\"'|b.md|label|3",
                "'> [a]( b.md )'|b.md|a|1",
                "'[![badge](https://example.org/x.svg)](b.md)'|b.md|![badge](https://example.org/x.svg)|1",
                "'---\ntitle: \"[a](c.md)\"\n---\n[a](b.md)'|b.md|a|4",
            })
    void finds_a_link_with_the_place_of_its_destination(String text, String destination, String shown, int line) {
        var found = Links.of(text).stream().filter(Link::isPath).toList();
        assertEquals(1, found.size(), found::toString);
        var link = found.getFirst();
        assertEquals(destination, link.destination());
        assertTrue(text.startsWith(destination, link.start()));
        assertEquals(shown, link.text());
        assertEquals(line, link.line());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`[a](b.md)`",
                "```\n[a](b.md)\n```",
                "    [a](b.md)",
                "<!-- [a](b.md) -->",
                "<div>\n[a](b.md)\n</div>",
                "\\[a](b.md)",
                "[a] (b.md)",
                "[^1]: b.md",
                "a](b.md)",
            })
    void what_is_code_or_no_link_is_none(String text) {
        assertEquals(List.of(), Links.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/a.md",
                "mailto:a",
                "//example.org",
                "#part",
                "{{<relref>}}",
                "someone@example.org",
                "a*.md",
                "a%2Fb.md"
            })
    void what_is_no_path_is_left_alone(String destination) {
        assertEquals(
                List.of(),
                Links.of("[a](" + destination + ")").stream()
                        .filter(Link::isPath)
                        .toList());
    }

    @Test
    void brackets_that_are_opened_often_take_no_time() {
        assertEquals(List.of(), Links.of("[a](".repeat(20_000)));
        assertEquals(List.of(), Links.of("[".repeat(100_000) + "](".repeat(20_000)));
    }
}

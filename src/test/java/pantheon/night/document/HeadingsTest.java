package pantheon.night.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'# A title\n'|A title",
                "'text\n\n#   A   *title*  with `code` ##\n'|A title with code",
                "'A title\n=====\n'|A title",
                "'Two\nlines\n===\n'|Two lines",
                "'## Two\n# One\n'|One",
                "'# First\n# Second\n'|First",
                "'```\n# code\n```\n# One\n'|One",
                "'    # code\n\n# One\n'|One",
                "'> # quoted\n\n# One\n'|One",
                "'- # in a list\n\n# One\n'|One",
                "'<!--\n# comment\n-->\n# One\n'|One",
                "'# [A link](https://example.org) and **bold**\n'|A link and bold",
                "'# a \\* b &amp; c\n'|a * b & c",
                "'# \u00a0a b\u2028\n'|'\u00a0a b\u2028'",
                "'\r\n# One\r\n'|One",
            })
    void the_title_is_the_first_heading_of_level_one(String markdown, String title) {
        assertEquals(title, Headings.title(markdown));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "## Two\n", "#hashtag\n", "#\n", "```\n# code\n", "    # code\n", "> # quoted\n"})
    void other_texts_have_none(String markdown) {
        assertNull(Headings.title(markdown));
    }
}

package pantheon.night.document.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FencesTest {
    private static Fence only(String text) {
        var fences = Fences.of(text);
        assertEquals(1, fences.size(), fences::toString);
        return fences.getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'```\na\n```\n'|1|'```'|'a\n'",
                "'text\n\n~~~~\na\n~~~\n~~~~\n'|3|'~~~~'|'a\n~~~\n'",
                "'- one\n\n  ```\n  a\n    b\n  ```\n'|3|'```'|'a\n  b\n'",
                "'1. one\n   - two\n     ```\n     a\n     ```\n'|3|'```'|'a\n'",
                "'> ```\n> a\n> ```\n'|1|'```'|'a\n'",
                "'> - ````\n>   a\n>   ````\n'|1|'````'|'a\n'",
                "'  ```   \n  a\n  ```\n'|1|'```'|'a\n'",
                "'---\ntitle: |\n  ```\n---\n```\na\n```\n'|5|'```'|'a\n'",
                "'<!--\n```\nb\n```\n-->\n\n```\na\n```\n'|7|'```'|'a\n'",
                "'    ```\n    b\n    ```\n\n```\na\n```\n'|5|'```'|'a\n'",
                "'````\n```\n````\n'|1|'````'|'```\n'",
            })
    void finds_a_fence_where_it_stands(String text, int line, String signs, String code) {
        var fence = only(text);
        assertEquals(line, fence.line());
        assertTrue(text.substring(0, fence.behind()).endsWith(signs), text.substring(0, fence.behind()));
        assertFalse(text.startsWith(signs.substring(0, 1), fence.behind()));
        assertEquals(code, fence.code());
    }

    @Test
    void counts_lines_and_places_whatever_ends_them() {
        var text = "\uFEFF# A\r\n\r\n```\r\na\r\n```\r\n";
        assertEquals(3, only(text).line());
        assertEquals("\r\na", text.substring(only(text).behind(), only(text).behind() + 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"```\nnever closed\n", "```\n\n```\n", "`` `\na\n`` `\n", "    ```\n    a\n    ```\n", ""})
    void leaves_out_what_is_open_or_empty_or_none(String text) {
        assertEquals(List.of(), Fences.of(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|true|''",
                "'{4}'|true|''",
                "' {1,3-5} '|true|''",
                "'{#id key=\"a b\"}'|true|''",
                "'{linenos=true}'|true|''",
                "'{}'|true|''",
                "'js'|false|js",
                "'js{4}'|false|js",
                "'c++ title=\"x\"'|false|c++",
                "'go,ignore'|false|go",
                "'js:line-numbers'|false|js",
                "'{.python}'|false|''",
                "'{r}'|false|''",
                "'{note}'|false|''",
                "'{=html}'|false|''",
                "'{lang=python}'|false|''",
                "'title=\"x\"'|false|''",
            })
    void knows_which_fences_say_a_language(String info, boolean bare, String language) {
        var fence = only("~~~" + info + "\na\n~~~\n");
        assertEquals(bare, fence.isBare());
        assertEquals(language, fence.language());
    }

    @Test
    void a_long_info_string_takes_no_time() {
        assertFalse(only("```{" + "1".repeat(60_000) + "x\na\n```\n").isBare());
    }

    @Test
    void looks_at_the_beginning_alone() {
        assertEquals(1, Fences.of("```\na\n```\n```\nb\n```\n", 15).size());
    }
}

package pantheon.night.document.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFormatsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json|'{\"a\": 1}'|true",
                "json|'\"a\": [1, 2]'|true",
                "json|'{\"a\": 1,}'|false",
                "json|'{\"a\": ...}'|false",
                "yaml|'a: 1\n---\n- b\n'|true",
                "yml|'- a\n- b: {c: d}\n'|true",
                "YAML|'a: b: c'|false",
                "yaml|'only a sentence'|false",
                "xml|'<a b=\"c\"/>\n<d>e</d>'|true",
                "xml|'<?xml version=\"1.0\"?><a/>'|true",
                "xml|'<a>'|false",
                "xml|'<!DOCTYPE a><a/>'|false",
                "toml|'a = 1'|false",
                "go|'{\"a\": 1,}'|true",
                "text|''|true",
            })
    void says_only_what_can_be_read(String word, String code, boolean allowed) {
        assertEquals(allowed, DataFormats.allow(word, code));
    }

    @Test
    void long_code_is_read_by_nobody() {
        assertFalse(DataFormats.allow("json", "[" + " ".repeat(DataFormats.MOST_CHARS) + "]"));
    }
}

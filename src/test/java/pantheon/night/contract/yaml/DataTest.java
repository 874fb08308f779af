package pantheon.night.contract.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.contract.Json;

final class DataTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `a: yes\nb: [1, ~, 010, "010"]`   | {"a": "yes", "b": [1, null, 10, "010"]}
            `a: &x {b: 1}\nc: *x`             | {"a": {"b": 1}, "c": {"b": 1}}
            `a: !Ref b`                       | {"a": "b"}
            `<<: {a: 1}`                      | {"<<": {"a": 1}}
            `- 1\n- - 2`                      | [1, [2]]
            `"a/b~c": 1`                      | {"a/b~c": 1}""")
    void yaml_is_read_as_json(String yaml, String json) throws Exception {
        assertEquals(
                Json.parse(json),
                Data.read(yaml.replace("\\n", "\n"), Data.Kind.YAML).getFirst().value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            YAML | `a: 1\na: 2`     | 2 | key "a" stands twice
            YAML | `a: *b`          | 1 | an alias stands for no value before it
            YAML | `a: &b [*b]`     | 1 | an alias stands for no value before it
            YAML | `? [a]\n: b`     | 1 | a key is no scalar
            YAML | `a: 1\n b: 2`    | 2 | it is no YAML: mapping values are not allowed here
            JSON | ``               | 1 | it is empty; expected a JSON value""")
    void what_cannot_be_read_is_told_with_its_line(Data.Kind kind, String text, int line, String problem) {
        var e = assertThrows(Data.Unreadable.class, () -> Data.read(text.replace("\\n", "\n"), kind));
        assertEquals(line + ": " + problem, e.line() + ": " + e.problem());
    }

    @Test
    void values_behind_aliases_are_counted_as_often_as_they_stand_there() throws Exception {
        var text = "a: &a [1, 2]\nb: [*a, *a]\n";
        assertEquals(1, new YamlDocuments(11).read(text).size());
        var e = assertThrows(Data.Unreadable.class, () -> new YamlDocuments(10).read(text));
        assertEquals("it has more than 10 values", e.problem());
    }

    @Test
    void a_text_may_not_be_nested_too_deeply() {
        var text = "[".repeat(Json.DEEPEST + 1) + "]".repeat(Json.DEEPEST + 1);
        for (var kind : Data.Kind.values()) {
            assertThrows(Data.Unreadable.class, () -> Data.read(text, kind));
        }
    }

    @Test
    void each_value_has_its_line_and_one_that_is_missing_that_of_what_holds_it() throws Exception {
        var json = Data.read("{\n\"a\": {\n\"b\": [1,\n2]}}", Data.Kind.JSON).getFirst();
        var yaml = Data.read("x: 1\na:\n  b: [1,\n    2]\n", Data.Kind.YAML).getFirst();
        for (var data : new Data[] {json, yaml}) {
            assertEquals(4, data.line("/a/b/1"));
            assertEquals(3, data.line("/a/b"));
            assertEquals(3, data.line("/a/b/7/c"));
        }
    }
}

package pantheon.night.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.contract.Json;

class ResultPointerTest {
    private static final String RESULT = """
            {"candidates": [{"path": "a.md", "score": 2}, {"path": "b.md", "score": 0.5}, {"score": true}, "c"],
             "a/b": "slash", "m~n": "tilde", "*": "star", "": "empty", "nothing": null, "grid": [["x", "y"], ["z"]]}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /candidates/*/path   | ["a.md", "b.md"]
            /candidates/*/score  | [2, 0.5]
            /candidates/1/path   | ["b.md"]
            /candidates/01/path  | []
            /candidates/9/path   | []
            /candidates/-/path   | []
            /candidates/*        | ["c"]
            /candidates          | []
            /grid/*/*            | ["x", "y", "z"]
            /grid/*/0            | ["x", "z"]
            /a~1b                | ["slash"]
            /m~0n                | ["tilde"]
            /*                   | ["star"]
            /                    | ["empty"]
            /nothing             | []
            /missing/*/at/all    | []
            """)
    void leads_to_strings_and_numbers(String pointer, String values) {
        var found = Json.MAPPER.createArrayNode();
        new ResultPointer(pointer).values(Json.parse(RESULT)).forEach(found::add);
        assertEquals(Json.parse(values), found);
    }

    @Test
    void begins_with_a_slash() {
        assertThrows(IllegalArgumentException.class, () -> new ResultPointer("candidates"));
        assertThrows(IllegalArgumentException.class, () -> new ResultPointer(""));
    }
}

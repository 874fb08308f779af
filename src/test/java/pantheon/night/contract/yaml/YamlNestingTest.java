package pantheon.night.contract.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YamlNestingTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            'a: [[[1]]]',                      0
            'a: [[[[1]]]]',                    1
            'a: [1, [2], [3], [4], [5]]',      0
            'a: {b: [{c: {d: 1}}]}',           1
            'a: [\n [\n [\n [',                4
            '- - - 1',                         0
            '- - - - 1',                       1
            'a:\n  - ? - ? 1',                 2
            '- 1\n- 2\n- 3\n- 4\n- 5',         0
            'a-b-c-d-e-f: x - y - z - u - v',  0
            """)
    void what_lies_deeper_than_three_levels_is_found_by_its_line(String text, int line) {
        assertEquals(line, YamlNesting.lineDeeperThan(3, text.replace("\\n", "\n")));
    }
}

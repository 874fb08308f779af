package pantheon.night.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/** YAML as configuration reads it. */
final class YamlFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    yes         | "yes"
                    No          | "No"
                    on          | "on"
                    y           | "y"
                    06:00       | "06:00"
                    1:30        | "1:30"
                    1_000       | "1_000"
                    0b11        | "0b11"
                    2026-11-23  | "2026-11-23"
                    .inf        | ".inf"
                    .nan        | ".nan"
                    <<          | "<<"
                    "5"         | "5"
                    'true'      | "true"
                    true        | true
                    False       | false
                    null        | null
                    ~           | null
                    010         | 10
                    -7          | -7
                    +7          | 7
                    0o17        | 15
                    0xff        | 255
                    1.50        | 1.5
                    1e3         | 1000.0
                    """)
    void scalars_are_read_by_the_core_schema_of_yaml_1_2(String yaml, String json) throws IOException {
        assertEquals("{\"key\": " + json + "}", Json.write(read("key: " + yaml + "\n")));
    }

    @Test
    void a_number_keeps_its_value_however_long() throws IOException {
        assertEquals(
                "{\"key\": 123456789012345678901234567890}", Json.write(read("key: 123456789012345678901234567890")));
    }

    @Test
    void structure_comes_through() throws IOException {
        assertEquals(
                "{\"a\": {\"b/c\": [1, [2, {\"d\": \"e\\nf\\n\"}]], \"~\": null}, \"g\": \"\"}", Json.write(read("""
                        a:
                          b/c:
                            - 1
                            - - 2
                              - d: |
                                  e
                                  f
                          ~:
                        g: ""
                        """)));
    }

    @Test
    void each_value_has_its_line() throws IOException {
        var problems = new Problems();
        var yaml = YamlFile.read(write("""
                # a comment

                a:
                  b/c: 1
                  list:
                    - x
                    - {y: 1,
                       z: 2}
                """), problems);
        assertEquals(3, yaml.place("/a").line());
        assertEquals(4, yaml.place("/a/b~1c").line());
        assertEquals(6, yaml.place("/a/list/0").line());
        assertEquals(8, yaml.place("/a/list/1/z").line());
        assertEquals(5, yaml.place("/a/list/7/none").line(), "of the nearest value around it");
        assertEquals(3, yaml.place("").line());
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_are_no_matter() throws IOException {
        assertEquals("{\"a\": 1, \"b\": 2}", Json.write(read("\ufeffa: 1\r\nb: 2\r\n")));
    }

    @Test
    void a_key_that_stands_twice_is_refused_at_any_depth() throws IOException {
        assertProblems("""
                %1$s:3: a stands here again, and first on line 1. Keep one.
                %1$s:6: c.d stands here again, and first on line 5. Keep one.
                %1$s:7: c stands here again, and first on line 4. Keep one.\
                """, """
                a: 1
                b: 2
                "a": 3
                c:
                  d: 4
                  d: 5
                c: {e: 6}
                """, true);
    }

    @Test
    void anchors_and_aliases_are_refused_where_they_stand() throws IOException {
        assertProblems("""
                %1$s:1: anchors and aliases are not read here. Write the value out.
                %1$s:3: anchors and aliases are not read here. Write the value out.\
                """, "a: &x [1, 2]\nb: 1\nc: *x\n", false);
    }

    @Test
    void a_small_file_cannot_become_a_large_one() {
        var laughs = IntStream.range(1, 30)
                .mapToObj(i -> "a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(i, i - 1))
                .collect(Collectors.joining("", "a0: &a0 lol\n", ""));
        assertTimeoutPreemptively(Duration.ofMinutes(5), () -> {
            assertTrue(problems(laughs).startsWith(file() + ":1: anchors"));
            assertTrue(problems("a: &a [*a]").startsWith(file() + ":1: anchors"));
            assertTrue(problems("a: " + "[".repeat(100_000) + "]".repeat(100_000))
                    .equals(file() + ":1: the value lies more than 64 levels deep. Make it flatter."));
            assertTrue(problems("a: " + "x".repeat(1 << 20))
                    .startsWith(file() + ": it cannot be read: it is larger than 1048576 bytes."));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    a: 1\\n\\tb: 2         | 2 | this is no YAML:
                    a: 1\\nb: [           | 2 | this is no YAML:
                    a: 'x               | 1 | this is no YAML:
                    a: 1\\nb             | 2 | this is no YAML:
                    a: 1\\nb: "\\x        | 2 | this is no YAML: the file ends in an escape
                    a: 1\\nb: "\\u        | 2 | this is no YAML: the file ends in an escape
                    a: 1\\nb: "\\u4\\n     | 2 | this is no YAML:
                    a: "\\U00110000"     | 1 | this is no YAML:
                    a: 1\\n b: 2         | 2 | this is no YAML:
                    a: !!str 5          | 1 | tags such as !!str are not read here.
                    a: !env {b: 1}      | 1 | tags such as !!str are not read here.
                    a: 1\\n---\\nb: 2     | 2 | a second YAML document begins here;
                    - a                 | 1 | this is no mapping;
                    \\njust text         | 2 | this is no mapping;
                    a: 1\\n[b]: 2        | 2 | the key is ["b"];
                    a: 1\\n? {b: 1}\\n: 2 | 2 | the key is {"b": 1};
                    """)
    void what_cannot_be_read_is_told_with_its_line(String yaml, int line, String start) throws IOException {
        var message = problems(yaml.replace("\\n", "\n").replace("\\t", "\t"));
        assertTrue(message.startsWith(file() + ":" + line + ": " + start), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void an_empty_file_is_told() throws IOException {
        assertEquals(file() + ":1: the file is empty; expected keys and values.", problems(""));
        assertEquals(file() + ":1: the file is empty; expected keys and values.", problems("# a comment\n"));
    }

    @Test
    void a_character_that_yaml_has_not_is_told_with_its_line() throws IOException {
        assertEquals(
                file() + ":5003: the character U+0007 cannot stand in YAML. Remove it.",
                problems("a: \"\ud83d\ude00\"\n" + "#\n".repeat(5000) + "\nb: \007\nc: 1\n"));
    }

    @Test
    void what_is_no_text_file_is_told() throws IOException {
        assertEquals(file() + ": there is no such file. Name another, or make it.", problemsOf(file()));
        Files.write(file(), "a: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(file() + ": this is no UTF-8 text. Write it in UTF-8.", problemsOf(file()));
        assertEquals(folder + ": this is a directory; expected a YAML file. Name the file in it.", problemsOf(folder));
    }

    private void assertProblems(String expected, String yaml, boolean whole) throws IOException {
        var problems = new Problems();
        assertEquals(whole, YamlFile.read(write(yaml), problems).isWhole());
        assertEquals(
                expected.formatted(file()),
                assertThrows(NightException.class, problems::throwIfAny).getMessage());
    }

    private String problems(String yaml) throws IOException {
        return problemsOf(write(yaml));
    }

    private static String problemsOf(Path file) {
        var problems = new Problems();
        assertFalse(YamlFile.read(file, problems).isWhole());
        return assertThrows(NightException.class, problems::throwIfAny).getMessage();
    }

    private JsonNode read(String yaml) throws IOException {
        var problems = new Problems();
        var read = YamlFile.read(write(yaml), problems);
        problems.throwIfAny();
        assertTrue(read.isWhole());
        return read.json();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(file(), yaml);
    }

    private Path file() {
        return folder.resolve("file.yaml");
    }

    @Test
    void half_a_surrogate_pair_is_no_text_wherever_it_stands() throws IOException {
        assertEquals("\ud83d\ude00", read("a: \"\\ud83d\\ude00\"\n").path("a").stringValue());
        assertTrue(
                refused("x: 1\na:\n  - \"\\ud83d\"\n").startsWith(file() + ":3: a"),
                refused("x: 1\na:\n  - \"\\ud83d\"\n"));
        assertTrue(refused("\"\\ude00\": 1\n").contains("half a surrogate pair"));
        assertTrue(refused("a: \"x\\ude00\\ud83d\"\n").contains("half a surrogate pair"));
    }

    private String refused(String yaml) {
        return assertThrows(NightException.class, () -> read(yaml)).getMessage();
    }
}

package pantheon.night.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import org.snakeyaml.engine.v2.schema.Schema;
import pantheon.night.tool.Texts;

class YamlScalarTest {
    private static final List<Schema> SCHEMAS = List.of(new FailsafeSchema(), new JsonSchema(), new CoreSchema());

    private static void reads_back(String text) {
        var written = YamlScalar.write(text);
        var file = written + ": " + written + " # comment\n";
        for (var schema : SCHEMAS) {
            var load = new Load(LoadSettings.builder().setSchema(schema).build());
            assertEquals(Map.of(text, text), load.loadFromString(file), file);
        }
        assertEquals(1, written.lines().count(), written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "yes",
                "Y",
                "True",
                "null",
                "~",
                "NaN",
                ".nan",
                "e3",
                "1e3",
                "0x1F",
                "0o17",
                "017",
                "1_000",
                "12:30",
                "-",
                "- a",
                "? a",
                "a: b",
                "a:",
                "a #b",
                "#a",
                "'a'",
                "\"a\"",
                "a\"b",
                "@a",
                "`a",
                "%a",
                "!a",
                "&a",
                "*a",
                "|",
                ">",
                "{a}",
                "[a]",
                "a\nb",
                "a\tb",
                "a\\b",
                "2020-01-05",
                "2020-01-05 10:00",
                "2020-01-05T10:00:00Z",
                "---",
                "...",
                "<<",
                "=",
                "a ",
                " a",
                "a\u0000b",
                "a\u007fb",
                "a\u0085b",
                "a\u2028b",
                "\ufeffa",
                "a\uffff",
                "😀"
            })
    void what_is_written_reads_back_as_the_same_text(String text) {
        reads_back(text);
    }

    @Test
    void any_text_reads_back_as_the_same_text() {
        var random = new Random(5);
        Stream.generate(() -> Texts.random(random)).limit(20_000).forEach(YamlScalarTest::reads_back);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A title, with (words) & more!", "Überschrift 2", "it's", "日本語"})
    void plain_where_every_reader_sees_the_same(String text) {
        assertEquals(text, YamlScalar.write(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "No", "null", "TRUE", "y", "3", "a: b", "a #b", "-"})
    void quoted_where_some_reader_sees_another(String text) {
        assertEquals('"' + text + '"', YamlScalar.write(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-05-04",
                "2024-02-30",
                "2024-13-45",
                "0000-00-00",
                "2026-5-4",
                "2026-05-04T10:00:00Z",
                "2026-05-04 10:00",
                "1:30",
                "190:20:30",
                "017",
                "0o17",
                "0x1F",
                "0b1",
                "1_000",
                "1e3",
                "+1",
                "-.5",
                ".5",
                ".inf",
                ".nan",
                "-.inf",
                "E-2",
                "e+3",
                "E5",
                "e1_000",
                "Infinity",
                "=",
                "<<",
                "~",
                "OFF",
                "Y",
                "n"
            })
    void what_some_reader_takes_for_a_number_a_date_or_a_word_of_its_own_is_quoted(String text) {
        assertEquals('"' + text + '"', YamlScalar.write(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-05-04", "2026-05-04T10:00:00Z", "2026-05-04 10:00:00 +02:00"})
    void a_date_of_the_calendar_is_plain_where_its_key_holds_dates(String text) {
        assertEquals(text, YamlScalar.date(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-30", "2024-13-45", "0000-00-00", "12:30", "1e3"})
    void what_only_looks_like_a_date_is_quoted_there_too(String text) {
        assertEquals('"' + text + '"', YamlScalar.date(text));
    }
}

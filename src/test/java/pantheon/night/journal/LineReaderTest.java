package pantheon.night.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lines that are read in one pass, beside what the schemas say of them. */
final class LineReaderTest {
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1",
            "2.0",
            "1.5",
            "1e3",
            "9007199254740993",
            "1e400",
            "\"\"",
            "\"x\"",
            "\"done\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"2026-02-28T24:00:00Z\"",
            "\"2026-02-28T00:00:00+01:00\"",
            "[]",
            "[\"a\"]",
            "{}",
            "{\"a\": 1, \"a\": 2}",
            "\"/a//b\"",
            "\"/a/b/\"");

    @TempDir
    private Path folder;

    private List<String> lines() throws IOException {
        try (var journal = Journal.create(folder, "run", () -> Instant.parse("2026-11-23T22:00:00.123Z"))) {
            Events.all().forEach(journal::append);
        }
        return Files.readAllLines(folder.resolve("run.jsonl"));
    }

    @ParameterizedTest
    @EnumSource
    void every_event_is_written_and_read_back_as_it_was(EventType type) {
        var event = Events.of(type);
        assertEquals(event, EventCodec.event(type, event.task(), EventCodec.data(event)));
        assertEquals(type, EventType.of(event));
    }

    @Test
    void what_the_program_writes_is_read_in_one_pass_but_for_a_forecast() throws IOException {
        for (var line : lines()) {
            assertEquals(!line.contains(EventType.FORECAST_MADE.type()), read(line), line);
        }
    }

    private static boolean read(String line) {
        return LineReader.read(line.getBytes(StandardCharsets.UTF_8), LineReader.form("/pantheon-night/run"))
                .isPresent();
    }

    @Test
    void whatever_is_read_in_one_pass_is_valid() throws IOException {
        var random = new Random(7);
        var lines = lines();
        int taken = 0;
        for (int i = 0; i < 40_000; i++) {
            var line = mutated(lines.get(random.nextInt(lines.size())), random);
            if (read(line)) {
                taken++;
                assertValid(line);
            }
        }
        assertTrue(taken > 2_000, "only %d were read".formatted(taken));
    }

    /** One value, name or place of a line is another. */
    private static String mutated(String line, Random random) {
        var json = (ObjectNode) Json.parse(line);
        var objects = new ArrayList<ObjectNode>();
        collect(json, objects);
        var object = objects.get(random.nextInt(objects.size()));
        var names = new ArrayList<>(object.propertyNames());
        if (names.isEmpty()) {
            return line;
        }
        var name = names.get(random.nextInt(names.size()));
        return switch (random.nextInt(5)) {
            case 0 -> written(json, object, name, null);
            case 1 ->
                line.replaceFirst(
                        java.util.regex.Pattern.quote(Json.quote(name)),
                        random.nextBoolean() ? "\"other\"" : Json.quote(name));
            case 2 -> line.replaceFirst("([0-9a-f]{8})[0-9a-f]", random.nextBoolean() ? "$1F" : "$1");
            default -> written(json, object, name, VALUES.get(random.nextInt(VALUES.size())));
        };
    }

    /** The line with a value that no tree would hold as it is written. */
    private static String written(
            ObjectNode json, ObjectNode object, String name, @org.jspecify.annotations.Nullable String value) {
        if (value == null) {
            object.remove(name);
            return json.toString();
        }
        object.put(name, "@here@");
        return json.toString().replace("\"@here@\"", value);
    }

    private static void collect(JsonNode node, List<ObjectNode> into) {
        if (node instanceof ObjectNode object) {
            into.add(object);
        }
        node.forEach(child -> collect(child, into));
    }

    private static void assertValid(String line) {
        try {
            var json = Json.parse(line);
            assertEquals(List.of(), Journal.ENVELOPE.check(json), line);
            assertEquals(
                    List.of(),
                    EventType.of(json.get("type").stringValue()).data().check(json.get("data")),
                    line);
        } catch (JacksonException e) {
            throw new AssertionError("read though it is no JSON: " + line, e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23T22:00:00Z", "2026-11-23T22:00:00.1Z", "2026-11-23T22:00:00.123456789Z"})
    void plain_times_are_those_in_whole_digits(String time) {
        assertTrue(UtcTime.isPlain(time));
        assertFalse(UtcTime.isPlain(time.replace("Z", "")));
        assertFalse(UtcTime.isPlain(time.replace("-23", "-+3")));
        assertFalse(UtcTime.isPlain(time.replace("22:00", "24:00")));
        assertFalse(UtcTime.isPlain(time.replace("T", "t")));
    }
}

package pantheon.night.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class QuickAcceptanceTest {
    private static final List<String> NAMES = List.of("a", "b", "path", "id");

    private static final List<String> KEYWORDS = List.of(
            "\"type\": \"object\"",
            "\"type\": \"array\"",
            "\"type\": \"string\"",
            "\"type\": \"integer\"",
            "\"type\": \"number\"",
            "\"type\": \"boolean\"",
            "\"type\": [\"string\", \"null\"]",
            "\"enum\": [\"a\", \"bb\"]",
            "\"enum\": [\"a\", 1, null, [\"a\"]]",
            "\"const\": 1",
            "\"minLength\": 1",
            "\"minLength\": 2.0",
            "\"maxLength\": 3",
            "\"minimum\": -100",
            "\"maximum\": 100",
            "\"maximum\": 0.5",
            "\"exclusiveMinimum\": 0",
            "\"minItems\": 1",
            "\"maxItems\": 2",
            "\"uniqueItems\": true",
            "\"uniqueItems\": false",
            "\"pattern\": \"^[A-Za-z0-9][A-Za-z0-9._-]{0,3}$\"",
            "\"pattern\": \"^[a-c]+$\"",
            "\"pattern\": \"a|b$\"",
            "\"pattern\": \"^a\\\\.[b-d]+={0,2}$\"",
            "\"pattern\": \"^[A-Za-z0-9+/]+={0,2}$\"",
            "\"pattern\": \"^[a-z]+?$\"",
            "\"const\": \"bb\"",
            "\"const\": {\"a\": 1}",
            "\"format\": \"date\"",
            "\"format\": \"date-time\"",
            "\"format\": \"uri-reference\"",
            "\"propertyNames\": %s",
            "\"required\": [\"a\"]",
            "\"required\": [\"a\", \"path\"]",
            "\"required\": []",
            "\"additionalProperties\": false",
            "\"additionalProperties\": %s",
            "\"properties\": {\"a\": %s}",
            "\"properties\": {\"a\": %s, \"path\": %s}",
            "\"patternProperties\": {\"^b\": %s}",
            "\"minProperties\": 1",
            "\"items\": %s",
            "\"prefixItems\": [%s]",
            "\"not\": %s",
            "\"anyOf\": [%s, %s]",
            "\"title\": \"a\"",
            "\"description\": \"b\"",
            "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"");

    private static final List<String> VALUES = List.of(
            "\"\"",
            "\"a\"",
            "\"bb\"",
            "\"a\\n\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\\ude00\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"ä\"",
            "\"abcde\"",
            "\"2026-11-24\"",
            "\"2026-11-24T22:00:00Z\"",
            "\"2026-11-31T22:00:00Z\"",
            "\"2026-02-28T23:59:59.123456789Z\"",
            "\"2027-02-29T23:59:59.1Z\"",
            "\"2026-11-24T22:00:60Z\"",
            "\"2026-11-24T24:00:00Z\"",
            "\"/pantheon-night/20261124-2200\"",
            "\"//a/b\"",
            "\"/a b\"",
            "\"a.b\"",
            "\"a.bb==\"",
            "\"aXbb\"",
            "\"a+b/\"",
            "0",
            "1",
            "1.0",
            "-0.0",
            "100",
            "101",
            "-101",
            "0.5",
            "1e30",
            "99999999999999999999",
            "9223372036854775807",
            "true",
            "null",
            "[]",
            "{}");

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static <T> T one(List<T> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }

    /** A schema of a few keywords, those that are spelled twice only once. */
    private static String schema(RandomGenerator random, int depth) {
        if (depth == 0 && random.nextInt(4) == 0) {
            return random.nextBoolean() ? "true" : "false";
        }
        var json = Json.object();
        for (int i = random.nextInt(depth == 2 ? 5 : 3); i >= 0; i--) {
            var keyword = one(KEYWORDS, random);
            if (depth == 0 && keyword.contains("%s")) {
                continue;
            }
            while (keyword.contains("%s")) {
                int at = keyword.indexOf("%s");
                keyword = keyword.substring(0, at) + schema(random, depth - 1) + keyword.substring(at + 2);
            }
            json.setAll((ObjectNode) Json.parse("{" + keyword + "}"));
        }
        return Json.write(json);
    }

    private static JsonNode value(RandomGenerator random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        if (kind < 2) {
            return Json.parse(one(VALUES, random));
        }
        if (kind == 2) {
            var array = Json.MAPPER.createArrayNode();
            for (int i = random.nextInt(4); i > 0; i--) {
                array.add(value(random, depth - 1));
            }
            return array;
        }
        var object = Json.object();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set(one(NAMES, random), value(random, depth - 1));
        }
        return object;
    }

    @Test
    void never_accepts_what_the_validator_refuses() {
        var random = random(7);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            var json = Json.parse(schema(random, 2));
            var quick = QuickAcceptance.of(json);
            var schema = Schema.compile("random", json);
            for (int j = 0; j < 20; j++) {
                var value = value(random, 2);
                var violations = schema.validated(value);
                if (quick.test(value)) {
                    assertEquals(List.of(), violations, json + " and " + value);
                    accepted++;
                }
                refused += violations.isEmpty() ? 0 : 1;
            }
        }
        assertTrue(accepted > 3000 && refused > 3000, "accepted %d, refused %d".formatted(accepted, refused));
    }

    @Test
    void accepts_lines_of_a_queue() {
        var quick =
                QuickAcceptance.of(Schema.resource("/schema/queue/task.json").json());
        var line =
                "{\"id\": \"t-1\", \"agent\": \"a\", \"input\": {\"x\": 1}, \"priority\": 7, \"labels\": [\"x\", \"y\"]}";
        assertTrue(quick.test(Json.parse(line)));
        assertFalse(quick.test(Json.parse(line.replace("t-1", "t 1"))));
        assertFalse(quick.test(Json.parse(line.replace("t-1", "t-1\\n"))));
        assertFalse(quick.test(Json.parse(line.replace("7", "101"))));
        assertFalse(quick.test(Json.parse(line.replace("\"y\"", "\"x\""))));
        assertFalse(quick.test(Json.parse(line.replace("priority", "prio"))));
    }

    /** One line of each kind. */
    @Test
    void accepts_lines_of_a_journal() throws IOException {
        var envelope = QuickAcceptance.of(
                Schema.resource("/schema/event/envelope.json").json());
        for (var text : Files.readAllLines(Path.of("src/test/resources/golden/journal.jsonl"))) {
            var line = Json.parse(text);
            assertTrue(envelope.test(line), text);
            assertFalse(envelope.test(((ObjectNode) line.deepCopy()).put("time", "yesterday")), text);
            var words = line.get("type").stringValue().replaceFirst("^night\\.pantheon\\.(.*)\\.v1$", "$1");
            var data = Schema.resource("/schema/event/" + words + ".json").json();
            assertTrue(QuickAcceptance.of(data).test(line.get("data")), text);
        }
    }

    @Test
    void one_of_several_types_and_numbers_with_a_fraction() {
        var part =
                QuickAcceptance.of(Json.parse("{\"type\": [\"string\", \"number\"], \"minimum\": 0, \"maximum\": 1}"));
        for (var value : List.of("\"a\"", "0", "1", "0.5", "1.0", "0.0")) {
            assertTrue(part.test(Json.parse(value)), value);
        }
        for (var value : List.of("{}", "[]", "null", "true", "1.5", "-0.1", "2", "-1")) {
            assertFalse(part.test(Json.parse(value)), value);
        }
    }

    @Test
    void a_keyword_that_it_does_not_know_is_left_to_the_validator() {
        var unknown = Json.parse("{\"type\": \"string\", \"format\": \"date\"}");
        assertFalse(QuickAcceptance.of(unknown).test(Json.parse("\"2026-11-24\"")));
        assertEquals(List.of(), Schema.compile("date", unknown).check(Json.parse("\"2026-11-24\"")));
        var within = Json.parse("{\"properties\": {\"a\": {\"type\": \"string\", \"format\": \"date\"}}}");
        assertTrue(QuickAcceptance.of(within).test(Json.parse("{\"b\": 1}")));
        assertFalse(QuickAcceptance.of(within).test(Json.parse("{\"a\": \"2026-11-24\"}")));
    }
}

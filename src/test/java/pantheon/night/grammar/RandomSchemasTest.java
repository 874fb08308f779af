package pantheon.night.grammar;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.draft.UnusableSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemas by chance: grammar and validator must agree. */
final class RandomSchemasTest {
    private static final List<String> NAMES = List.of("a", "b", "c");

    private Random random = new Random(11);

    /** The same schemas for the same seed. */
    static RandomSchemasTest seeded(long seed) {
        var test = new RandomSchemasTest();
        test.random = new Random(seed);
        return test;
    }

    @Test
    void grammar_and_validator_agree() {
        int compared = 0;
        int valid = 0;
        for (int i = 0; i < 3_000; i++) {
            var json = schema(3);
            Grammar grammar;
            try {
                grammar = Grammar.of(json);
            } catch (UnusableSchema e) {
                noneIsValid(json);
                continue;
            }
            if (!grammar.loosenings().isEmpty()) {
                continue;
            }
            var validator = Schema.compile("random", json);
            for (int j = 0; j < 20; j++) {
                var value = value(2);
                boolean right = validator.check(value).isEmpty();
                boolean taken = Bytes.accepts(grammar.open(Bytes.MASKS), Json.write(value));
                valid += right ? 1 : 0;
                compared++;
                assertTrue(!taken || right, () -> "takes " + value + " of " + json);
                assertTrue(taken || !right || hasTwoKeys(value), () -> "refuses " + value + " of " + json);
            }
            var walked = walk(grammar, i, json);
            assertTrue(validator.check(walked).isEmpty(), () -> "walks to " + walked + " of " + json);
        }
        assertTrue(compared > 20_000 && valid > 3_000, compared + " compared, " + valid + " valid");
    }

    private static JsonNode walk(Grammar grammar, int seed, JsonNode json) {
        try {
            return Json.parse(Walks.random(grammar.open(Bytes.MASKS), Bytes.MASKS.trie(), new Random(seed), 30));
        } catch (IllegalStateException e) {
            throw new AssertionError(json.toString(), e);
        }
    }

    private void noneIsValid(JsonNode json) {
        var validator = Schema.compile("random", json);
        for (int j = 0; j < 20; j++) {
            var value = value(2);
            assertTrue(!validator.check(value).isEmpty(), () -> value + " is valid, but no grammar is made of " + json);
        }
    }

    /** Keys must come in the schema's order, which a value by chance may not have. */
    private static boolean hasTwoKeys(JsonNode value) {
        return (value.isObject() && value.size() > 1) || value.valueStream().anyMatch(RandomSchemasTest::hasTwoKeys);
    }

    /** A schema by chance, nested so deep at most. */
    JsonNode schema(int depth) {
        var schema = Json.object();
        if (random.nextInt(4) > 0) {
            schema.put("type", pick("string", "integer", "number", "object", "array", "boolean", "null"));
        }
        int keywords = random.nextInt(4);
        for (int i = 0; i < keywords; i++) {
            keyword(schema, depth);
        }
        return schema;
    }

    private void keyword(ObjectNode schema, int depth) {
        switch (random.nextInt(depth == 0 ? 9 : 20)) {
            case 0 -> schema.put("minLength", random.nextInt(3));
            case 1 -> schema.put("maxLength", random.nextInt(4));
            case 2 -> schema.put("pattern", pattern());
            case 3 -> schema.put("minimum", random.nextInt(5) - 2);
            case 4 -> schema.put("exclusiveMaximum", random.nextInt(5));
            case 5 -> schema.put(pick("minItems", "minProperties"), random.nextInt(3));
            case 6 -> schema.put(pick("maxItems", "maxProperties"), random.nextInt(3));
            case 7 -> schema.putArray("required").add(pick("a", "b", "c"));
            case 8 -> schema.putArray("enum").add(value(1)).add(value(0)).add(value(0));
            case 9, 10 -> {
                var properties = schema.putObject("properties");
                NAMES.stream()
                        .filter(name -> random.nextBoolean())
                        .forEach(name -> properties.set(name, schema(depth - 1)));
            }
            case 11 ->
                schema.set("additionalProperties", random.nextBoolean() ? schema(depth - 1) : Json.parse("false"));
            case 12 -> schema.set("items", schema(depth - 1));
            case 13 -> schema.putArray("prefixItems").add(schema(depth - 1)).add(schema(depth - 1));
            case 14 -> schema.putArray("anyOf").add(schema(depth - 1)).add(schema(depth - 1));
            case 15 -> schema.putArray("oneOf").add(schema(depth - 1)).add(schema(depth - 1));
            case 16 -> schema.putArray("allOf").add(schema(depth - 1)).add(schema(depth - 1));
            case 17 -> schema.set("not", schema(depth - 1));
            case 18 -> {
                schema.set("if", schema(depth - 1));
                schema.set("then", schema(depth - 1));
                schema.set("else", schema(depth - 1));
            }
            default ->
                schema.putObject("dependentRequired").putArray(pick("a", "b")).add("c");
        }
    }

    /** Known ones, and some pieces by chance with anchors and look-aheads among them. */
    private String pattern() {
        if (random.nextBoolean()) {
            return pick("^a", "b$", "[ab]+", "^(ab)*$", "^.$", "^(?!^a$)[ab]*$", "^(?=.*b)(?!ab)", "\\bab\\b");
        }
        var pieces = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            pieces.append(pick(
                    "^", "$", "a", "b", "[^a]", ".?", "(?=^a)", "(?!b$)", "(?=a|^b)", "(?:^|b)", "(?:a|$)", "(?!^)"));
        }
        return pieces.toString();
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> Json.parse("null");
            case 1 -> Json.parse(pick("true", "false"));
            case 2 -> Json.parse(Integer.toString(random.nextInt(7) - 3));
            case 3 -> Json.parse(pick("0.5", "-1.25", "2.75"));
            case 4, 5 -> Json.parse(pick("\"\"", "\"a\"", "\"ab\"", "\"abab\"", "\"b\"", "\"ä\""));
            case 6 -> {
                var list = Json.MAPPER.createArrayNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    list.add(value(depth - 1));
                }
                yield list;
            }
            default -> {
                var object = Json.object();
                NAMES.stream()
                        .filter(name -> random.nextInt(3) == 0)
                        .forEach(name -> object.set(name, value(depth - 1)));
                yield object;
            }
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

package pantheon.night.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.ToolCard;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.prompt.ChatFormats;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Public collections of schemas and tools, where they lie beside the project. */
final class PublicCasesTest {
    private static final Path SCHEMAS = Path.of("../shared/jsonschemabench/given.jsonl.gz");
    private static final Path TOOLS = Path.of("../shared/bfcl/tools.jsonl");

    static boolean areThere() {
        return Files.exists(SCHEMAS) && Files.exists(TOOLS);
    }

    private static List<JsonNode> schemas() throws IOException {
        var cases = new ArrayList<JsonNode>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(SCHEMAS)), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> cases.add(Json.parse(line)));
        }
        return cases;
    }

    @Test
    @EnabledIf("areThere")
    void nine_of_ten_schemas_pass_and_no_exact_one_takes_what_is_invalid() throws IOException {
        int passed = 0;
        var cases = schemas();
        for (var test : cases) {
            try {
                var grammar = Grammar.of(test.get("schema"));
                boolean right = test.get("valid")
                        .valueStream()
                        .allMatch(valid -> Bytes.accepts(grammar.open(Bytes.MASKS), Json.write(valid)));
                for (var invalid : test.get("invalid")) {
                    boolean taken = Bytes.accepts(grammar.open(Bytes.MASKS), Json.write(invalid.get("data")));
                    assertTrue(!taken || !grammar.loosenings().isEmpty(), test.get("id") + " takes " + invalid);
                    right &= !taken;
                }
                passed += right ? 1 : 0;
            } catch (UnusableSchema e) {
                assertTrue(String.valueOf(e.getMessage()).length() > 10);
            }
        }
        assertTrue(passed >= cases.size() * 0.9, passed + " of " + cases.size());
    }

    @Test
    @EnabledIf("areThere")
    void random_walks_through_five_hundred_schemas_end_valid() throws IOException {
        var cases = schemas();
        int walked = 0;
        for (int i = 0; i < cases.size() && walked < 500; i += 4) {
            var schema = cases.get(i).get("schema");
            Grammar grammar;
            Schema validator;
            try {
                grammar = Grammar.of(schema);
                validator = Schema.compile("case", schema);
            } catch (UnusableSchema | pantheon.night.NightException e) {
                continue; // neither can be asked
            }
            if (!grammar.loosenings().isEmpty()) {
                continue;
            }
            walked++;
            for (int seed = 0; seed < 20; seed++) {
                var text = Walks.random(grammar.open(Bytes.MASKS), Bytes.MASKS.trie(), new Random(seed), 80);
                var wrong = validator.check(Json.parse(text));
                var id = cases.get(i).get("id");
                assertTrue(wrong.isEmpty(), () -> id + ": " + text + " " + wrong);
            }
        }
        assertEquals(500, walked);
    }

    @Test
    @EnabledIf("areThere")
    void every_list_of_tools_compiles_and_takes_its_true_calls() throws IOException {
        var lines = Files.readAllLines(TOOLS);
        int calls = 0;
        for (var line : lines) {
            var test = Json.parse(line);
            var cards = new ArrayList<ToolCard>();
            for (var tool : test.get("tools")) {
                var function = tool.get("function");
                cards.add(new ToolCard(function.get("name").stringValue(), "A tool.", function.get("parameters")));
            }
            var turn = TurnGrammar.of(ChatFormats.QWEN.call(), cards);
            for (var truth : test.get("ground_truth")) {
                var call = truth.properties().iterator().next();
                var name = test.get("name_map").path(call.getKey()).asString(call.getKey());
                var schema = cards.stream()
                        .filter(card -> card.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .arguments();
                var text = "<tool_call>\n{\"name\": \"%s\", \"arguments\": %s}\n</tool_call>"
                        .formatted(name, Json.write(first(call.getValue(), schema)));
                assertTrue(Bytes.accepts(turn.open(PLAIN, Bytes.MASKS), text), () -> test.get("id") + " " + text);
                calls++;
            }
        }
        assertEquals(600, lines.size());
        assertTrue(calls >= 600, calls + " calls");
    }

    /** A vocabulary that has no control token for a call. */
    private static final Vocabulary PLAIN = Vocabulary.of(Json.parse("""
            {"model": {"vocab": {"a": 0}}, "added_tokens": [], "pre_tokenizer": {"type": "ByteLevel"},
            "decoder": {"type": "ByteLevel"}}"""));

    /** Of each argument the first value that counts as right, in the schema's order; an empty one may be left out. */
    private static ObjectNode first(JsonNode acceptable, JsonNode schema) {
        var chosen = Json.object();
        schema.path("properties").properties().forEach(property -> {
            var values = acceptable.path(property.getKey());
            boolean required = schema.path("required")
                    .valueStream()
                    .anyMatch(name -> name.asString("").equals(property.getKey()));
            var value = values.isArray()
                    ? values.valueStream()
                            .filter(one -> !required
                                    || !one.isString()
                                    || !one.stringValue().isEmpty())
                            .findFirst()
                            .orElse(values.path(0))
                    : values;
            if (value.isObject() && property.getValue().has("properties")) {
                chosen.set(property.getKey(), first(value, property.getValue()));
            } else if (value.isArray() && property.getValue().path("items").has("properties")) {
                var list = chosen.putArray(property.getKey());
                value.forEach(item -> list.add(first(item, property.getValue().get("items"))));
            } else if (!value.isMissingNode()
                    && !(value.isString() && value.stringValue().isEmpty())) {
                chosen.set(property.getKey(), value);
            }
        });
        return chosen;
    }
}

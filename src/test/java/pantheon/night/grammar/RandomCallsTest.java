package pantheon.night.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.ToolCard;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.call.ArgumentTypes;
import pantheon.night.prompt.call.MalformedReply;
import tools.jackson.databind.JsonNode;

/** Calls by chance, of schemas by chance, in every form: what the grammar lets through is read to what validation takes. */
final class RandomCallsTest {
    private static final Vocabulary NONE = Vocabulary.of(Json.parse("""
            {"model": {"vocab": {"a": 0}}, "added_tokens": [], "pre_tokenizer": {"type": "ByteLevel"},
             "decoder": {"type": "ByteLevel"}}"""));

    static Stream<ChatFormat> formats() {
        return ChatFormats.names().stream().map(ChatFormats::named).distinct();
    }

    private static JsonNode arguments(RandomSchemasTest schemas, Random random) {
        var schema = Json.object().put("type", "object").put("additionalProperties", false);
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (var name : List.of("a", "b", "of_two_words")) {
            properties.set(name, schemas.schema(2));
            if (random.nextBoolean()) {
                required.add(name);
            }
        }
        return schema;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void what_the_grammar_lets_through_is_read_to_what_validation_takes(ChatFormat format) throws MalformedReply {
        var schemas = new RandomSchemasTest();
        var random = new Random(5);
        int walked = 0;
        int changed = 0;
        for (int i = 0; i < 40; i++) {
            var schema = arguments(schemas, random);
            TurnGrammar grammar;
            try {
                grammar = TurnGrammar.of(format.call(), List.of(new ToolCard("tool", "T.", schema)));
            } catch (NightException e) {
                continue;
            }
            if (!grammar.loosenings().isEmpty()) {
                continue;
            }
            var types = grammar.types();
            var validator = Schema.compile("random", schema);
            for (int j = 0; j < 3; j++) {
                var text = Walks.random(grammar.open(NONE, Bytes.MASKS), Bytes.MASKS.trie(), random, 120);
                valid(format, text, types, validator);
                walked++;
                changed += changed(format, grammar, text, types, validator, random) ? 1 : 0;
            }
        }
        assertTrue(walked > 50 && changed > 10, walked + " walked, " + changed + " changed and still calls");
    }

    private static void valid(ChatFormat format, String text, ArgumentTypes types, Schema validator)
            throws MalformedReply {
        var calls = format.parse(text, types);
        assertEquals(1, calls.size(), text);
        assertTrue(validator.check(calls.getFirst().arguments()).isEmpty(), () -> text + " of " + validator.json());
    }

    /** With one byte changed a text is refused by the grammar, or is a valid call, and whatever is read is written so. */
    private static boolean changed(
            ChatFormat format, TurnGrammar grammar, String text, ArgumentTypes types, Schema validator, Random random)
            throws MalformedReply {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        bytes[random.nextInt(bytes.length)] = (byte) (' ' + random.nextInt(95));
        var other = new String(bytes, StandardCharsets.UTF_8);
        if (Bytes.accepts(grammar.open(NONE, Bytes.MASKS), other)) {
            valid(format, other, types, validator);
        }
        try {
            var calls = format.parse(other, types);
            assertEquals(calls, format.parse(format.calls(calls, format.control(List.of())), types), other);
            return true;
        } catch (MalformedReply e) {
            return false;
        }
    }
}

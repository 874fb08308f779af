package pantheon.night.engine.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.grammar.Narrowing;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.grammar.TokenMatcher;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.model.Tokenizer;
import pantheon.night.prompt.ChatFormats;

/** How likely a chosen value was, on a model whose logits are the same at every step. */
final class WeightsTest {
    private static Tokenizer tokenizer;
    private static TokenMasks masks;

    @BeforeAll
    static void loads_the_embedded_tokenizer() {
        tokenizer =
                Tokenizer.load(Path.of("src/main/models/docops-front-matter/tokenizer.json"), ChatFormats.QWEN.stops());
        masks = new TokenMasks(tokenizer.vocabulary().trie());
    }

    @AfterAll
    static void closes_it() {
        tokenizer.close();
    }

    private static TurnGrammar grammar(List<String> names) {
        var schema = Json.parse("""
                {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"],
                 "additionalProperties": false}""");
        var values = Json.MAPPER.createArrayNode();
        names.forEach(values::add);
        return TurnGrammar.of(ChatFormats.QWEN.call(), List.of(new ToolCard("pick", "Picks.", schema)))
                .narrowed(List.of(
                        new Narrowing("pick", "name", values.valueStream().toList())));
    }

    /** Logits by the texts of tokens; all others have -30. */
    private static float[] logits(Map<String, Double> wanted) {
        var logits = new float[tokenizer.size()];
        Arrays.fill(logits, -30);
        wanted.forEach((text, logit) -> logits[only(text)] = logit.floatValue());
        return logits;
    }

    /** A turn that picks one of some names, on the same logits at each step. */
    private static ConstrainedSampler picked(Map<String, Double> wanted, boolean weighs, String... names) {
        var grammar = grammar(List.of(names));
        assertTrue(grammar.isNarrowed());
        var matcher = grammar.open(tokenizer.vocabulary(), masks);
        var sampler = new ConstrainedSampler(tokenizer, matcher, Set.of(tokenizer.turnEnd()), 200, weighs);
        while (sampler.next(logits(wanted)) != Sampler.Step.ENDED) {
            assertTrue(sampler.tokens().size() < 200);
        }
        return sampler;
    }

    /** The id of the one token that has a text. */
    private static int only(String text) {
        for (int id = 0; id < tokenizer.size(); id++) {
            if (Arrays.equals(tokenizer.vocabulary().bytes(id), text.getBytes(StandardCharsets.UTF_8))) {
                return id;
            }
        }
        throw new AssertionError("no token is " + text);
    }

    private static OptionalDouble likelihood(ConstrainedSampler sampler, String value) {
        var text = tokenizer.decode(sampler.tokens());
        int from = text.lastIndexOf("\"name\": \"") + 9;
        assertEquals(value, text.substring(from, text.indexOf('"', from)));
        return sampler.likelihood().of("name", from, from + value.length() + 1);
    }

    @Test
    void it_is_the_values_weight_among_those_that_were_allowed() {
        var picked = picked(Map.of("a", 2.0, "b", 1.0, "\"", 0.0), true, "a", "b");
        assertEquals(
                Math.E * Math.E / (Math.E * Math.E + Math.E),
                likelihood(picked, "a").orElseThrow(),
                1e-6);
    }

    @Test
    void it_is_multiplied_over_the_tokens_that_the_grammar_left_a_choice_for() {
        // a then b or c, and x: the closing quote of "a" itself is a choice too.
        var picked = picked(Map.of("a", 1.0, "x", 0.0, "b", 0.0, "c", 2.0, "\"", 1.0), true, "a", "ab", "ac", "x");
        double first = Math.E / (Math.E + 1);
        double second = Math.exp(2) / (1 + Math.exp(2) + Math.E);
        assertEquals(first * second, likelihood(picked, "ac").orElseThrow(), 1e-5);
    }

    @Test
    void a_value_that_another_begins_with_is_one_only_with_its_end() {
        var picked = picked(Map.of("a", 1.0, "b", 0.0, "\"", 1.0), true, "a", "ab");
        assertEquals(Math.E / (Math.E + 1), likelihood(picked, "a").orElseThrow(), 1e-5);
    }

    @Test
    void the_only_choice_is_certain() {
        assertEquals(
                1,
                likelihood(picked(Map.of(), true, "guide/install"), "guide/install")
                        .orElseThrow(),
                1e-9);
    }

    /** The likelihood of a name that is spelled letter by letter, whatever the model would have chosen. */
    private static double spelled(String name) {
        var matcher = grammar(List.of("aa", "ab", "ba", "b")).open(tokenizer.vocabulary(), masks);
        var tokens = new ArrayList<Integer>();
        var weights = new Weights(tokenizer, tokens);
        var head = "<tool_call>\n{\"name\": \"pick\", \"arguments\": {\"name\": \"";
        take(matcher, tokens, tokenizer.encode(head));
        for (char letter : (name + '"').toCharArray()) {
            weights.note(
                    matcher.mask(200),
                    matcher.certain(),
                    logits(Map.of("a", 0.3, "b", 0.1 * tokens.size() % 1, "\"", 0.7)));
            take(matcher, tokens, only(String.valueOf(letter)));
        }
        int from = tokenizer.decode(tokens).length() - name.length() - 1;
        return weights.of("name", from, from + name.length() + 1).orElseThrow();
    }

    private static void take(TokenMatcher matcher, List<Integer> tokens, int... more) {
        for (int token : more) {
            assertTrue(matcher.take(token), () -> tokenizer.decode(tokens) + " and " + token);
            tokens.add(token);
        }
    }

    @Test
    void the_likelihoods_of_all_values_come_to_one() {
        double sum = 0;
        for (var name : List.of("aa", "ab", "ba", "b")) {
            sum += spelled(name);
        }
        assertEquals(1, sum, 1e-4);
    }

    @Test
    void a_turn_that_weighs_nothing_tells_nothing() {
        assertEquals(
                OptionalDouble.empty(),
                picked(Map.of("a", 1.0), false, "a", "b").likelihood().of("name", 40, 41));
    }
}

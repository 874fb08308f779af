package pantheon.night.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.contract.Json;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.grammar.token.TokenTrie;
import tools.jackson.databind.JsonNode;

/** Masks against their plain definition: every token is tried, one after the other. */
final class ExactMasksTest {
    /** What is between quotes in all ways: free, counted, searched for, limited, and by its name. */
    private static final List<String> STRINGS =
            List.of("""
            {"type": "string"}""", """
            {"type": "string", "maxLength": 3}""", """
            {"type": "string", "minLength": 2, "maxLength": 30}""", """
            {"type": "string", "pattern": "[a-c0-9]{3}-[a-c]{2}"}""", """
            {"type": "string", "pattern": "^(?:\\\\S+\\\\s+){0,4}\\\\S+$", "minLength": 1, "maxLength": 50}""", """
            {"type": "string", "pattern": "^(?:\\\\S+\\\\s+){0,4}\\\\S+$", "maxLength": 9}""", """
            {"type": "string", "pattern": "^(.*?)\\\\.(yml|yaml)$"}""", """
            {"type": "string", "pattern": "^(ab)*$", "minLength": 3, "maxLength": 9}""", """
            {"type": "string", "pattern": "^.{0,12}$"}""", """
            {"type": "string", "pattern": "^[^/ ]{2,6}(/[^/]+)*$"}""", """
            {"type": "string", "pattern": "^[a-zA-Z_][a-zA-Z0-9_-]{0,8}$"}""", """
            {"type": "string", "pattern": "^[^\\u00e9\\u65e5]*$"}""", """
            {"type": "string", "pattern": "^\\\\p{L}{1,20}$"}""", """
            {"type": "string", "not": {"pattern": "a.*b"}}""", """
            {"type": "object", "properties": {"a": {"type": "null"}, "ab": {"type": "string"}}}""", """
            {"type": "object", "patternProperties": {"[0-9a-f]{4}": {"type": "object"}}, "properties": {"ab": {"type": "null"}},
             "additionalProperties": {"enum": ["a", "abx", 12]}}""", """
            {"type": "object", "propertyNames": {"maxLength": 4}, "minProperties": 2}""", """
            {"anyOf": [{"type": "array", "items": {"type": "string", "pattern": "x"}}, {"type": "string", "maxLength": 8}]}""");

    static Stream<TokenTrie> vocabularies() {
        return Stream.of(
                Vocabularies.embedded(), Vocabularies.made(1, 1_200), Vocabularies.made(2, 1_200), Bytes.MASKS.trie());
    }

    private static List<JsonNode> schemas() {
        var schemas = new ArrayList<JsonNode>();
        STRINGS.forEach(schema -> schemas.add(Json.parse(schema)));
        var random = RandomSchemasTest.seeded(5);
        for (int i = 0; i < 80; i++) {
            schemas.add(random.schema(3));
        }
        return schemas;
    }

    @ParameterizedTest
    @MethodSource("vocabularies")
    void a_mask_is_just_the_tokens_that_can_be_taken(TokenTrie trie) {
        var masks = new TokenMasks(trie);
        int compared = 0;
        for (var schema : schemas()) {
            try {
                compared += compared(Grammar.of(schema), schema, masks, new Random(compared));
            } catch (UnusableSchema e) {
                assertTrue(!STRINGS.contains(schema.toString()), schema::toString);
            }
        }
        assertTrue(compared > 500, compared + " masks");
    }

    private static int compared(Grammar grammar, JsonNode schema, TokenMasks masks, Random random) {
        int steps = 0;
        var matcher = grammar.open(masks);
        while (steps < 14 && !matcher.isComplete()) {
            var expected = tried(matcher, Integer.MAX_VALUE, masks.trie());
            assertEquals(expected, members(matcher.mask(), masks.trie()), schema::toString);
            int budget = matcher.rest() - 1 + random.nextInt(random.nextBoolean() ? 4 : 40);
            assertEquals(
                    tried(matcher, budget, masks.trie()),
                    members(matcher.mask(budget), masks.trie()),
                    schema::toString);
            steps++;
            if (expected.isEmpty()) {
                break;
            }
            assertTrue(matcher.take(chosen(expected, random)));
        }
        return steps;
    }

    private static int chosen(BitSet allowed, Random random) {
        int[] tokens = allowed.stream().toArray();
        return tokens[random.nextInt(tokens.length)];
    }

    private static BitSet tried(TokenMatcher matcher, int budget, TokenTrie trie) {
        var found = new BitSet();
        for (int token = 0; token < trie.size(); token++) {
            found.set(token, budget == Integer.MAX_VALUE ? matcher.allows(token) : matcher.allows(token, budget));
        }
        return found;
    }

    private static BitSet members(TokenSet set, TokenTrie trie) {
        var found = new BitSet();
        for (int token = 0; token < trie.size(); token++) {
            found.set(token, set.contains(token));
        }
        return found;
    }

    /** With room for a few masks only, so that what one thread needs another pushes out. */
    @Test
    void several_threads_find_the_same_masks_side_by_side() throws Exception {
        var trie = Vocabularies.made(3, 1_000);
        var grammars = schemas().stream().limit(STRINGS.size()).map(Grammar::of).toList();
        var alone = walked(grammars, new TokenMasks(trie));
        var shared = new TokenMasks(trie, 10 * trie.size() / Byte.SIZE);
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<List<BitSet>> walk = () -> walked(grammars, shared);
            for (var found :
                    threads.invokeAll(IntStream.range(0, 4).mapToObj(i -> walk).toList())) {
                assertEquals(alone, found.get());
            }
        }
    }

    private static List<BitSet> walked(List<Grammar> grammars, TokenMasks masks) {
        var found = new ArrayList<BitSet>();
        var random = new Random(7);
        for (var grammar : grammars) {
            var matcher = grammar.open(masks);
            for (int step = 0; step < 12 && !matcher.isComplete(); step++) {
                var mask = members(matcher.mask(matcher.rest() + 9), masks.trie());
                found.add(members(matcher.mask(), masks.trie()));
                found.add(mask);
                if (mask.isEmpty()) {
                    break;
                }
                matcher.take(chosen(mask, random));
            }
        }
        return found;
    }
}

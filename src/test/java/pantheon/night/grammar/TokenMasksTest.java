package pantheon.night.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.grammar.token.TokenTrie;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.prompt.ChatFormats;
import tools.jackson.databind.JsonNode;

final class TokenMasksTest {
    private static Vocabulary vocabulary;
    private static TokenMasks masks;

    @BeforeAll
    static void reads_the_vocabulary_of_the_embedded_model() throws IOException {
        vocabulary = Vocabulary.of(
                Json.parse(Files.readString(Path.of("src/main/models/docops-front-matter/tokenizer.json"))));
        masks = new TokenMasks(vocabulary.trie());
    }

    /** The slow and plain way: every token is tried. */
    private static List<Integer> tried(TokenMatcher matcher, int budget) {
        var found = new ArrayList<Integer>();
        for (int token = 0; token < vocabulary.size(); token++) {
            if (budget == Integer.MAX_VALUE ? matcher.allows(token) : matcher.allows(token, budget)) {
                found.add(token);
            }
        }
        return found;
    }

    private static List<Integer> members(TokenSet set) {
        var found = new ArrayList<Integer>();
        for (int token = 0; token < vocabulary.size(); token++) {
            if (set.contains(token)) {
                found.add(token);
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("pantheon.night.grammar.GrammarTest#exact")
    void a_mask_is_just_the_tokens_that_can_be_taken(GrammarTest.Case test) {
        var grammar = Grammar.of(Json.parse(test.schema()));
        for (int seed = 0; seed < 4; seed++) {
            var random = new Random(seed);
            var matcher = grammar.open(masks);
            for (int step = 0; step < 25 && !matcher.isComplete(); step++) {
                var expected = tried(matcher, Integer.MAX_VALUE);
                assertEquals(expected, members(matcher.mask()));
                int budget = matcher.rest() + random.nextInt(4);
                assertEquals(tried(matcher, budget), members(matcher.mask(budget)));
                if (expected.isEmpty()) {
                    assertTrue(matcher.mayEnd());
                    break;
                }
                assertTrue(matcher.take(expected.get(random.nextInt(expected.size()))));
            }
        }
    }

    /** Whatever is taken, the text can be completed within what was said to suffice, one token after the other. */
    @ParameterizedTest
    @MethodSource("pantheon.night.grammar.GrammarTest#exact")
    void what_is_left_always_suffices(GrammarTest.Case test) {
        var grammar = Grammar.of(Json.parse(test.schema()));
        for (int seed = 0; seed < 10; seed++) {
            var random = new Random(seed);
            var matcher = grammar.open(masks);
            for (int left = matcher.rest() + random.nextInt(30); !matcher.isComplete() && left > 0; left--) {
                assertTrue(matcher.rest() <= left);
                var allowed = members(matcher.mask(left - 1));
                if (allowed.isEmpty()) {
                    break;
                }
                assertTrue(matcher.take(allowed.get(random.nextInt(allowed.size()))));
            }
            assertTrue(matcher.mayEnd() || matcher.rest() == 0, test.schema());
        }
    }

    private static TurnGrammar turn() {
        return TurnGrammar.of(ChatFormats.QWEN.call(), List.of(card("label", """
                                {"type": "object", "properties": {"label": {"type": "string"}, "why": {"type": "string", "maxLength": 20}},
                                 "required": ["label"], "additionalProperties": false}"""), card("final", """
                                {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}}, "required": ["status"],
                                 "additionalProperties": false}""")));
    }

    private static ToolCard card(String name, String schema) {
        return new ToolCard(name, "A tool.", Json.parse(schema));
    }

    private static String walk(TurnGrammar turn, int seed, int free) {
        var text = Walks.random(turn.open(vocabulary, masks), masks.trie(), new Random(seed), free);
        return text.replace("\uFFFD", "");
    }

    private static JsonNode call(String text) {
        assertTrue(text.startsWith("<tool_call>\n{") && text.endsWith("}\n</tool_call>"), text);
        return Json.parse(text.substring("<tool_call>\n".length(), text.length() - "\n</tool_call>".length()));
    }

    @Test
    void every_turn_is_one_whole_call_of_a_tool_on_its_schema() {
        boolean label = false;
        boolean end = false;
        for (int seed = 0; seed < 200; seed++) {
            var call = call(walk(turn(), seed, 40));
            label |= call.get("name").stringValue().equals("label");
            end |= call.get("name").stringValue().equals("final");
            assertTrue(call.get("arguments").has(call.get("name").stringValue().equals("label") ? "label" : "status"));
        }
        assertTrue(label && end);
    }

    @Test
    void a_control_token_is_taken_only_where_the_turn_wants_it() {
        var matcher = turn().open(vocabulary, masks);
        int open = vocabulary.control("<tool_call>");
        int end = vocabulary.control("<|im_end|>");
        assertEquals(List.of(open), members(matcher.mask()));
        assertTrue(matcher.take(open));
        assertFalse(matcher.allows(open));
        assertFalse(matcher.allows(end));
        assertFalse(matcher.mayEnd());
    }

    private static Narrowing labels(String... choices) {
        var values = Json.MAPPER.createArrayNode();
        List.of(choices).forEach(values::add);
        return new Narrowing("label", "label", values.valueStream().toList());
    }

    @Test
    void a_choice_holds_for_its_task_alone() {
        var whole = turn();
        var narrowed = whole.narrowed(List.of(labels("bug", "Übung \"x\"")));
        for (int seed = 0; seed < 100; seed++) {
            var call = call(walk(narrowed, seed, 60));
            if (call.get("name").stringValue().equals("label")) {
                var label = call.get("arguments").get("label").stringValue();
                assertTrue(List.of("bug", "Übung \"x\"").contains(label), label);
            }
        }
        assertTrue(Bytes.accepts(whole.open(PLAIN, Bytes.MASKS), text("anything")));
        assertFalse(Bytes.accepts(narrowed.open(PLAIN, Bytes.MASKS), text("anything")));
        assertTrue(Bytes.accepts(narrowed.open(PLAIN, Bytes.MASKS), text("bug")));
    }

    /** A vocabulary that has no control token for a call. */
    private static final Vocabulary PLAIN = Vocabulary.of(Json.parse("""
            {"model": {"vocab": {"a": 0}}, "added_tokens": [], "pre_tokenizer": {"type": "ByteLevel"},
            "decoder": {"type": "ByteLevel"}}"""));

    private static String text(String label) {
        return "<tool_call>\n{\"name\": \"label\", \"arguments\": {\"label\": \"%s\"}}\n</tool_call>".formatted(label);
    }

    @Test
    void a_tool_whose_choice_is_empty_cannot_be_called() {
        var narrowed = turn().narrowed(List.of(labels()));
        for (int seed = 0; seed < 50; seed++) {
            assertEquals("final", call(walk(narrowed, seed, 60)).get("name").stringValue());
        }
    }

    @Test
    void where_one_tool_alone_is_left_no_other_can_be_called() {
        var whole = turn();
        var last = whole.only("final");
        for (int seed = 0; seed < 50; seed++) {
            assertEquals("final", call(walk(last, seed, 60)).get("name").stringValue());
        }
        assertTrue(Bytes.accepts(whole.open(PLAIN, Bytes.MASKS), text("anything")));
        assertFalse(Bytes.accepts(last.open(PLAIN, Bytes.MASKS), text("anything")));
        assertSame(last, whole.only("final"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 20})
    void a_turn_is_never_cut_off(int more) {
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var matcher = turn().open(vocabulary, masks);
            int room = matcher.rest() + more;
            int taken = 0;
            while (!matcher.isComplete()) {
                var allowed = members(matcher.mask(room - taken - 1));
                assertTrue(matcher.take(allowed.get(random.nextInt(allowed.size()))));
                taken++;
            }
            assertTrue(taken <= room);
        }
    }

    @Test
    void what_must_come_is_known_without_asking() {
        var matcher = turn().open(vocabulary, masks);
        assertEquals(
                "<tool_call>\n{\"name\": \"",
                new String(matcher.forced().bytes(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void tokens_with_the_same_bytes_are_allowed_alike() {
        var trie = new TokenTrie(new byte[][] {{'1'}, {'2'}, {'1'}, {}, {'1'}});
        var mask = Grammar.of(Json.parse("{\"const\": 1}"))
                .open(new TokenMasks(trie))
                .mask();
        assertTrue(mask.contains(0) && mask.contains(2) && mask.contains(4));
        assertFalse(mask.contains(1) || mask.contains(3));
    }
}

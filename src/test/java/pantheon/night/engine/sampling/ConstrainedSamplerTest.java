package pantheon.night.engine.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.ToolCard;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.model.Tokenizer;
import pantheon.night.prompt.ChatFormats;

/** Turns of a model that wants anything: its logits are made by chance. */
final class ConstrainedSamplerTest {
    private static final String ARGUMENTS = """
            {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}, "note": {"type": "string", "minLength": 2},
             "count": {"type": "integer", "minimum": 3}}, "required": ["status", "note"], "additionalProperties": false}""";

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

    private static ConstrainedSampler turn(int room) {
        var grammar = TurnGrammar.of(
                ChatFormats.QWEN.call(),
                List.of(
                        new ToolCard("final", "End.", Json.parse(ARGUMENTS)),
                        new ToolCard("find", "Find.", Json.parse(ARGUMENTS))));
        return new ConstrainedSampler(
                tokenizer, grammar.open(tokenizer.vocabulary(), masks), Set.of(tokenizer.turnEnd()), room);
    }

    /** Logits by chance; the end of the turn is wanted most, always. */
    private static float[] logits(Random random) {
        var logits = new float[tokenizer.size()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = random.nextFloat();
        }
        logits[tokenizer.turnEnd()] = 2;
        return logits;
    }

    private static String run(ConstrainedSampler turn, Random random) {
        turn.begin();
        for (int step = 0; step < 1_000; step++) {
            switch (turn.next(logits(random))) {
                case ENDED, LAST -> {
                    return tokenizer.decode(turn.tokens());
                }
                case NO_ROOM -> {
                    return "no room";
                }
                case WENT_ON -> {}
            }
        }
        return "no end";
    }

    @ParameterizedTest
    @ValueSource(ints = {70, 90, 140, 400})
    void is_a_whole_call_on_schema_within_its_room_whatever_the_model_wants(int room) {
        var schema = Schema.compile("arguments", Json.parse(ARGUMENTS));
        for (int seed = 0; seed < 50; seed++) {
            var turn = turn(room);
            var text = run(turn, new Random(seed));
            assertTrue(text.startsWith("<tool_call>\n{\"name\": \"fi") && text.endsWith("\n</tool_call>"), text);
            assertTrue(turn.tokens().size() <= room);
            if (!text.contains("\uFFFD")) {
                var call = Json.parse(text.substring(12, text.length() - 13));
                assertEquals(List.of(), schema.check(call.get("arguments")), text);
            }
        }
    }

    @Test
    void says_so_where_no_whole_call_fits() {
        assertEquals("no room", run(turn(20), new Random(1)));
    }

    @Test
    void what_must_come_is_added_without_asking_and_as_the_tokenizer_cuts_it() {
        var turn = turn(200);
        var text = run(turn, new Random(5));
        assertTrue(turn.forcedTokens() > 5, turn.forcedTokens() + " forced of " + turn.tokens());
        var head = tokenizer.encode(text.substring(0, text.indexOf("\"fi")));
        for (int i = 0; i < head.length - 1; i++) { // what follows may be part of the last
            assertEquals(head[i], turn.tokens().get(i));
        }
    }
}

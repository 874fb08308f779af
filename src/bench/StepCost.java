import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.engine.sampling.ConstrainedSampler;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.model.Tokenizer;
import pantheon.night.prompt.ChatFormats;

/** What the loop itself takes of a step: eight turns pick a token each under masks, from logits that are there already. */
final class StepCost {
    private static final int ROWS = 8;
    private static final int ROOM = 4_000;
    private static final int ROUNDS = 12;
    private static final List<ToolCard> CARDS = List.of(new ToolCard("save", "Saves.", Json.parse("""
            {"type": "object", "properties": {
              "path": {"type": "string", "pattern": "^[a-z]{1,12}\\\\.md$"},
              "kind": {"enum": ["note", "letter", "plan"]},
              "text": {"type": "string", "minLength": 40, "maxLength": 400},
              "count": {"type": "integer", "minimum": 0, "maximum": 999999}},
             "required": ["path", "kind", "text", "count"], "additionalProperties": false}""")));

    private StepCost() {}

    public static void main(String[] arguments) {
        try (var tokenizer = Tokenizer.load(Path.of(arguments[0]), ChatFormats.QWEN.stops())) {
            var masks = new TokenMasks(tokenizer.vocabulary().trie());
            var grammar = TurnGrammar.of(ChatFormats.QWEN.call(), CARDS);
            System.out.printf("%d tokens, %d rows, all refused a few times a turn%n", tokenizer.size(), ROWS);
            for (int round = 0; round < ROUNDS; round++) {
                round(tokenizer, masks, grammar, round);
            }
        }
    }

    private static void round(Tokenizer tokenizer, TokenMasks masks, TurnGrammar grammar, int round) {
        var random = new Random(round);
        var steps = new long[4_000];
        int count = 0;
        var turns = new ConstrainedSampler[ROWS];
        var logits = new float[ROWS][];
        for (int row = 0; row < ROWS; row++) {
            turns[row] = turn(tokenizer, masks, grammar);
            logits[row] = logits(tokenizer, random);
        }
        while (count < 1_000) {
            for (int row = 0; row < ROWS; row++) {
                // Another order of likelihoods at each step, without making all logits anew.
                for (int i = 0; i < 200; i++) {
                    logits[row][random.nextInt(tokenizer.size())] = (float) random.nextGaussian() * 3;
                }
            }
            long start = System.nanoTime();
            for (int row = 0; row < ROWS; row++) {
                switch (turns[row].next(logits[row])) {
                    case ENDED, LAST, NO_ROOM -> turns[row] = turn(tokenizer, masks, grammar);
                    case WENT_ON -> {}
                }
            }
            steps[count++] = System.nanoTime() - start;
        }
        Arrays.sort(steps, 0, count);
        System.out.printf(
                "round %2d: mean %.3f ms, median %.3f, p99 %.3f a step of %d rows%n",
                round,
                IntStream.range(0, count).mapToLong(i -> steps[i]).average().orElseThrow() / 1e6,
                steps[count / 2] / 1e6,
                steps[count * 99 / 100] / 1e6,
                ROWS);
    }

    private static ConstrainedSampler turn(Tokenizer tokenizer, TokenMasks masks, TurnGrammar grammar) {
        var turn =
                new ConstrainedSampler(tokenizer, grammar.open(tokenizer.vocabulary(), masks), tokenizer.stops(), ROOM);
        turn.begin();
        return turn;
    }

    private static float[] logits(Tokenizer tokenizer, Random random) {
        var logits = new float[tokenizer.size() + 300];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian() * 3;
        }
        return logits;
    }
}

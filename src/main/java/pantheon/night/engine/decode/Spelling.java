package pantheon.night.engine.decode;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.KeptOrder;
import pantheon.night.engine.sampling.ConstrainedSampler;
import pantheon.night.engine.sampling.GreedySampler;
import pantheon.night.engine.sampling.Sampler;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.model.Tokenizer;

/**
 * How a model's tokens spell text. Safe for use by several threads.
 */
public final class Spelling implements AutoCloseable {
    private static final int KEPT_PREFIXES = 16;

    private final Tokenizer tokenizer;
    private final TokenMasks masks;
    private final Set<Integer> ends;
    private final Map<String, int[]> prefixes = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param tokenizer closed with this
     * @param ends the tokens that end a turn
     */
    public Spelling(Tokenizer tokenizer, Set<Integer> ends) {
        this.tokenizer = tokenizer;
        this.ends = KeptOrder.set(ends);
        masks = new TokenMasks(tokenizer.vocabulary().trie());
    }

    public int[] encode(String text) {
        return tokenizer.encode(text);
    }

    /** The tokens of a text that many prompts begin with; not to be changed. */
    synchronized int[] prefix(String text) {
        var known = prefixes.get(text);
        if (known == null) {
            known = tokenizer.encode(text);
            prefixes.put(text, known);
            if (prefixes.size() > KEPT_PREFIXES) {
                prefixes.remove(prefixes.keySet().iterator().next());
            }
        }
        return known;
    }

    /** How many of the first of some tokens hold so many bytes; -1 where they are not as many. */
    int tokensOf(int[] tokens, int bytes) {
        int left = bytes;
        int count = 0;
        while (left > 0 && count < tokens.length) {
            left -= tokenizer.vocabulary().bytes(tokens[count]).length;
            count++;
        }
        return left > 0 ? -1 : count;
    }

    String decode(Sampler turn) {
        return tokenizer.decode(turn.tokens());
    }

    /**
     * Begins a turn.
     *
     * @param room the most tokens, its end among them
     */
    Sampler sampler(@Nullable TurnGrammar grammar, int room) {
        return grammar == null
                ? new GreedySampler(tokenizer, ends)
                : new ConstrainedSampler(
                        tokenizer, grammar.open(tokenizer.vocabulary(), masks), ends, room - 1, grammar.isNarrowed());
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

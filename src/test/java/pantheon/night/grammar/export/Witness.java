package pantheon.night.grammar.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.grammar.TokenMatcher;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.grammar.token.TokenTrie;
import pantheon.night.grammar.token.Vocabulary;

/**
 * A text that a turn's grammar allows, found by a walk through our own automaton: what an engine has to take that is held
 * to the exported one. Control tokens stand in it by their texts.
 */
public final class Witness {
    private static final int BYTES = 256;
    private static final TokenMasks MASKS = new TokenMasks(new TokenTrie(bytes()));

    private Witness() {}

    private static byte[][] bytes() {
        var tokens = new byte[BYTES][];
        for (int b = 0; b < BYTES; b++) {
            tokens[b] = new byte[] {(byte) b};
        }
        return tokens;
    }

    /** One of the shortest texts of a turn. */
    public static String of(TurnGrammar turn) {
        var matcher = turn.open(Vocabulary.NONE, MASKS);
        var text = new ByteArrayOutputStream();
        while (!matcher.mayEnd()) {
            text.write(next(matcher));
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static int next(TokenMatcher matcher) {
        TokenSet nearer = matcher.mask(matcher.rest() - 1);
        for (int b = 0; b < BYTES; b++) {
            if (nearer.contains(b) && matcher.take(b)) {
                return b;
            }
        }
        throw new IllegalStateException("a grammar without a text");
    }
}

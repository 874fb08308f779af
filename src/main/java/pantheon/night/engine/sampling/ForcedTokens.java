package pantheon.night.engine.sampling;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import pantheon.night.model.Tokenizer;

/**
 * The tokens that a tokenizer makes of bytes that must come behind a turn: those that it would make of them if it was given
 * the whole turn, found by the turn's last words alone.
 *
 * <p>No token goes beyond a word, and where words end is found from left to right. So what comes behind the start of a word
 * hangs on nothing before it. Words of which more than a few tokens have followed stay as they are, and are not looked at
 * again.
 */
final class ForcedTokens {
    /** So many of a turn's tokens are looked at again, and those of the word that the first of them is of. */
    private static final int OPEN = 8;

    private static final int[] NONE = {};

    private final Tokenizer tokenizer;
    /** A word of the turn begins with this token. */
    private int from;

    ForcedTokens(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * The tokens of some bytes; none where the tokenizer would have cut the turn's last word otherwise, now that they follow.
     *
     * @param turn the tokens of the same turn as before, and possibly more
     */
    int[] behind(List<Integer> turn, byte[] bytes) {
        var cut = tokenizer.cut(text(turn.subList(from, turn.size()), bytes));
        int end = tokensOf(length(turn.subList(from, turn.size())), cut);
        int alike = end < 0 ? 0 : alike(turn, cut, end);
        int word = end - alike;
        while (word < end && !cut.isWordStart(word)) {
            word++;
        }
        if (end < 0 || (word == end && end > 0)) {
            return NONE;
        }
        keep(turn, cut, word, end);
        return Arrays.copyOfRange(cut.ids(), end, cut.ids().length);
    }

    private String text(List<Integer> tokens, byte[] bytes) {
        var out = new ByteArrayOutputStream();
        tokens.forEach(token -> out.writeBytes(tokenizer.vocabulary().bytes(token)));
        out.writeBytes(bytes);
        return out.toString(StandardCharsets.UTF_8);
    }

    private int length(List<Integer> tokens) {
        return tokens.stream()
                .mapToInt(token -> tokenizer.vocabulary().bytes(token).length)
                .sum();
    }

    /** How many tokens make up the first bytes, or -1 where one goes beyond them. */
    private int tokensOf(int bytes, Tokenizer.Cut cut) {
        int left = bytes;
        int count = 0;
        while (left > 0 && count < cut.ids().length) {
            left -= tokenizer.vocabulary().bytes(cut.ids()[count]).length;
            count++;
        }
        return left == 0 ? count : -1;
    }

    /** How many of a turn's last tokens are those that end before a place in a cut. */
    private int alike(List<Integer> turn, Tokenizer.Cut cut, int end) {
        int alike = 0;
        while (alike < end
                && from + alike < turn.size()
                && turn.get(turn.size() - 1 - alike) == cut.ids()[end - 1 - alike]) {
            alike++;
        }
        return alike;
    }

    /** Leaves out next time what stays as it is: all before the last word that begins before the open tokens. */
    private void keep(List<Integer> turn, Tokenizer.Cut cut, int firstAlike, int end) {
        for (int word = end - OPEN; word > firstAlike; word--) {
            if (cut.isWordStart(word)) {
                from = turn.size() - (end - word);
                return;
            }
        }
    }
}

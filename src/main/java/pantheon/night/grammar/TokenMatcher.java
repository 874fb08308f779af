package pantheon.night.grammar;

import java.io.ByteArrayOutputStream;
import java.util.List;
import pantheon.night.grammar.machine.Frame;
import pantheon.night.grammar.machine.Frames;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.grammar.token.TokenTrie;

/**
 * One text under way: takes tokens that a grammar allows, and refuses all others. Used by one thread.
 */
public final class TokenMatcher {
    /** Nobody asks for more. */
    private static final int MOST_CERTAIN = 1 << 10;

    private final TokenMasks masks;
    private Frames here = new Frames();
    private Frames next = new Frames();
    private final Frames scratch = new Frames();

    TokenMatcher(TokenMasks masks, Iterable<Frame> start) {
        this.masks = masks;
        start.forEach(here::add);
    }

    /** Whether a token can come next. */
    public boolean allows(int token) {
        return stepped(token) && next.size() > 0;
    }

    /** Whether a token can come next, and what is left after it needs no more than so many tokens. */
    public boolean allows(int token, int tokensAfter) {
        return allows(token) && rest(next) <= tokensAfter;
    }

    /** Takes a token; where it is not allowed, nothing changes and the answer is no. */
    public boolean take(int token) {
        if (!allows(token)) {
            return false;
        }
        swap();
        return true;
    }

    /** How many of the first of some tokens can come next, one after the other; takes none. */
    public int allowed(int[] tokens) {
        var ahead = new TokenMatcher(masks, List.of());
        for (int i = 0; i < here.size(); i++) {
            ahead.here.add(here.get(i));
        }
        int count = 0;
        while (count < tokens.length && ahead.take(tokens[count])) {
            count++;
        }
        return count;
    }

    private void swap() {
        var before = here;
        here = next;
        next = before;
    }

    /** Steps a token's bytes from here into {@link #next}. */
    private boolean stepped(int token) {
        var bytes = masks.trie().bytes(token);
        if (bytes.length == 0) {
            return false;
        }
        var from = here;
        for (byte b : bytes) {
            step(from, b & 0xFF);
            from = next;
        }
        return true;
    }

    /** Steps a byte into {@link #next}, each frame once. */
    private void step(Frames from, int nextByte) {
        scratch.cut(0);
        step(from, nextByte, scratch);
        next.cut(0);
        for (int i = 0; i < scratch.size(); i++) {
            next.addOnce(scratch.get(i));
        }
    }

    private static void step(Frames from, int nextByte, Frames out) {
        for (int i = 0; i < from.size(); i++) {
            from.get(i).step(nextByte, out);
        }
    }

    /** Whether the text may end here. */
    public boolean mayEnd() {
        for (int i = 0; i < here.size(); i++) {
            if (here.get(i).mayEnd()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text has ended, with nothing that could still come. */
    public boolean isComplete() {
        return isComplete(here);
    }

    private static boolean isComplete(Frames frames) {
        for (int i = 0; i < frames.size(); i++) {
            if (!frames.get(i).isEnd()) {
                return false;
            }
        }
        return frames.size() > 0;
    }

    /** Tokens that surely suffice to complete the text from here. */
    public int rest() {
        return rest(here);
    }

    private static int rest(Frames frames) {
        int rest = Integer.MAX_VALUE;
        for (int i = 0; i < frames.size(); i++) {
            rest = Math.min(rest, frames.get(i).rest());
        }
        return rest;
    }

    /** The tokens that can come next; not to be changed, and good until the next call. */
    public TokenSet mask() {
        if (here.size() == 1) {
            return masks.mask(here.get(0));
        }
        var all = new TokenSet(masks.trie().size());
        for (int i = 0; i < here.size(); i++) {
            all.addAll(masks.mask(here.get(i)));
        }
        return all;
    }

    /** The tokens that can come next, and after which the text can be completed with so many more. */
    public TokenSet mask(int tokensAfter) {
        var all = new TokenSet(masks.trie().size());
        for (int i = 0; i < here.size(); i++) {
            all.addAll(masks.mask(here.get(i), tokensAfter));
        }
        return all;
    }

    /**
     * What must come next, whatever tokens bring it.
     *
     * @param bytes in UTF-8, possibly none
     * @param isWhole whether the text ends behind them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Forced(byte[] bytes, boolean isWhole) {}

    /** What must come next. */
    public Forced forced() {
        var bytes = new ByteArrayOutputStream();
        var from = here;
        for (int only; (only = only(from)) >= 0; ) {
            var behind = new Frames();
            step(from, only, behind);
            if (only != TokenTrie.CONTROL) {
                bytes.write(only);
            }
            from = behind;
        }
        return new Forced(bytes.toByteArray(), isComplete(from));
    }

    /** How many bytes come next whatever is written, each found by trying all; a {@link #forced} run may be shorter. */
    public int certain() {
        int count = 0;
        var from = here;
        for (var behind = certain(from); behind.size() > 0 && count < MOST_CERTAIN; behind = certain(from)) {
            from = behind;
            count++;
        }
        return count;
    }

    /** What is behind the only byte that can come next; nothing where there may be several. */
    private static Frames certain(Frames from) {
        var found = new Frames();
        for (int i = 0; i < from.size(); i++) {
            if (from.get(i).mayEnd()) {
                return new Frames();
            }
        }
        for (int next = 0; next <= 0xFF; next++) {
            var behind = new Frames();
            step(from, next, behind);
            if (behind.size() > 0 && found.size() > 0) {
                return new Frames();
            }
            found = behind.size() > 0 ? behind : found;
        }
        return once(found);
    }

    private static Frames once(Frames frames) {
        var once = new Frames();
        for (int i = 0; i < frames.size(); i++) {
            once.addOnce(frames.get(i));
        }
        return once;
    }

    private static int only(Frames frames) {
        int only = -1;
        for (int i = 0; i < frames.size(); i++) {
            int next = frames.get(i).only();
            if (next < 0 || (only >= 0 && next != only)) {
                return -1;
            }
            only = next;
        }
        return only;
    }
}

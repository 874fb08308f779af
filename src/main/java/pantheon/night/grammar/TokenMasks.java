package pantheon.night.grammar;

import pantheon.night.LastUsed;
import pantheon.night.grammar.machine.Frame;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.grammar.token.TokenTrie;

/**
 * Which tokens of a vocabulary are allowed at a place.
 *
 * <p>A token is allowed where some frame takes all of its bytes, so the mask of several frames is the union of theirs.
 * Kept masks are bounded in their bytes; the one used longest ago goes first. Shared by any number of texts, and safe for
 * use by several threads, which find masks side by side.
 */
public final class TokenMasks {
    private static final int KEPT_BYTES = 12 << 20;
    /** The bytes that a kept set takes beside its bits, about. */
    private static final int BESIDE = 256;

    private final TokenTrie trie;
    private final LastUsed<Frame, Mask> masks;
    private final Insides insides;

    public TokenMasks(TokenTrie trie) {
        this(trie, KEPT_BYTES);
    }

    /** @param keptBytes the bytes of the sets that are kept, for frames and between quotes each */
    TokenMasks(TokenTrie trie, int keptBytes) {
        this.trie = trie;
        int most = Math.max(1, keptBytes / (trie.size() / Byte.SIZE + BESIDE));
        masks = new LastUsed<>(most);
        insides = new Insides(trie, most);
    }

    public TokenTrie trie() {
        return trie;
    }

    /**
     * The tokens that a frame allows.
     *
     * @param mostLeft so many tokens surely suffice to complete the text after any of them
     */
    private record Mask(TokenSet tokens, int mostLeft) {}

    /** The tokens that a frame allows; shared, not to be changed. */
    TokenSet mask(Frame frame) {
        return known(frame).tokens();
    }

    /** The tokens after which the whole text can still be completed with so many more; not to be changed. */
    TokenSet mask(Frame frame, int tokensAfter) {
        var known = known(frame);
        return known.mostLeft() <= tokensAfter
                ? known.tokens()
                : walk(frame, tokensAfter).tokens();
    }

    private Mask known(Frame frame) {
        return masks.get(frame, () -> {
            var walk = walk(frame, MaskWalk.UNBOUNDED);
            return new Mask(walk.tokens(), walk.mostLeft());
        });
    }

    private MaskWalk walk(Frame frame, int budget) {
        var walk = new MaskWalk(trie, insides, budget);
        walk.from(frame, TokenTrie.ROOT);
        return walk;
    }
}

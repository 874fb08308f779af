package pantheon.night.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.machine.Frame;
import pantheon.night.grammar.machine.Frames;
import pantheon.night.grammar.machine.OtherKeyFrame;
import pantheon.night.grammar.machine.OtherKeyFrame.Rival;
import pantheon.night.grammar.machine.QuotedFrame;
import pantheon.night.grammar.machine.StringFrame;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.grammar.token.TokenTrie;

/**
 * One walk through the tree of tokens, with the frames that their bytes lead to, into one set.
 *
 * <p>Inside of quotes, where almost every token fits, it has two parts: the tokens that stay inside, which depend on the
 * language alone, and the few nodes behind a closing quote, from which the walk goes on with what comes after.
 */
final class MaskWalk {
    static final int UNBOUNDED = Integer.MAX_VALUE;

    private final TokenTrie trie;
    private final Insides insides;
    private final Frames frames = new Frames();
    private final TokenSet out;
    private final int budget;
    private int mostLeft;

    /** @param budget only tokens after which the text can be completed with so many more are taken */
    MaskWalk(TokenTrie trie, Insides insides, int budget) {
        this.trie = trie;
        this.insides = insides;
        this.budget = budget;
        out = new TokenSet(trie.size());
    }

    /** The tokens found. */
    TokenSet tokens() {
        return out;
    }

    /** So many tokens surely suffice to complete the text after each token found, where the walk was not bounded. */
    int mostLeft() {
        return mostLeft;
    }

    void from(Frame frame, int node) {
        if (frame instanceof QuotedFrame quoted) {
            quoted(quoted, node);
            return;
        }
        int only = frame.only();
        if (only < 0) {
            intoAll(frame, node);
        } else if (trie.child(node, only) >= 0) {
            into(frame, trie.child(node, only));
        }
    }

    private void intoAll(Frame frame, int node) {
        int end = trie.end(node);
        for (int child = trie.firstChild(node); child < end; child = trie.end(child)) {
            into(frame, child);
        }
    }

    private void into(Frame frame, int child) {
        int start = frames.size();
        frame.step(trie.label(child), frames);
        int found = frames.size();
        for (int i = start; i < found; i++) {
            reached(frames.get(i), child);
        }
        frames.cut(start);
    }

    private void reached(Frame frame, int node) {
        int token = trie.token(node);
        if (token >= 0 && (budget == UNBOUNDED || frame.rest() <= budget)) {
            trie.add(token, out);
            mostLeft = Math.max(mostLeft, frame.rest());
        }
        if (trie.firstChild(node) < trie.end(node)) {
            from(frame, node);
        }
    }

    private void quoted(QuotedFrame frame, int node) {
        var counted = frame instanceof StringFrame string && string.shape().isCounted() ? string : null;
        var rivals = frame instanceof OtherKeyFrame key ? key.rivals(trie, node) : List.<Rival>of();
        int most = mostLeft(frame, counted);
        var inside = budget >= most
                ? insides.get(frame, counted, node)
                : late(insides.within(budget - 1 - frame.restBehind(), frame, counted, node), frame, node, rivals);
        out.addAll(inside.tokens());
        mostLeft = Math.max(mostLeft, most);
        int needed = counted == null ? 0 : counted.shape().min() - counted.count();
        var closed = frame.closed();
        for (int i = 0; i < inside.exits(); i++) {
            int exit = inside.exit(i);
            if (inside.length(i) >= needed && !isRival(exit, rivals)) {
                reached(closed, exit);
            }
        }
    }

    /** The tokens that surely suffice after any that stays inside: one more where a name must go on, one for the quote. */
    private static int mostLeft(QuotedFrame frame, @Nullable StringFrame counted) {
        int missing = counted == null ? 0 : Math.max(0, counted.shape().min() - counted.count());
        long most = (long) frame.texts().longestShortest() + missing + 2 + frame.restBehind();
        return (int) Math.min(most, UNBOUNDED);
    }

    /** Takes out the names that may not stand here where there is no room for a longer one. */
    private Inside late(Inside inside, QuotedFrame frame, int node, List<Rival> rivals) {
        for (var rival : rivals) {
            int token = trie.token(rival.node());
            int rest = frame.texts().shortest(rival.state()) + 2;
            if (token >= 0 && rival.node() != node && (long) rest + frame.restBehind() > budget) {
                trie.remove(token, inside.tokens());
            }
        }
        return inside;
    }

    private boolean isRival(int exit, List<Rival> rivals) {
        for (int i = 0; i < rivals.size(); i++) {
            if (trie.child(rivals.get(i).node(), '"') == exit) {
                return true;
            }
        }
        return false;
    }
}

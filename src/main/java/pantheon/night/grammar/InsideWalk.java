package pantheon.night.grammar;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.machine.StringFrame;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.grammar.token.TokenTrie;
import pantheon.night.language.free.FreeRuns.Run;
import pantheon.night.language.text.ByteTable;

/**
 * The part of a walk through the tree of tokens that stays between the quotes.
 *
 * <p>Where a run of characters is free, whatever they are, the slice of the tokens made of such is taken as a whole, and
 * the walk passes over them.
 */
final class InsideWalk {
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final TokenTrie trie;
    private final ByteTable texts;
    private final int closing;
    private final @Nullable StringFrame counted;
    private final int spare;
    private final TokenSet tokens;
    private final Inside found;
    private List<Run> free = List.of();

    /**
     * @param closing the byte that ends what is inside
     * @param counted where characters are counted, the frame that does
     * @param spare the bytes that may be left before the closing quote
     */
    InsideWalk(TokenTrie trie, ByteTable texts, int closing, @Nullable StringFrame counted, int spare) {
        this.trie = trie;
        this.texts = texts;
        this.closing = closing;
        this.counted = counted;
        this.spare = spare;
        tokens = new TokenSet(trie.size());
        found = new Inside(tokens);
    }

    Inside from(int state, int node) {
        if (node == TokenTrie.ROOT && spare == UNBOUNDED && texts.isBetween(state)) {
            takeSlices(state);
        }
        below(node, state, 0);
        return found;
    }

    private void takeSlices(int state) {
        int most = counted == null ? UNBOUNDED : counted.shape().safe(counted.count());
        var taken = new ArrayList<Run>();
        for (var run : texts.freeRuns().from(state)) {
            int length = trie.slices().cut(Math.min(run.length(), most));
            if (length > 0) {
                tokens.addAll(trie.slices().slice(run.groups(), length));
                taken.add(new Run(run.groups(), length));
            }
        }
        free = taken;
    }

    private boolean isFree(int node) {
        for (int i = 0; i < free.size(); i++) {
            var run = free.get(i);
            if (trie.isWithin(node, run.groups(), run.length())) {
                return true;
            }
        }
        return false;
    }

    private void below(int node, int state, int length) {
        int end = trie.end(node);
        for (int child = trie.firstChild(node); child < end; child = trie.end(child)) {
            if (!isFree(child)) {
                step(child, state, length);
            }
        }
    }

    private void step(int child, int state, int length) {
        int label = trie.label(child);
        int next = texts.step(state, label);
        if (next >= 0) {
            reached(child, next, length + (texts.isBetween(state) ? 1 : 0));
        }
        if (label == closing && texts.accepts(state)) {
            found.add(child, length);
        }
    }

    private void reached(int node, int state, int length) {
        if (counted != null && !counted.shape().canEnd(state, counted.count() + length)) {
            return;
        }
        int token = trie.token(node);
        if (token >= 0 && (spare == UNBOUNDED || rest(state, length) <= spare)) {
            trie.add(token, tokens);
        }
        if (trie.firstChild(node) < trie.end(node)) {
            below(node, state, length);
        }
    }

    private int rest(int state, int longer) {
        return counted == null ? texts.shortest(state) : counted.shape().rest(state, counted.count() + longer);
    }
}

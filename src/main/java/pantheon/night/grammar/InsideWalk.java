package pantheon.night.grammar;

import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.machine.StringFrame;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.grammar.token.TokenTrie;
import pantheon.night.language.free.FreeRuns.Runs;
import pantheon.night.language.text.ByteTable;

/**
 * The part of a walk through the tree of tokens that stays between the quotes.
 *
 * <p>Where a run of characters is free, whatever they are, the walk passes over the tokens made of such. Where such a run
 * begins with the walk, the whole slice of the vocabulary is taken first, and what turns out to be refused is taken out.
 */
final class InsideWalk {
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    /** Where fewer characters are free, most tokens that begin so are refused. */
    private static final int WORTH_TAKING = 3;

    private final TokenTrie trie;
    private final ByteTable texts;
    private final int closing;
    private final @Nullable StringFrame counted;
    private final int spare;
    private final TokenSet tokens;
    private final Inside found;
    /** What may be passed over, null where nothing is. */
    private @Nullable Runs free;
    /** Tokens of those groups with at most so many characters are in the set from the beginning. */
    private int taken;

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
        if (node == TokenTrie.ROOT && spare == UNBOUNDED && texts.isBetween(state) && !texts.isEmpty()) {
            free = texts.freeRuns().from(state, WORTH_TAKING);
            takeSlice(state, free);
        }
        below(node, state, 0);
        return found;
    }

    /** Takes the tokens that may be fine whatever they are, where it is likely that most of them are. */
    private void takeSlice(int state, Runs runs) {
        int most = counted == null ? UNBOUNDED : counted.shape().safe(counted.count());
        int length = trie.slices().cut(most);
        if (runs.groups() != 0 && runs.length(state) >= WORTH_TAKING && length >= WORTH_TAKING) {
            tokens.addAll(trie.slices().slice(runs.groups(), length));
            taken = length;
        }
    }

    private void below(int node, int state, int length) {
        int end = trie.end(node);
        int left = left(state, length);
        for (int child = trie.firstChild(node); child < end; child = trie.end(child)) {
            if (left == 0 || !isPassed(child, (int) Math.min((long) length + left, UNBOUNDED))) {
                step(child, state, length);
            }
        }
    }

    /** Whether all from a node on is free with so many characters; it is taken then. */
    private boolean isPassed(int node, int length) {
        int groups = free == null ? 0 : free.groups();
        boolean passed = trie.isWithin(node, groups, length);
        if (passed && !trie.isWithin(node, groups, taken)) {
            trie.addAll(node, tokens);
        }
        return passed;
    }

    /** How many characters are free. */
    private int left(int state, int length) {
        if (free == null || !texts.isBetween(state)) {
            return 0;
        }
        int run = free.length(state);
        return counted == null ? run : Math.min(run, counted.shape().safe(counted.count() + length));
    }

    private void step(int child, int state, int length) {
        int label = trie.label(child);
        int next = texts.step(state, label);
        if (next >= 0) {
            reached(child, next, length + (texts.isBetween(state) ? 1 : 0));
        } else {
            refuse(child);
        }
        if (label == closing && texts.accepts(state)) {
            found.add(child, length);
        }
    }

    /** Takes out what was taken from the beginning, as far as it goes on so. */
    private void refuse(int node) {
        if (taken > 0) {
            trie.removeAll(node, tokens);
        }
    }

    private void reached(int node, int state, int length) {
        if (counted != null && !counted.shape().canEnd(state, counted.count() + length)) {
            refuse(node);
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

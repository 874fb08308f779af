package pantheon.night.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.machine.Frame;
import pantheon.night.grammar.machine.Frames;
import pantheon.night.grammar.machine.OtherKeyFrame;
import pantheon.night.grammar.machine.QuotedFrame;
import pantheon.night.grammar.machine.StringFrame;
import pantheon.night.grammar.schema.StringShape;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.grammar.token.TokenTrie;
import pantheon.night.language.text.ByteTable;

/**
 * Which tokens of a vocabulary are allowed at a place.
 *
 * <p>A token is allowed where some frame takes all of its bytes, so the mask of several frames is the union of theirs.
 * A frame's mask is found by a walk through the tree of tokens. Inside of quotes, where almost every token fits, the
 * walk has two parts: the tokens that stay inside, which depend on the language alone and are kept, and the few nodes
 * behind a closing quote, from which the walk goes on with what comes after. Kept masks are bounded in number; the one
 * used longest ago goes first. Safe for use by several threads.
 */
public final class TokenMasks {
    private static final int KEPT_MASKS = 512;
    private static final int KEPT_INSIDES = 512;
    /** Parts of the tree that are smaller than this are walked anew each time. */
    private static final int WORTH_KEEPING = 256;

    /** Where fewer characters than this are surely fine, so many tokens are too long that a walk is quicker. */
    private static final int WORTH_FILTERING = 4;

    private static final int UNCOUNTED = -1;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final TokenTrie trie;
    private final Map<Frame, TokenSet> masks = new Kept<>(KEPT_MASKS);
    private final Map<Place, Inside> insides = new Kept<>(KEPT_INSIDES);
    private final Frames frames = new Frames();

    public TokenMasks(TokenTrie trie) {
        this.trie = trie;
    }

    public TokenTrie trie() {
        return trie;
    }

    /** A place between quotes; shape is null where characters are not counted. */
    private record Place(
            ByteTable texts, int state, int room, @Nullable StringShape shape, int count, int node) {}

    /** A node behind a closing quote, and the characters before it. */
    private record Exit(int node, int length) {}

    /** What lies between the quotes: the tokens that stay inside, and the ways out. */
    private record Inside(TokenSet tokens, List<Exit> exits) {
        /** The ways out behind at most so many characters. */
        List<Exit> exits(int most) {
            return exits.stream().filter(exit -> exit.length() <= most).toList();
        }
    }

    /** The tokens that a frame allows; shared, not to be changed. */
    synchronized TokenSet mask(Frame frame) {
        var known = masks.get(frame);
        if (known == null) {
            known = new TokenSet(trie.size());
            new Walk(known, UNBOUNDED).from(frame, TokenTrie.ROOT);
            masks.put(frame, known);
        }
        return known;
    }

    /** The tokens after which the whole text can still be completed with so many more. */
    synchronized TokenSet mask(Frame frame, int tokensAfter) {
        var found = new TokenSet(trie.size());
        new Walk(found, tokensAfter).from(frame, TokenTrie.ROOT);
        return found;
    }

    /** One walk, into one set. */
    private final class Walk {
        private final TokenSet out;
        private final int budget;

        Walk(TokenSet out, int budget) {
            this.out = out;
            this.budget = budget;
        }

        void from(Frame frame, int node) {
            // What is left of a key depends on the names that it may not be, which only its own steps know.
            boolean stepped = budget != UNBOUNDED && frame instanceof OtherKeyFrame key && key.hasRivals();
            if (frame instanceof QuotedFrame quoted && !stepped) {
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
            }
            if (trie.firstChild(node) < trie.end(node)) {
                from(frame, node);
            }
        }

        private void quoted(QuotedFrame frame, int node) {
            var string = frame instanceof StringFrame value ? value : null;
            boolean counted = string != null && string.shape().isCounted();
            var inside = inside(frame, counted ? string : null, node);
            out.addAll(inside.tokens());
            int needed = counted && string != null ? string.shape().min() - string.count() : 0;
            var key = frame instanceof OtherKeyFrame other && other.hasRivals() ? other : null;
            var closed = frame.closed();
            for (var exit : inside.exits()) {
                if (exit.length() >= needed && (key == null || !isTaken(key, node, exit.node()))) {
                    reached(closed, exit.node());
                }
            }
        }

        private Inside inside(QuotedFrame frame, @Nullable StringFrame counted, int node) {
            if (budget != UNBOUNDED) {
                return find(frame, counted, node, budget - 1 - frame.restBehind());
            }
            if (trie.end(node) - node < WORTH_KEEPING) {
                return find(frame, counted, node, UNBOUNDED);
            }
            var place = place(frame, counted, node);
            var known = insides.get(place);
            if (known == null) {
                known = find(frame, counted, node, UNBOUNDED);
                insides.put(place, known);
            }
            return known;
        }

        private Place place(QuotedFrame frame, @Nullable StringFrame counted, int node) {
            if (counted == null) {
                return new Place(frame.texts(), frame.state(), UNCOUNTED, null, 0, node);
            }
            var shape = counted.shape();
            if (shape.isFarFromEnd(counted.count(), trie.longest())) {
                return new Place(frame.texts(), frame.state(), UNBOUNDED, null, 0, node);
            }
            return shape.lengths().isEverything()
                    ? new Place(frame.texts(), frame.state(), shape.max() - counted.count(), null, 0, node)
                    : new Place(frame.texts(), frame.state(), UNBOUNDED, shape, counted.count(), node);
        }

        private Inside find(QuotedFrame frame, @Nullable StringFrame counted, int node, int spare) {
            if (counted != null
                    && node == TokenTrie.ROOT
                    && spare == UNBOUNDED
                    && counted.shape().safe(counted.count()) >= WORTH_FILTERING) {
                return filtered(counted, inside(frame, null, node));
            }
            var walk = new InsideWalk(frame.texts(), counted, spare);
            walk.below(node, frame.state(), 0);
            return new Inside(walk.tokens, walk.exits);
        }
    }

    /** What is left of the tokens between quotes where the longest of them would be too long. */
    private Inside filtered(StringFrame counted, Inside all) {
        var shape = counted.shape();
        var kept = new TokenSet(trie.size());
        kept.copyFrom(all.tokens());
        int doubtful = trie.lengths().longerThan(shape.safe(counted.count()));
        for (int i = 0; i < doubtful; i++) {
            int token = trie.lengths().token(i);
            if (kept.contains(token) && !staysInside(counted, trie.bytes(token))) {
                kept.remove(token);
            }
        }
        return new Inside(kept, all.exits(shape.max() - counted.count()));
    }

    private static boolean staysInside(StringFrame counted, byte[] bytes) {
        var shape = counted.shape();
        int state = counted.state();
        int count = counted.count();
        for (byte b : bytes) {
            count = shape.count(count, state);
            state = shape.texts().step(state, b & 0xFF);
            if (state < 0 || !shape.canEnd(state, count)) {
                return false;
            }
        }
        return true;
    }

    /** The part of a walk that stays between the quotes. */
    private final class InsideWalk {
        private final TokenSet tokens = new TokenSet(trie.size());
        private final List<Exit> exits = new ArrayList<>();
        private final ByteTable texts;
        private final @Nullable StringFrame counted;
        private final int spare;

        InsideWalk(ByteTable texts, @Nullable StringFrame counted, int spare) {
            this.texts = texts;
            this.counted = counted;
            this.spare = spare;
        }

        void below(int node, int state, int length) {
            int end = trie.end(node);
            for (int child = trie.firstChild(node); child < end; child = trie.end(child)) {
                step(child, state, length);
            }
        }

        private void step(int child, int state, int length) {
            int label = trie.label(child);
            int next = texts.step(state, label);
            if (next >= 0) {
                reached(child, next, length + (texts.isBetween(state) ? 1 : 0));
            } else if (label == '"' && texts.accepts(state)) {
                exits.add(new Exit(child, length));
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

    /** The bytes on the way from a node to one below it. */
    private byte[] path(int from, int to) {
        var path = new byte[trie.longest()];
        int length = 0;
        int node = from;
        while (node != to) {
            int child = trie.firstChild(node);
            while (trie.end(child) <= to) {
                child = trie.end(child);
            }
            path[length++] = (byte) trie.label(child);
            node = child;
        }
        return java.util.Arrays.copyOf(path, length);
    }

    private boolean isTaken(OtherKeyFrame key, int from, int exit) {
        var path = path(from, exit);
        return key.isTakenWith(path, path.length - 1);
    }

    /** The newest entries of a map. */
    private static final class Kept<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int most;

        Kept(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }
}

package pantheon.night.grammar;

import org.jspecify.annotations.Nullable;
import pantheon.night.LastUsed;
import pantheon.night.grammar.machine.QuotedFrame;
import pantheon.night.grammar.machine.StringFrame;
import pantheon.night.grammar.schema.StringShape;
import pantheon.night.grammar.token.TokenTrie;
import pantheon.night.language.text.ByteTable;

/** What lies between quotes, by the place where it begins; found once, and kept. Safe for use by several threads. */
final class Insides {
    /** Parts of the tree that are smaller than this are walked anew each time. */
    private static final int WORTH_KEEPING = 256;

    private static final int UNCOUNTED = -1;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final TokenTrie trie;
    private final LastUsed<Place, Inside> kept;

    /** @param most how many are kept at most */
    Insides(TokenTrie trie, int most) {
        this.trie = trie;
        kept = new LastUsed<>(most);
    }

    /** A place between quotes; shape is null where nothing but a number of characters decides. */
    private record Place(
            ByteTable texts, int state, int room, @Nullable StringShape shape, int count, int node) {}

    /**
     * What lies inside from a node of the tree on; shared, not to be changed.
     *
     * @param counted the same frame where characters are counted
     */
    Inside get(QuotedFrame frame, @Nullable StringFrame counted, int node) {
        if (trie.end(node) - node < WORTH_KEEPING) {
            return within(UNBOUNDED, frame, counted, node);
        }
        var place = place(frame, counted, node);
        boolean far = place.room() == UNCOUNTED;
        return kept.get(place, () -> within(UNBOUNDED, frame, far ? null : counted, node));
    }

    private Place place(QuotedFrame frame, @Nullable StringFrame counted, int node) {
        if (counted == null || counted.shape().isFarFromEnd(counted.count(), trie.longest())) {
            return new Place(frame.texts(), frame.state(), UNCOUNTED, null, 0, node);
        }
        var shape = counted.shape();
        return shape.lengths().isEverything()
                ? new Place(frame.texts(), frame.state(), shape.max() - counted.count(), null, 0, node)
                : new Place(frame.texts(), frame.state(), UNBOUNDED, shape, counted.count(), node);
    }

    /** The same, as far as only so many bytes are left before the closing quote; made anew. */
    Inside within(int spare, QuotedFrame frame, @Nullable StringFrame counted, int node) {
        return new InsideWalk(trie, frame.texts(), frame.closing(), counted, spare).from(frame.state(), node);
    }
}

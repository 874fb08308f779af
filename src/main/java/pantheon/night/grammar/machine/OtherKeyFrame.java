package pantheon.night.grammar.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import pantheon.night.grammar.schema.NameTrie;
import pantheon.night.grammar.schema.ObjectShape.Others;
import pantheon.night.grammar.token.TokenTrie;
import pantheon.night.language.text.ByteTable;

/** Inside the key of a property whose name is not known. */
public final class OtherKeyFrame extends QuotedFrame {
    private final ObjectFrame object;
    private final Others others;
    private final int state;
    private final byte[] written;

    private OtherKeyFrame(ObjectFrame object, Others others, int state, byte[] written) {
        super(object, (others.hashCode() * 31 + state) * 31 + Arrays.hashCode(written));
        this.object = object;
        this.others = others;
        this.state = state;
        this.written = written;
    }

    static Frame open(ObjectFrame object, Others others) {
        return new OtherKeyFrame(object, others, others.names().start(), new byte[0]);
    }

    @Override
    public void step(int nextByte, Frames out) {
        int next = others.names().step(state, nextByte);
        if (next >= 0) {
            var longer = Arrays.copyOf(written, written.length + 1);
            longer[written.length] = (byte) nextByte;
            out.add(new OtherKeyFrame(object, others, next, longer));
        } else if (nextByte == '"' && others.names().accepts(state) && !isTaken(written)) {
            out.add(object.other(others, Name.of(written)));
        }
    }

    /** Whether a name is a known one, or stands in the object already. */
    private boolean isTaken(byte[] name) {
        for (var taken = object.taken(); taken != null; taken = taken.older()) {
            if (Arrays.equals(taken.written(), name)) {
                return true;
            }
        }
        if (!others.any()) {
            return false; // the language was made without the known names
        }
        return object.shape().names().end(place(name)) != NameTrie.NONE;
    }

    /** Where among the known names one stands that begins so, or {@link NameTrie#NONE}. */
    private int place(byte[] begun) {
        int node = NameTrie.ROOT;
        for (int i = 0; i < begun.length && node != NameTrie.NONE; i++) {
            node = object.shape().names().step(node, begun[i] & 0xFF);
        }
        return node;
    }

    @Override
    public ByteTable texts() {
        return others.names();
    }

    @Override
    public int state() {
        return state;
    }

    /**
     * A name that may not stand here, and begins with what is written.
     *
     * @param node where in the tree of tokens it is complete
     * @param state where in {@link #texts} it is complete
     */
    public record Rival(int node, int state) {}

    /** The names that may not stand here, as far as tokens from a node on complete them. */
    public List<Rival> rivals(TokenTrie trie, int node) {
        var found = new ArrayList<Rival>();
        for (var taken = object.taken(); taken != null; taken = taken.older()) {
            var name = taken.written();
            if (Arrays.equals(name, 0, Math.min(written.length, name.length), written, 0, written.length)) {
                completed(name, trie, node, found);
            }
        }
        if (others.any()) {
            known(place(written), state, trie, node, found);
        }
        return found;
    }

    private void completed(byte[] name, TokenTrie trie, int from, List<Rival> found) {
        int node = from;
        int reached = state;
        for (int i = written.length; i < name.length && node >= 0 && reached >= 0; i++) {
            node = trie.child(node, name[i] & 0xFF);
            reached = others.names().step(reached, name[i] & 0xFF);
        }
        if (node >= 0 && reached >= 0) {
            found.add(new Rival(node, reached));
        }
    }

    /** Walks the known names and the tokens side by side. */
    private void known(int place, int reached, TokenTrie trie, int node, List<Rival> found) {
        var names = object.shape().names();
        if (names.end(place) != NameTrie.NONE) {
            found.add(new Rival(node, reached));
        }
        var edges = place == NameTrie.NONE ? new int[0] : names.edges(place);
        for (int i = 0; i < edges.length; i += 2) {
            int child = trie.child(node, edges[i]);
            int next = others.names().step(reached, edges[i]);
            if (child >= 0 && next >= 0) {
                known(edges[i + 1], next, trie, child, found);
            }
        }
    }

    @Override
    public int closing() {
        return '"';
    }

    @Override
    public Frame closed() {
        return object.other(others, Name.of(written));
    }

    @Override
    public int restBehind() {
        return sum(2 + others.values().shortest(), object.restBehind(object.from()));
    }

    @Override
    int left() {
        int longer = others.names().accepts(state) && isTaken(written) ? 1 : 0;
        return sum(others.names().shortest(state) + longer + 1, restBehind());
    }

    @Override
    boolean isAt(Frame other) {
        return other instanceof OtherKeyFrame that
                && others.equals(that.others)
                && state == that.state
                && Arrays.equals(written, that.written);
    }
}

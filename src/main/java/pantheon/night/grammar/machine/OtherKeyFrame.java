package pantheon.night.grammar.machine;

import java.util.Arrays;
import pantheon.night.grammar.schema.NameTrie;
import pantheon.night.grammar.schema.ObjectShape.Others;
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

    /** Whether the name that more bytes complete may not stand here. */
    public boolean isTakenWith(byte[] more, int length) {
        var whole = Arrays.copyOf(written, written.length + length);
        System.arraycopy(more, 0, whole, written.length, length);
        return isTaken(whole);
    }

    /** Whether any name that begins with what is written may not stand here. */
    public boolean hasRivals() {
        return object.taken() != null
                || (others.any() && object.shape().knowsNames() && place(written) != NameTrie.NONE);
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
    public int rest() {
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

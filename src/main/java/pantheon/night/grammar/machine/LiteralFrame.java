package pantheon.night.grammar.machine;

import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.schema.ValueSet;

/** Inside a fixed text, which a value may follow. */
public final class LiteralFrame extends Frame {
    private final Literal text;
    private final int at;
    private final @Nullable ValueSet value;

    private LiteralFrame(Literal text, int at, @Nullable ValueSet value, Frame after) {
        super(after, (System.identityHashCode(text) * 31 + at) * 31 + System.identityHashCode(value));
        this.text = text;
        this.at = at;
        this.value = value;
    }

    /** Before a text, and the value behind it, if any. */
    public static Frame of(Literal text, @Nullable ValueSet value, Frame after) {
        return new LiteralFrame(text, 0, value, after);
    }

    @Override
    public void step(int nextByte, Frames out) {
        if (text.at(at) == nextByte) {
            if (at + 1 < text.length()) {
                out.add(new LiteralFrame(text, at + 1, value, after()));
            } else {
                out.add(value == null ? after() : new ValueFrame(value, after()));
            }
        }
    }

    @Override
    int left() {
        return sum(text.rest(at), sum(value == null ? 0 : value.shortest(), after().rest()));
    }

    @Override
    public int only() {
        return text.at(at);
    }

    @Override
    boolean isAt(Frame other) {
        return other instanceof LiteralFrame that && text == that.text && at == that.at && value == that.value;
    }
}

package pantheon.night.grammar.machine;

import pantheon.night.grammar.schema.StringShape;
import pantheon.night.language.text.ByteTable;

/** Inside a string value. Where its length has no bounds, characters are not counted. */
public final class StringFrame extends QuotedFrame {
    private final StringShape shape;
    private final int state;
    private final int count;

    private StringFrame(StringShape shape, int state, int count, Frame after) {
        super(after, (shape.hashCode() * 31 + state) * 31 + count);
        this.shape = shape;
        this.state = state;
        this.count = count;
    }

    /** Behind the opening quote. */
    static Frame open(StringShape shape, Frame after) {
        return new StringFrame(shape, shape.texts().start(), 0, after);
    }

    @Override
    public void step(int nextByte, Frames out) {
        int next = shape.texts().step(state, nextByte);
        if (next >= 0) {
            int counted = shape.count(count, state);
            if (shape.canEnd(next, counted)) {
                out.add(new StringFrame(shape, next, counted, after()));
            }
        }
        if (nextByte == shape.quote().closing() && shape.texts().accepts(state) && count >= shape.min()) {
            close(out);
        }
    }

    /** Behind a quote comes what follows; a bare string has ended where that begins. */
    private void close(Frames out) {
        if (shape.isBare()) {
            after().step(shape.quote().closing(), out);
        } else {
            out.add(after());
        }
    }

    public StringShape shape() {
        return shape;
    }

    public int count() {
        return count;
    }

    @Override
    public ByteTable texts() {
        return shape.texts();
    }

    @Override
    public int state() {
        return state;
    }

    @Override
    public int closing() {
        return shape.quote().closing();
    }

    @Override
    public Frame closed() {
        var behind = new Frames();
        close(behind);
        return behind.get(0);
    }

    @Override
    public int restBehind() {
        return after().rest() - (shape.isBare() ? 1 : 0);
    }

    @Override
    int left() {
        return sum(1 + shape.rest(state, count), restBehind());
    }

    @Override
    boolean isAt(Frame other) {
        return other instanceof StringFrame that
                && shape.equals(that.shape)
                && state == that.state
                && count == that.count;
    }
}

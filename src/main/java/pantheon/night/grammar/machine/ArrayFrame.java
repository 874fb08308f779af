package pantheon.night.grammar.machine;

import pantheon.night.grammar.schema.ArrayShape;

/** Inside an array, behind its bracket or behind an item. */
final class ArrayFrame extends Frame {
    private final ArrayShape shape;
    private final int count;

    private ArrayFrame(ArrayShape shape, int count, Frame after) {
        super(after, System.identityHashCode(shape) * 31 + count);
        this.shape = shape;
        this.count = count;
    }

    static Frame open(ArrayShape shape, Frame after) {
        return new ArrayFrame(shape, 0, after);
    }

    @Override
    public void step(int nextByte, Frames out) {
        if (nextByte == ']') {
            if (count >= shape.min()) {
                out.add(after());
            }
        } else if (shape.canHold(count)) {
            var next = new ArrayFrame(shape, shape.counted(count + 1), after());
            if (count == 0) {
                ValueFrame.enter(shape.item(0), nextByte, next, out);
            } else if (nextByte == ',') {
                out.add(LiteralFrame.of(Literal.BLANK, shape.item(count), next));
            }
        }
    }

    @Override
    int left() {
        return sum(shape.shortest(count), after().rest());
    }

    @Override
    boolean isAt(Frame other) {
        return other instanceof ArrayFrame that && shape == that.shape && count == that.count;
    }
}

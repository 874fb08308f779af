package pantheon.night.grammar.machine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.schema.NameTrie;
import pantheon.night.grammar.schema.ObjectShape;

/** Inside an object: behind its brace, behind a value, or before a key. */
final class ObjectFrame extends Frame {
    private enum Phase {
        OPEN,
        BEHIND_VALUE,
        BEFORE_KEY
    }

    private final ObjectShape shape;
    private final Phase phase;
    /** The first known property that can still come. */
    private final int from;

    private final int count;
    /** The other names that were taken, the last one first. */
    private final @Nullable Name taken;

    private ObjectFrame(ObjectShape shape, Phase phase, int from, int count, @Nullable Name taken, Frame after) {
        super(
                after,
                (((System.identityHashCode(shape) * 31 + phase.hashCode()) * 31 + from) * 31 + count) * 31
                        + Objects.hashCode(taken));
        this.shape = shape;
        this.phase = phase;
        this.from = from;
        this.count = count;
        this.taken = taken;
    }

    static Frame open(ObjectShape shape, Frame after) {
        return new ObjectFrame(shape, Phase.OPEN, 0, 0, null, after);
    }

    @Override
    public void step(int nextByte, Frames out) {
        if (phase != Phase.BEFORE_KEY && nextByte == '}') {
            if (shape.mayClose(from, count)) {
                out.add(after());
            }
        } else if (phase == Phase.BEHIND_VALUE) {
            if (nextByte == ',' && shape.mayGoOn(from, count)) {
                var next = new ObjectFrame(shape, Phase.BEFORE_KEY, from, count, taken, after());
                out.add(LiteralFrame.of(Literal.BLANK, null, next));
            }
        } else if (nextByte == '"') {
            keys(out);
        }
    }

    private void keys(Frames out) {
        int first = shape.firstNext(from, count);
        int last = shape.lastNext(from, count);
        if (shape.names().leadsTo(NameTrie.ROOT, first, last)) {
            out.add(new KnownKeyFrame(this, first, last, NameTrie.ROOT));
        }
        if (shape.mayTakeOthers(from, count)) {
            for (var others : shape.others()) {
                if (!others.values().isEmpty()) {
                    out.add(OtherKeyFrame.open(this, others));
                }
            }
        }
    }

    /** Before the value of a known property. */
    Frame known(int index) {
        return LiteralFrame.of(
                Literal.COLON,
                shape.property(index).values(),
                new ObjectFrame(shape, Phase.BEHIND_VALUE, index + 1, shape.counted(count + 1), taken, after()));
    }

    /** Before the value of another property. */
    Frame other(ObjectShape.Others others, Name name) {
        return LiteralFrame.of(
                Literal.COLON,
                others.values(),
                new ObjectFrame(
                        shape, Phase.BEHIND_VALUE, from, shape.counted(count + 1), name.before(taken), after()));
    }

    ObjectShape shape() {
        return shape;
    }

    @Nullable
    Name taken() {
        return taken;
    }

    int count() {
        return count;
    }

    /** The tokens left once a value that is under way is complete. */
    int restBehind(int index) {
        return sum(shape.shortest(index, count + 1), after().rest());
    }

    int from() {
        return from;
    }

    @Override
    int left() {
        int rest = phase == Phase.BEFORE_KEY ? shape.shortestKey(from, count) : shape.shortest(from, count);
        return sum(rest, after().rest());
    }

    @Override
    boolean isAt(Frame other) {
        return other instanceof ObjectFrame that
                && shape == that.shape
                && phase == that.phase
                && from == that.from
                && count == that.count
                && Objects.equals(taken, that.taken);
    }
}

package pantheon.night.grammar.machine;

import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.schema.NameTrie;

/** Between the arguments of a call: before the first, or behind a value. */
final class ArgumentsFrame extends Frame {
    private final CallArguments arguments;
    /** The first argument that can still come. */
    private final int from;

    private final int count;

    ArgumentsFrame(CallArguments arguments, int from, int count, Frame after) {
        super(after, (System.identityHashCode(arguments) * 31 + from) * 31 + count);
        this.arguments = arguments;
        this.from = from;
        this.count = count;
    }

    int count() {
        return count;
    }

    CallArguments arguments() {
        return arguments;
    }

    boolean isFirst() {
        return from == 0;
    }

    NameTrie names() {
        return arguments.list().names(isFirst());
    }

    private @Nullable Frame name() {
        var shape = arguments.list().shape();
        int first = shape.firstNext(from, count);
        int last = shape.lastNext(from, count);
        return names().leadsTo(NameTrie.ROOT, first, last)
                ? new ArgumentNameFrame(this, first, last, NameTrie.ROOT)
                : null;
    }

    private @Nullable Frame tail() {
        return arguments.list().shape().mayClose(from, count) ? LiteralFrame.of(arguments.tail(), null, after()) : null;
    }

    @Override
    public void step(int nextByte, Frames out) {
        var name = name();
        if (name != null) {
            name.step(nextByte, out);
        }
        var tail = tail();
        if (tail != null) {
            tail.step(nextByte, out);
        }
    }

    @Override
    public int only() {
        var name = name();
        var tail = tail();
        int only = name == null ? -1 : name.only();
        int other = tail == null ? -1 : tail.only();
        return name == null ? other : tail == null || only == other ? only : -1;
    }

    @Override
    int left() {
        return sum(arguments.list().rest(from, count), restBehind());
    }

    /** The tokens for what stands behind all arguments. */
    int restBehind() {
        return sum(arguments.tail().rest(0), after().rest());
    }

    @Override
    boolean isAt(Frame other) {
        return other instanceof ArgumentsFrame that
                && arguments == that.arguments
                && from == that.from
                && count == that.count;
    }
}

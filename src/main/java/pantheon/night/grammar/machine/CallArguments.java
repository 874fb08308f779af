package pantheon.night.grammar.machine;

import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.schema.ArgumentList;

/** A call's arguments by their names, with the texts around them. */
public final class CallArguments {
    private final ArgumentList list;
    private final @Nullable Literal afterValue;
    private final Literal tail;

    /** @param tail what stands behind all arguments */
    public CallArguments(ArgumentList list, Literal tail) {
        this.list = list;
        this.tail = tail;
        var text = list.around().afterValue();
        afterValue = text.isEmpty() ? null : Literal.text(text);
    }

    /**
     * Before the arguments.
     *
     * @param after what comes behind the tail
     */
    public Frame open(Frame after) {
        return new ArgumentsFrame(this, 0, 0, after);
    }

    ArgumentList list() {
        return list;
    }

    Literal tail() {
        return tail;
    }

    /** Before an argument's value. */
    Frame value(int index, ArgumentsFrame before) {
        var shape = list.shape();
        var next = new ArgumentsFrame(this, index + 1, shape.counted(before.count() + 1), before.after());
        var behind = afterValue == null ? next : LiteralFrame.of(afterValue, null, next);
        return new ValueFrame(shape.property(index).values(), behind);
    }
}

package pantheon.night.grammar.machine;

import pantheon.night.grammar.schema.Alternative;
import pantheon.night.grammar.schema.ArrayShape;
import pantheon.night.grammar.schema.ObjectShape;
import pantheon.night.grammar.schema.StringShape;
import pantheon.night.grammar.schema.TextShape;
import pantheon.night.grammar.schema.ValueSet;

/** Before a value. */
public final class ValueFrame extends Frame {
    private final ValueSet values;

    public ValueFrame(ValueSet values, Frame after) {
        super(after, System.identityHashCode(values));
        this.values = values;
    }

    @Override
    public void step(int nextByte, Frames out) {
        enter(values, nextByte, after(), out);
    }

    /** Adds the frames after a value's first byte. */
    static void enter(ValueSet values, int firstByte, Frame after, Frames out) {
        for (Alternative alternative : values.alternatives()) {
            if (alternative.startsWith(firstByte)) {
                switch (alternative) {
                    case TextShape text ->
                        TextFrame.enter(text.texts(), text.texts().start(), firstByte, after, out);
                    case StringShape string -> string(string, firstByte, after, out);
                    case ArrayShape array -> out.add(ArrayFrame.open(array, after));
                    case ObjectShape object -> out.add(ObjectFrame.open(object, after));
                }
            }
        }
    }

    private static void string(StringShape string, int firstByte, Frame after, Frames out) {
        var open = StringFrame.open(string, after);
        if (string.isBare()) {
            open.step(firstByte, out);
        } else {
            out.add(open);
        }
    }

    @Override
    int left() {
        return sum(values.shortest(), after().rest());
    }

    @Override
    boolean isAt(Frame other) {
        return other instanceof ValueFrame that && values == that.values;
    }
}

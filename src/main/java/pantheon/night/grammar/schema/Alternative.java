package pantheon.night.grammar.schema;

import java.util.stream.Stream;

/** Values of one type, and how their texts are formed. */
public sealed interface Alternative permits TextShape, StringShape, ArrayShape, ObjectShape {
    /** The bytes of the shortest text, or {@link ValueSet#NEVER}; for sets below, what is known so far. */
    int shortest();

    /** Whether a text can begin with this byte. */
    boolean startsWith(int firstByte);

    /** The sets that this one refers to, empty ones included. */
    default Stream<ValueSet> children() {
        return Stream.of();
    }

    /** Those of them without which there is no value. */
    default Stream<ValueSet> needed() {
        return Stream.of();
    }
}

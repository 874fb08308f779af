package pantheon.night.model.gguf;

import java.util.List;

/** A value of a file's metadata. Numbers of all widths are one kind each; a list holds values of one kind. */
public sealed interface GgufValue {
    /** An integer; of an unsigned one of 64 bits the bits. */
    record Whole(long value) implements GgufValue {}

    record Decimal(double value) implements GgufValue {}

    record Flag(boolean value) implements GgufValue {}

    record Text(String value) implements GgufValue {}

    record Texts(List<String> values) implements GgufValue {
        public Texts {
            values = List.copyOf(values);
        }
    }

    record Wholes(List<Long> values) implements GgufValue {
        public Wholes {
            values = List.copyOf(values);
        }
    }

    record Decimals(List<Double> values) implements GgufValue {
        public Decimals {
            values = List.copyOf(values);
        }
    }

    record Flags(List<Boolean> values) implements GgufValue {
        public Flags {
            values = List.copyOf(values);
        }
    }

    /** What kind it is, for people. */
    default String kind() {
        return switch (this) {
            case Whole whole -> "an integer";
            case Decimal decimal -> "a number with a fraction";
            case Flag flag -> "true or false";
            case Text text -> "a text";
            case Texts texts -> "a list of texts";
            case Wholes wholes -> "a list of integers";
            case Decimals decimals -> "a list of numbers with fractions";
            case Flags flags -> "a list of true and false";
        };
    }
}

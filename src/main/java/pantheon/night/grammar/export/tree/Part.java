package pantheon.night.grammar.export.tree;

import java.util.ArrayList;
import java.util.List;

/** A part of a grammar, in the language of no engine. */
public sealed interface Part {
    /** The empty text. */
    Part NOTHING = new Text("");

    /** More parts of a choice than this are compared by their hashes. */
    int MOST_COMPARED = 16;

    /** Just this text. */
    record Text(String text) implements Part {}

    /**
     * One character of some.
     *
     * @param ranges ascending, apart from one another, none of them in the surrogates
     */
    record OneOf(List<Range> ranges) implements Part {
        public OneOf {
            ranges = List.copyOf(ranges);
        }
    }

    /** Code points from one to another. */
    record Range(int first, int last) {}

    /** A rule, by its number. */
    record Named(int number) implements Part {}

    record Sequence(List<Part> parts) implements Part {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    record Choice(List<Part> parts) implements Part {
        public Choice {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A part that comes several times.
     *
     * @param max {@link #ENDLESS} for no bound
     */
    record Repeat(Part part, int min, int max) implements Part {
        public static final int ENDLESS = Integer.MAX_VALUE;
    }

    /** A control token, which no text stands for. */
    record Control(int id) implements Part {}

    /**
     * Texts that belong to all of some regular languages and to none of others; an engine with a lexer takes each as one
     * word. There are no rules and no control tokens in them.
     */
    record Lexeme(List<Part> in, List<Part> out) implements Part {
        public Lexeme {
            in = List.copyOf(in);
            out = List.copyOf(out);
        }
    }

    /** Parts one behind the other, texts that touch made one. */
    static Part sequence(Part... parts) {
        return sequence(List.of(parts));
    }

    static Part sequence(List<Part> parts) {
        var flat = new ArrayList<Part>();
        parts.forEach(part -> append(part, flat));
        return switch (flat.size()) {
            case 0 -> NOTHING;
            case 1 -> flat.getFirst();
            default -> new Sequence(flat);
        };
    }

    private static void append(Part part, List<Part> flat) {
        if (part instanceof Sequence sequence) {
            sequence.parts().forEach(inner -> append(inner, flat));
        } else if (part instanceof Text text && !flat.isEmpty() && flat.getLast() instanceof Text before) {
            flat.set(flat.size() - 1, new Text(before.text() + text.text()));
        } else if (!(part instanceof Text text && text.text().isEmpty())) {
            flat.add(part);
        }
    }

    /** One of some parts, each of them once. */
    static Part choice(List<Part> parts) {
        var distinct = parts.size() > MOST_COMPARED ? parts.stream().distinct().toList() : compared(parts);
        return apart(distinct);
    }

    /** One of some parts of which no two are alike. */
    static Part apart(List<Part> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Choice(parts);
    }

    /** Each of a few once; the hash of a part is dearer than a look at how it begins. */
    private static List<Part> compared(List<Part> parts) {
        var distinct = new ArrayList<Part>(parts.size());
        for (var part : parts) {
            if (!distinct.contains(part)) {
                distinct.add(part);
            }
        }
        return distinct;
    }

    static Part choice(Part... parts) {
        return choice(List.of(parts));
    }

    /** Characters as a part: a text where it is one alone. */
    static Part characters(List<Range> ranges) {
        return ranges.size() == 1
                        && ranges.getFirst().first() == ranges.getFirst().last()
                ? new Text(Character.toString(ranges.getFirst().first()))
                : new OneOf(ranges);
    }
}

package pantheon.night.grammar.export.tree;

import java.util.List;
import pantheon.night.grammar.export.tree.Part.Choice;
import pantheon.night.grammar.export.tree.Part.Control;
import pantheon.night.grammar.export.tree.Part.Lexeme;
import pantheon.night.grammar.export.tree.Part.Named;
import pantheon.night.grammar.export.tree.Part.OneOf;
import pantheon.night.grammar.export.tree.Part.Repeat;
import pantheon.night.grammar.export.tree.Part.Sequence;
import pantheon.night.grammar.export.tree.Part.Text;

/** How parts are spelled: what the languages of grammars have in common. */
public abstract class Syntax {
    /** How tightly the text around a part binds: parts are put in brackets where they bind less. */
    enum Level {
        CHOICE,
        SEQUENCE,
        ATOM
    }

    /** What stands between a rule's name and its part. */
    abstract String behindName();

    abstract void name(Named rule, Rules rules, StringBuilder out);

    /** The name of the first rule. */
    abstract String first();

    /** What stands before all rules. */
    public String head() {
        return "";
    }

    abstract void text(String text, Level level, StringBuilder out);

    abstract String characters(OneOf characters);

    abstract String control(Control control);

    abstract String lexeme(Lexeme lexeme);

    /** What stands between the parts of a sequence. */
    String space() {
        return " ";
    }

    /** What opens a group. */
    String group() {
        return "(";
    }

    /** What stands between the parts of a choice. */
    String bar() {
        return " | ";
    }

    /** Writes a part as it stands in a rule; the rules that it names are spelled too, within the same grammar. */
    final void spell(Part part, Level level, Spelling within, StringBuilder out) {
        switch (part) {
            case Text text -> text(text.text(), level, out);
            case OneOf characters -> out.append(characters(characters));
            case Named rule -> within.name(rule, out);
            case Control control -> out.append(control(control));
            case Lexeme lexeme -> out.append(lexeme(lexeme));
            case Sequence sequence -> {
                var all = new Joined(space(), Level.SEQUENCE, level == Level.ATOM);
                spell(sequence.parts(), all, within, out);
            }
            case Choice choice ->
                spell(choice.parts(), new Joined(bar(), Level.CHOICE, level != Level.CHOICE), within, out);
            case Repeat repeat -> repeated(repeat, within, out);
        }
    }

    /**
     * How the parts of a sequence or a choice are put together.
     *
     * @param isInner whether it needs brackets
     */
    private record Joined(String between, Level level, boolean isInner) {}

    private void spell(List<Part> parts, Joined joined, Spelling within, StringBuilder out) {
        if (parts.isEmpty()) {
            throw new IllegalStateException("a part that nothing fits");
        }
        out.append(joined.isInner() ? group() : "");
        for (int i = 0; i < parts.size(); i++) {
            out.append(i == 0 ? "" : joined.between());
            spell(parts.get(i), joined.level(), within, out);
        }
        out.append(joined.isInner() ? ")" : "");
    }

    private void repeated(Repeat repeat, Spelling within, StringBuilder out) {
        boolean isNested = repeat.part() instanceof Repeat;
        out.append(isNested ? group() : "");
        spell(repeat.part(), Level.ATOM, within, out);
        out.append(isNested ? ")" : "").append(count(repeat));
    }

    private static String count(Repeat repeat) {
        if (repeat.max() == Repeat.ENDLESS) {
            return repeat.min() == 0 ? "*" : repeat.min() == 1 ? "+" : "{%d,}".formatted(repeat.min());
        }
        return repeat.min() == repeat.max()
                ? "{%d}".formatted(repeat.min())
                : "{%d,%d}".formatted(repeat.min(), repeat.max());
    }

    /** Whether a character is written as it is in any language. */
    static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}

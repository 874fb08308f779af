package pantheon.night.grammar.export.tree;

import pantheon.night.grammar.export.tree.Part.Control;
import pantheon.night.grammar.export.tree.Part.Lexeme;
import pantheon.night.grammar.export.tree.Part.Named;
import pantheon.night.grammar.export.tree.Part.OneOf;

/** Regular expressions as llguidance takes them, which are those of Rust's regex-syntax. */
final class Regex extends Syntax {
    @Override
    void text(String text, Level level, StringBuilder out) {
        boolean isInner = level == Level.ATOM && text.codePointCount(0, text.length()) != 1;
        out.append(isInner ? group() : "");
        text.codePoints().forEach(c -> out.append(escaped(c)));
        out.append(isInner ? ")" : "");
    }

    private static String escaped(int c) {
        return isPlain(c) ? Character.toString(c) : "\\x{" + Integer.toHexString(c) + "}";
    }

    @Override
    String characters(OneOf characters) {
        var out = new StringBuilder("[");
        for (var range : characters.ranges()) {
            out.append(escaped(range.first()));
            if (range.last() > range.first()) {
                out.append('-').append(escaped(range.last()));
            }
        }
        return out.append(']').toString();
    }

    @Override
    String space() {
        return "";
    }

    @Override
    String group() {
        return "(?:";
    }

    @Override
    String bar() {
        return "|";
    }

    @Override
    String first() {
        throw noRules();
    }

    @Override
    String behindName() {
        throw noRules();
    }

    @Override
    void name(Named rule, Rules rules, StringBuilder out) {
        throw noRules();
    }

    @Override
    String control(Control control) {
        throw noRules();
    }

    @Override
    String lexeme(Lexeme lexeme) {
        throw noRules();
    }

    private static IllegalStateException noRules() {
        return new IllegalStateException("there are no rules in a regular expression");
    }
}

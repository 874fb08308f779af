package pantheon.night.grammar.export.tree;

import pantheon.night.grammar.export.tree.Part.Control;
import pantheon.night.grammar.export.tree.Part.Lexeme;
import pantheon.night.grammar.export.tree.Part.Named;
import pantheon.night.grammar.export.tree.Part.OneOf;

/** Regular expressions as llguidance takes them, which are those of Rust's regex-syntax. */
final class Regex extends Syntax {
    @Override
    String text(String text, Level level) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> out.append(escaped(c)));
        boolean isOne = text.codePointCount(0, text.length()) == 1;
        return level == Level.ATOM && !isOne ? "(?:" + out + ")" : out.toString();
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
    String rule(String name, Part part) {
        throw noRules();
    }

    @Override
    String name(Named rule, Part part) {
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

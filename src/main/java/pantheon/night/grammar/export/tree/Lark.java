package pantheon.night.grammar.export.tree;

import java.util.HexFormat;
import java.util.StringJoiner;
import pantheon.night.grammar.export.tree.Part.Control;
import pantheon.night.grammar.export.tree.Part.Lexeme;
import pantheon.night.grammar.export.tree.Part.Named;
import pantheon.night.grammar.export.tree.Part.OneOf;

/** The language of llguidance: rules over words, and words by regular expressions. */
public final class Lark extends Syntax {
    /**
     * A first line by which nothing is forced. Where only one text can follow, llguidance (seen with 1.7.6 and 1.9.1) has the
     * tokenizer cut it; a control token's text in it becomes that token, which the grammar then refuses.
     */
    private static final String NOTHING_FORCED = "%llguidance {\"no_forcing\": true}\n";

    private static final Regex REGEX = new Regex();
    private static final Spelling NONE = new Spelling(REGEX, new Rules());

    @Override
    String behindName() {
        return ": ";
    }

    @Override
    void name(Named rule, Rules rules, StringBuilder out) {
        out.append(rules.get(rule) instanceof Lexeme ? 'T' : 'r').append(rule.number());
    }

    @Override
    String first() {
        return "start";
    }

    @Override
    public String head() {
        return NOTHING_FORCED;
    }

    @Override
    void text(String text, Level level, StringBuilder out) {
        out.append('"');
        text.chars().forEach(c -> out.append(escaped((char) c)));
        out.append('"');
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"', '\\' -> "\\" + c;
            default ->
                c >= ' ' && c < 0x7F
                        ? Character.toString(c)
                        : "\\u" + HexFormat.of().toHexDigits(c);
        };
    }

    @Override
    String characters(OneOf characters) {
        return regex(characters);
    }

    @Override
    String control(Control control) {
        return "<[%d]>".formatted(control.id());
    }

    @Override
    String lexeme(Lexeme lexeme) {
        var all = new StringJoiner(" & ");
        lexeme.in().forEach(part -> all.add(regex(part)));
        lexeme.out().forEach(part -> all.add("~" + regex(part)));
        return all.toString();
    }

    private static String regex(Part part) {
        var out = new StringBuilder("/");
        REGEX.spell(part, Level.CHOICE, NONE, out);
        return out.append('/').toString();
    }
}

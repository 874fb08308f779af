package pantheon.night.grammar.export.tree;

import java.util.HexFormat;
import java.util.IdentityHashMap;
import pantheon.night.grammar.export.tree.Part.Control;
import pantheon.night.grammar.export.tree.Part.Lexeme;
import pantheon.night.grammar.export.tree.Part.Named;
import pantheon.night.grammar.export.tree.Part.OneOf;

/**
 * The languages of llama.cpp and xgrammar, which differ in control tokens alone. Characters are escaped with four or
 * eight digits, never with two: xgrammar takes all digits that follow such an escape for a part of it.
 */
public final class BackusNaur extends Syntax {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String PLAIN_IN_CLASS = " !#$%&'()*+,./:;<=>?@_`{|}~";

    private final String controlForm;
    /** Characters that were spelled: many rules have the same. */
    private final IdentityHashMap<OneOf, String> spelled = new IdentityHashMap<>();

    /**
     * The language of one of the two.
     *
     * @param controlForm a control token, with a place for its number
     */
    public BackusNaur(String controlForm) {
        this.controlForm = controlForm;
    }

    @Override
    String behindName() {
        return " ::= ";
    }

    @Override
    void name(Named rule, Rules rules, StringBuilder out) {
        out.append('r').append(rule.number());
    }

    @Override
    String first() {
        return "root";
    }

    @Override
    void text(String text, Level level, StringBuilder out) {
        out.append('"');
        for (int at = 0, c; at < text.length(); at += Character.charCount(c)) {
            c = text.codePointAt(at);
            appendInText(c, out);
        }
        out.append('"');
    }

    private static void appendInText(int c, StringBuilder out) {
        if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
        } else if (c == '\n') {
            out.append("\\n");
        } else if (c >= ' ' && c < 0x7F) {
            out.append((char) c);
        } else {
            out.append(escaped(c));
        }
    }

    private static String escaped(int c) {
        return c <= Character.MAX_VALUE ? "\\u" + HEX.toHexDigits((char) c) : "\\U" + HEX.toHexDigits(c);
    }

    @Override
    String characters(OneOf characters) {
        return spelled.computeIfAbsent(characters, BackusNaur::classOf);
    }

    private static String classOf(OneOf characters) {
        var out = new StringBuilder("[");
        for (var range : characters.ranges()) {
            out.append(inClass(range.first()));
            if (range.last() > range.first()) {
                out.append('-').append(inClass(range.last()));
            }
        }
        return out.append(']').toString();
    }

    private static String inClass(int c) {
        return isPlain(c) || PLAIN_IN_CLASS.indexOf(c) >= 0 ? Character.toString(c) : escaped(c);
    }

    @Override
    String control(Control control) {
        return controlForm.formatted(control.id());
    }

    @Override
    String lexeme(Lexeme lexeme) {
        throw new IllegalStateException("there are no lexemes in this language");
    }
}

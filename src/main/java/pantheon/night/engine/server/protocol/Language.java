package pantheon.night.engine.server.protocol;

import java.util.HexFormat;
import java.util.Locale;
import pantheon.night.grammar.export.Dialect;

/** A language of grammars that servers read. */
public enum Language {
    /** llama.cpp's own. */
    GBNF,
    /** That of vLLM's backend {@code guidance}. */
    LARK,
    /** That of vLLM's backend {@code xgrammar}. */
    EBNF;

    /** As agents' grammars are written in it. */
    public Dialect dialect() {
        return switch (this) {
            case GBNF -> Dialect.GBNF;
            case LARK -> Dialect.LARK;
            case EBNF -> Dialect.EBNF;
        };
    }

    /** Its name in the journal. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A grammar whose only texts are two words, of printable ASCII and of one length. Lark's is what two expressions have
     * in common, which no other language can say: a server that translates it for another one is found out.
     */
    public String either(String one, String other) {
        return switch (this) {
            case GBNF, EBNF -> "root ::= \"%s\" | \"%s\"".formatted(escaped(one, "\\u%s"), escaped(other, "\\u%s"));
            case LARK ->
                "start: WORD\nWORD: /%s|%s/ & /.{%d}/".formatted(expression(one), expression(other), one.length());
        };
    }

    /** Every character that is no letter or digit by its number. */
    private static String escaped(String word, String form) {
        var escaped = new StringBuilder();
        word.chars()
                .forEach(c -> escaped.append(
                        Character.isLetterOrDigit(c)
                                ? Character.toString(c)
                                : form.formatted(HexFormat.of().toHexDigits((char) c))));
        return escaped.toString();
    }

    private static String expression(String word) {
        return escaped(word, "\\x{%s}");
    }
}

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
     * A grammar whose only text is a word. Lark's is what two expressions have in common, which no other language can
     * say: a server that translates it for another one is found out.
     *
     * @param word of printable ASCII
     */
    public String only(String word) {
        return switch (this) {
            case GBNF, EBNF -> "root ::= \"%s\"".formatted(escaped(word, "\\u%s"));
            case LARK ->
                "%sstart: WORD\nWORD: /%s/ & /.{%d}/".formatted(dialect().head(), expression(word), word.length());
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

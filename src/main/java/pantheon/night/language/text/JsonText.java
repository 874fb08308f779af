package pantheon.night.language.text;

import org.apache.lucene.util.automaton.Automaton;

/**
 * Strings as they are written between JSON's quotes.
 *
 * <p>Each character has one writing: itself, or the escape that it must have; {@code <} may be written as its escape
 * too, so that no control token's text need be written out, and {@code /} as {@code \/}.
 */
public final class JsonText {
    private static final String SHORT = "\b\f\n\r\t\"\\";
    private static final String SHORT_LETTERS = "bfnrt\"\\";
    private static final int LAST_CONTROL = 0x1F;

    private JsonText() {}

    /** A string as it is written between quotes, with the escapes that it must have. */
    public static String write(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            write(text.charAt(i), out);
        }
        return out.toString();
    }

    private static void write(char c, StringBuilder out) {
        int escape = escapeLetter(c);
        if (escape >= 0) {
            out.append('\\').append((char) escape);
        } else if (c <= LAST_CONTROL) {
            out.append("\\u%04x".formatted((int) c));
        } else {
            out.append(c);
        }
    }

    /** How the strings of a language are written between quotes, as a value. */
    public static ByteTable values(Automaton language) {
        return new WrittenTable(language, true);
    }

    /** How they are written as keys: each has one writing, so that equal keys are equal bytes. */
    public static ByteTable keys(Automaton language) {
        return new WrittenTable(language, false);
    }

    /** The letter of a character's short escape, or -1. */
    public static int escapeLetter(int c) {
        int index = SHORT.indexOf(c);
        return index < 0 ? -1 : SHORT_LETTERS.charAt(index);
    }
}

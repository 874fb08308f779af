package pantheon.night.grammar.text;

import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Transition;
import org.apache.lucene.util.automaton.UTF32ToUTF8;

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
            char c = text.charAt(i);
            int escape = SHORT.indexOf(c);
            if (escape >= 0) {
                out.append('\\').append(SHORT_LETTERS.charAt(escape));
            } else if (c <= LAST_CONTROL) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** The bytes of UTF-8 in which the strings of a language are written between quotes, as a value. */
    public static Automaton escaped(Automaton language) {
        return escaped(language, true);
    }

    /** The same for keys: each has one writing, so that equal keys are equal bytes. */
    public static Automaton escapedKeys(Automaton language) {
        return escaped(language, false);
    }

    private static Automaton escaped(Automaton language, boolean choice) {
        var out = new Automaton.Builder();
        int states = language.getNumStates();
        for (int state = 0; state < states; state++) {
            out.createState();
            out.setAccept(state, language.isAccept(state));
        }
        var transition = new Transition();
        for (int state = 0; state < states; state++) {
            int count = language.initTransition(state, transition);
            for (int i = 0; i < count; i++) {
                language.getNextTransition(transition);
                copy(out, state, transition.dest, transition.min, transition.max, choice);
            }
        }
        return Automatons.deterministic(new UTF32ToUTF8().convert(out.finish()));
    }

    private static void copy(Automaton.Builder out, int from, int to, int min, int max, boolean choice) {
        raw(out, from, to, min, max, ' ', '!');
        raw(out, from, to, min, max, '#', '[');
        raw(out, from, to, min, max, ']', Character.MIN_SURROGATE - 1);
        raw(out, from, to, min, max, Character.MAX_SURROGATE + 1, Character.MAX_CODE_POINT);
        int escape = -1;
        for (int i = 0; i < SHORT.length(); i++) {
            if (isWithin(SHORT.charAt(i), min, max)) {
                escape = escape(out, from, escape);
                out.addTransition(escape, to, SHORT_LETTERS.charAt(i));
            }
        }
        if (choice && isWithin('/', min, max)) {
            escape = escape(out, from, escape);
            out.addTransition(escape, to, '/');
        }
        if (choice && isWithin('<', min, max)) {
            escape = escape(out, from, escape);
            int digit = path(out, escape, "u003");
            out.addTransition(digit, to, 'c');
        }
        controls(out, from, escape, to, min, Math.min(max, LAST_CONTROL));
    }

    private static boolean isWithin(int c, int min, int max) {
        return min <= c && c <= max;
    }

    private static void raw(Automaton.Builder out, int from, int to, int min, int max, int first, int last) {
        if (Math.max(min, first) <= Math.min(max, last)) {
            out.addTransition(from, to, Math.max(min, first), Math.min(max, last));
        }
    }

    private static int escape(Automaton.Builder out, int from, int known) {
        return known >= 0 ? known : path(out, from, "\\");
    }

    private static int path(Automaton.Builder out, int from, String text) {
        int state = from;
        for (int i = 0; i < text.length(); i++) {
            int next = out.createState();
            out.addTransition(state, next, text.charAt(i));
            state = next;
        }
        return state;
    }

    private static void controls(Automaton.Builder out, int from, int escape, int to, int min, int max) {
        int[] digits = {-1, -1};
        int zeros = -1;
        int open = escape;
        for (int c = min; c <= max; c++) {
            if (SHORT.indexOf(c) < 0) {
                open = escape(out, from, open);
                zeros = zeros >= 0 ? zeros : path(out, open, "u00");
                int high = c >> 4;
                digits[high] = digits[high] >= 0 ? digits[high] : path(out, zeros, Integer.toString(high));
                out.addTransition(digits[high], to, Character.forDigit(c & 0xF, 16));
            }
        }
    }
}

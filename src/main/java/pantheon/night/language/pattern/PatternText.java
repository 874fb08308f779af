package pantheon.night.language.pattern;

import pantheon.night.language.automaton.UnsupportedPattern;

/** The text of a regular expression, read from left to right by code points. */
final class PatternText {
    private static final int MOST = Integer.MAX_VALUE - 1;

    private final int[] text;
    private int at;

    PatternText(String pattern) {
        text = pattern.codePoints().toArray();
    }

    UnsupportedPattern refused(String what) {
        return new UnsupportedPattern("pattern %s has %s at %d".formatted(new String(text, 0, text.length), what, at));
    }

    boolean isAtEnd() {
        return at >= text.length;
    }

    /** The next character, or the one so many behind it; -1 beyond the end. */
    int peek(int ahead) {
        return at + ahead < text.length ? text[at + ahead] : -1;
    }

    boolean isNext(String expected) {
        for (int i = 0; i < expected.length(); i++) {
            if (peek(i) != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean take(String expected) {
        boolean next = isNext(expected);
        at += next ? expected.length() : 0;
        return next;
    }

    /** Takes the next character, which is there. */
    int take() {
        return text[at++];
    }

    /** Takes all up to a character, and that too; returns what stands before it. */
    String takeUntil(char last) {
        int start = at;
        while (at < text.length && text[at] != last) {
            at++;
        }
        return new String(text, start, at++ - start);
    }

    /** Takes a decimal number; -1 where there is none. */
    int takeCount() {
        long value = -1;
        while (peek(0) >= '0' && peek(0) <= '9') {
            value = Math.min(Math.max(value, 0) * 10 + (take() - '0'), MOST);
        }
        return (int) value;
    }

    /** Takes so many hexadecimal digits; -1, with nothing taken, where they are not there. */
    int takeHex(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(peek(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        at += digits;
        return value;
    }

    /** Where the reading is; see {@link #goBack}. */
    int position() {
        return at;
    }

    void goBack(int position) {
        at = position;
    }
}

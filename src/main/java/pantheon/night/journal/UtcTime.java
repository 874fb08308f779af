package pantheon.night.journal;

import java.time.Instant;
import java.time.LocalDate;

/** Instants as journals hold them, {@code 2026-11-23T22:00:00.123456Z}, read without the JDK's general parser. */
final class UtcTime {
    private static final int SECONDS_OF_DAY = 86_400;
    private static final String WHOLE_SECONDS = "2026-11-23T22:00:00";

    private UtcTime() {}

    /** Whether a text is a date and time in the one form that the program writes, whether or not there is such a day. */
    static boolean isPlain(String text) {
        int end = text.length() - 1;
        int dot = WHOLE_SECONDS.length();
        if (end < dot || text.charAt(end) != 'Z' || end == dot + 1 || end > dot + 10) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char form = i < dot ? WHOLE_SECONDS.charAt(i) : i == dot ? '.' : '0';
            char c = text.charAt(i);
            if (isDigit(form) ? !isDigit(c) : c != form) {
                return false;
            }
        }
        return number(text, 11, 13) < 24 && number(text, 14, 16) < 60 && number(text, 17, dot) < 60;
    }

    /** The same without a fraction, as {@code 2026-11-24T05:00:00Z}. */
    static boolean isWholeSecond(String text) {
        int end = WHOLE_SECONDS.length();
        return text.length() == end + 1 && text.charAt(end) == 'Z' && isPlain(text.substring(0, end) + ".0Z");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * Reads an instant; what is in any other form is left to the JDK's parser.
     *
     * @param text a date and time of RFC 3339, as the journal's schema has found
     * @throws java.time.DateTimeException where there is no such instant
     */
    static Instant parse(String text) {
        int end = text.length() - 1;
        int dot = WHOLE_SECONDS.length();
        boolean plain = end >= dot
                && text.charAt(10) == 'T'
                && text.charAt(end) == 'Z'
                && (end == dot || (text.charAt(dot) == '.' && end - dot <= 10))
                && number(text, 17, dot) < 60;
        if (!plain) {
            return Instant.parse(text);
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        long second = (number(text, 11, 13) * 60L + number(text, 14, 16)) * 60 + number(text, 17, dot);
        long nanos = end == dot ? 0 : number(text, dot + 1, end);
        for (int digits = end - dot - 1; digits < 9; digits++) {
            nanos *= 10;
        }
        return Instant.ofEpochSecond(day * SECONDS_OF_DAY + second, nanos);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}

package pantheon.night.document;

import java.time.DateTimeException;
import java.util.regex.Pattern;
import pantheon.night.contract.Json;

/**
 * Writes a text as a YAML scalar: plain where every reader of YAML 1.1 and 1.2 sees the same text, else double-quoted.
 *
 * <p>Whatever begins with other than a letter is quoted, so that no number, time or date of any reader's is written
 * plain. A {@linkplain #date date} is, where its key holds one.
 */
final class YamlScalar {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}][\\p{L}\\p{N} _./,()'?!+&@-]*");
    /** A day, or a moment with its zone, as YAML 1.1 and RFC 3339 both have it. */
    private static final Pattern DATE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?( ?(Z|[+-]\\d\\d:?\\d\\d))?)?");

    /** Words that one version of YAML or another reads as something else than text. */
    private static final Pattern WORDS =
            Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf|infinity|e[-+]?[\\d_.,]*");

    /** What YAML does not allow in a file, and what some readers take for the end of a line. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\x7F-\\x9F\\u2028\\u2029\\uFEFF\\uFFFE\\uFFFF]");

    private YamlScalar() {}

    static String write(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches() && !text.endsWith(" ");
        return plain ? text : quoted(text);
    }

    /** Writes the value of a key that holds dates: a date of the calendar plain, all else as text. */
    static String date(String text) {
        return isDate(text) ? text : write(text);
    }

    private static boolean isDate(String text) {
        try {
            return DATE.matcher(text).matches() && MergeConflict.time(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Double-quoted: JSON's quoting is YAML's, but that YAML takes fewer characters as they are. */
    static String quoted(String text) {
        return UNPRINTABLE
                .matcher(Json.quote(text))
                .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
    }
}

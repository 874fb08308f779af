package pantheon.night.document;

import java.util.regex.Pattern;
import pantheon.night.contract.Json;

/** Writes a text as a YAML scalar: plain where every YAML reader sees the same text, else double-quoted. */
final class YamlScalar {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}][\\p{L}\\p{N} _./,()'?!+&@-]*");
    private static final Pattern DATE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?( ?(Z|[+-]\\d\\d:?\\d\\d))?)?");
    /** Words that one version of YAML or another reads as something else than text. */
    private static final Pattern WORDS = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf|e\\d+");

    /** What YAML does not allow in a file, and what some readers take for the end of a line. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\x7F-\\x9F\\u2028\\u2029\\uFEFF\\uFFFE\\uFFFF]");

    private YamlScalar() {}

    static String write(String text) {
        boolean plain = DATE.matcher(text).matches()
                || (PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches() && !text.endsWith(" "));
        return plain ? text : quoted(text);
    }

    /** JSON's quoting is YAML's, but that YAML takes fewer characters as they are. */
    private static String quoted(String text) {
        return UNPRINTABLE
                .matcher(Json.quote(text))
                .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
    }
}

package pantheon.night.tool;

import java.util.regex.Pattern;
import pantheon.night.contract.Json;

/** Writes a text as a YAML scalar: plain where every YAML reader sees the same text, else double-quoted. */
final class YamlScalar {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}][\\p{L}\\p{N} _./,()'?!+&@-]*");
    private static final Pattern DATE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?( ?(Z|[+-]\\d\\d:?\\d\\d))?)?");
    /** Words that one version of YAML or another reads as something else than text. */
    private static final Pattern WORDS = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf|e\\d+");

    private YamlScalar() {}

    static String write(String text) {
        boolean plain = DATE.matcher(text).matches()
                || (PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches() && !text.endsWith(" "));
        return plain ? text : Json.quote(text);
    }
}

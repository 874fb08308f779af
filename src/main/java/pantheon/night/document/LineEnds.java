package pantheon.night.document;

import java.util.regex.Pattern;

/** How the lines of a text end. */
public enum LineEnds {
    /** No line ends at all. */
    NONE(""),
    LF("\n"),
    CRLF("\r\n"),
    CR("\r"),
    /** Some lines one way, some another. */
    MIXED("");

    private static final Pattern END = Pattern.compile("\r\n|\n|\r");
    private static final Pattern WRITTEN = Pattern.compile("\r\n|\n");

    private final String end;

    LineEnds(String end) {
        this.end = end;
    }

    public static LineEnds of(String text) {
        var found = NONE;
        var ends = END.matcher(text);
        while (ends.find()) {
            var next = of(ends.group().charAt(0), ends.group().length());
            if (found != NONE && found != next) {
                return MIXED;
            }
            found = next;
        }
        return found;
    }

    private static LineEnds of(char first, int length) {
        return length == 2 ? CRLF : first == '\n' ? LF : CR;
    }

    /** A text as it is to stand among such lines; as it is where these are none or mixed. */
    public String adopt(String text) {
        return end.isEmpty() ? text : WRITTEN.matcher(text).replaceAll(end);
    }
}

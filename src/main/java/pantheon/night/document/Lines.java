package pantheon.night.document;

import java.util.ArrayList;
import java.util.List;

/** Text as lines, each with the line feed that ends it; the last may have none. */
public final class Lines {
    private Lines() {}

    public static List<String> of(String text) {
        var lines = new ArrayList<String>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    /** A text's beginning of at most so many characters: whole lines, or where the first is longer, part of it. */
    public static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int lineEnd = text.lastIndexOf('\n', maxChars - 1) + 1;
        if (lineEnd > 0) {
            return text.substring(0, lineEnd);
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars);
    }

    /** The line end that a text uses, told by its first line: a line feed, CRLF, or a carriage return alone. */
    public static String newline(String text) {
        int end = text.indexOf('\n');
        int alone = text.indexOf('\r');
        if (alone >= 0 && (end < 0 || alone < end - 1)) {
            return "\r";
        }
        return end > 0 && alone == end - 1 ? "\r\n" : "\n";
    }
}

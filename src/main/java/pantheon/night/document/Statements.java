package pantheon.night.document;

import java.util.List;
import java.util.regex.Pattern;

/** The imports and exports of a page that is a program too (MDX): its text without them, line for line. */
final class Statements {
    private static final Pattern FIRST = Pattern.compile("import\\s+(?:[\\w*{].*\\sfrom\\s|[\\w*{].*[{,]\\s*$|[\"']).*"
            + "|export\\s+(?:const|let|var|default|function|class|async|\\{|\\*).*");
    private static final Pattern ESCAPES = Pattern.compile("\\\\.");
    private static final Pattern STRINGS = Pattern.compile("\"[^\"\\n]*+\"|'[^'\\n]*+'");
    /** Where a longer statement ends is not looked for: it goes on to the end of the text. */
    static final int MOST_CHARS = 16_384;

    private Statements() {}

    /** The text with its statements outside of code blanked out; each ends at the first blank line at which its brackets are closed. */
    static String blanked(String text) {
        var out = new StringBuilder();
        var statement = new StringBuilder();
        boolean fresh = true;
        var code = "";
        for (var line : Lines.of(text)) {
            boolean goesOn = !statement.isEmpty() && !(line.isBlank() && isClosed(statement));
            boolean begins = fresh
                    && code.isEmpty()
                    && FIRST.matcher(line.stripTrailing()).matches();
            if (!goesOn) {
                statement.setLength(0);
            }
            if (goesOn || begins) {
                statement.append(line);
            }
            out.append(goesOn || begins ? lineEnd(line) : line);
            fresh = line.isBlank() || begins;
            code = goesOn || begins ? code : CodeFence.behind(code, line);
        }
        return out.toString();
    }

    private static String lineEnd(String line) {
        return line.endsWith("\n") ? "\n" : "";
    }

    private static boolean isClosed(StringBuilder statement) {
        if (statement.length() > MOST_CHARS) {
            return false;
        }
        var code = STRINGS.matcher(ESCAPES.matcher(statement).replaceAll("")).replaceAll("");
        boolean even = code.chars().filter(c -> c == '`').count() % 2 == 0;
        return even
                && List.of("{}", "()", "[]").stream()
                        .allMatch(pair -> count(code, pair.charAt(0)) == count(code, pair.charAt(1)));
    }

    private static long count(String code, char bracket) {
        return code.chars().filter(c -> c == bracket).count();
    }
}

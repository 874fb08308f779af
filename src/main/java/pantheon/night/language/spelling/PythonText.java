package pantheon.night.language.spelling;

/** JSON values as Python has them. */
public final class PythonText {
    private PythonText() {}

    /** What stands for {@code true}, {@code false} and {@code null}; any other text stands for itself. */
    public static String word(String json) {
        return switch (json) {
            case "true" -> "True";
            case "false" -> "False";
            case "null" -> "None";
            default -> json;
        };
    }

    /** A string between single quotes, which, backslashes and line ends are escaped. */
    public static String quoted(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + "'";
    }

    /** A value with Python's words, from a JSON text without escapes that Python does not know. */
    public static String of(String json) {
        var out = new StringBuilder();
        int at = 0;
        while (at < json.length()) {
            char c = json.charAt(at);
            int end = c == '"' ? behindString(json, at) : Character.isLetter(c) ? behindLetters(json, at) : at + 1;
            out.append(c == '"' ? json.substring(at, end) : word(json.substring(at, end)));
            at = end;
        }
        return out.toString();
    }

    /** Behind the string whose quote stands somewhere. */
    static int behindString(String json, int quote) {
        int at = quote + 1;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int behindLetters(String json, int from) {
        int at = from;
        while (at < json.length() && Character.isLetter(json.charAt(at))) {
            at++;
        }
        return at;
    }
}

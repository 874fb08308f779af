package pantheon.night.language.spelling;

import java.util.Map;
import java.util.Optional;

/** JSON values as Python has them. */
public final class PythonText {
    private static final Map<String, String> JSON = Map.of("True", "true", "False", "false", "None", "null");

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

    /**
     * The JSON text of a value as Python has it, between whose double quotes JSON's escapes stand.
     *
     * @return empty where a word is none of Python's, or a string is not closed
     */
    public static Optional<String> json(String python) {
        var out = new StringBuilder();
        int at = 0;
        while (at < python.length()) {
            char c = python.charAt(at);
            int end = c == '"' ? behindString(python, at) : isWordAt(python, at) ? behindLetters(python, at) : at + 1;
            var part = end > python.length() ? "" : python.substring(at, end);
            var json = isWordAt(python, at) ? JSON.get(part) : part;
            if (json == null || json.isEmpty()) {
                return Optional.empty();
            }
            out.append(json);
            at = end;
        }
        return Optional.of(out.toString());
    }

    /** Letters that do not belong to a number, as the e of an exponent does. */
    private static boolean isWordAt(String text, int at) {
        return Character.isLetter(text.charAt(at)) && (at == 0 || !Character.isDigit(text.charAt(at - 1)));
    }

    /** Behind the string whose quote stands somewhere. */
    static int behindString(String json, int quote) {
        int at = quote + 1;
        while (at < json.length() && json.charAt(at) != '"') {
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

package pantheon.night.document;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Metadata that stands further down in a document, where some programs read it too: blocks of YAML between fences
 * (Pandoc, slides), keys above a first fence (Hexo), comments with a fence (Gollum), exports (MDX).
 */
final class MetadataBelow {
    private static final Pattern CODE = Pattern.compile(" {0,3}(`{3,}|~{3,}).*");
    private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}_\"'-][^:]*:(?:\\s.*)?");
    private static final Pattern CLOSE = Pattern.compile("(?:---|\\.\\.\\.)[ \\t]*");
    private static final Pattern FENCE = Pattern.compile("(?:---|;;;).*");
    private static final Pattern ABOVE_FENCE = Pattern.compile("\\s*|#.*|[ \\t].*|- .*");
    private static final Pattern COMMENT = Pattern.compile(".*<!--+\\s*---.*");
    /** An export of an object, of a page as a whole, or by a name that pages give to their metadata. */
    private static final Pattern EXPORT = Pattern.compile(
            "export\\s+(?:default\\b.*|\\{.*|\\*.*"
                    + "|(?:const|let|var|async|function|class)\\b(?:.*=\\s*[{\\[(].*|.*=\\s*"
                    + "|.*(?i:meta|matter|title|layout|config|page|data|props|info|head|seo|attr|post|slug|tag|date|status|draft|priority).*))");

    private static final Pattern SECOND_BLOCK = Pattern.compile("(?:\\+{3,}|;{3,}|-{3,}\\s*\\w+)\\s*");

    private MetadataBelow() {}

    /** Where metadata may stand in a document that begins with text, null where there is none. */
    static @Nullable String inText(String text) {
        var lines = text.lines().toList();
        return hasKeysAboveFence(lines) ? message(1) : first(lines, true);
    }

    /** Where metadata may stand below front matter, null where there is none. */
    static @Nullable String inBody(String body) {
        var lines = body.lines().toList();
        var first = lines.stream().filter(line -> !line.isBlank()).findFirst().orElse("");
        return SECOND_BLOCK.matcher(first).matches() ? message(lines.indexOf(first) + 1) : first(lines, false);
    }

    private static String message(int line) {
        return "line %d of the text may begin further metadata".formatted(line);
    }

    private static @Nullable String first(List<String> lines, boolean exports) {
        var code = "";
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (code.isEmpty()
                    && (COMMENT.matcher(line).matches()
                            || (exports && EXPORT.matcher(line).matches())
                            || isBlock(lines, i))) {
                return message(i + 1);
            }
            code = code(code, line);
        }
        return null;
    }

    /** The fence of the code that goes on behind a line, empty where there is none. */
    private static String code(String open, String line) {
        if (!open.isEmpty()) {
            var close = line.strip();
            return close.startsWith(open)
                            && close.replace(open.substring(0, 1), "").isEmpty()
                    ? ""
                    : open;
        }
        var fence = CODE.matcher(line);
        return fence.matches() ? fence.group(1) : "";
    }

    /** A fence behind a blank line, a key, and a fence further down. */
    private static boolean isBlock(List<String> lines, int at) {
        return lines.get(at).stripTrailing().equals("---")
                && (at == 0 || lines.get(at - 1).isBlank())
                && at + 1 < lines.size()
                && KEY.matcher(lines.get(at + 1)).matches()
                && lines.stream()
                        .skip(at + 2L)
                        .anyMatch(line -> CLOSE.matcher(line).matches());
    }

    private static boolean hasKeysAboveFence(List<String> lines) {
        int fence = 0;
        boolean keys = false;
        while (fence < lines.size() && !FENCE.matcher(lines.get(fence)).matches()) {
            var line = lines.get(fence);
            boolean key = KEY.matcher(line).matches();
            if (!key && !ABOVE_FENCE.matcher(line).matches()) {
                return false;
            }
            keys |= key;
            fence++;
        }
        return keys && fence < lines.size();
    }
}

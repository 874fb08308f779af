package pantheon.night.document;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Metadata that stands further down in a document, where some programs read it too: blocks of YAML between fences
 * (Pandoc, slides), keys above a first fence (Hexo), comments with a fence (Gollum), exports (MDX).
 */
final class MetadataBelow {
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

    /** A field of a note (Dataview, Logseq), alone on its line, in brackets or in a list. */
    private static final Pattern FIELD = Pattern.compile(
            "(?:\\s*+(?:[-*+>]\\s++)*+(?:\\[[ xX]]\\s++)?[*_]*+|.*[\\[(])\\p{L}[\\p{L}\\p{N} _/-]*+(?<! )[*]*+::\\s+\\S.*");

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

    private static @Nullable String first(List<String> lines, boolean fresh) {
        var code = "";
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (code.isEmpty() && (isBlock(lines, i) || isComment(lines, i) || (fresh && isOfText(line)))) {
                return message(i + 1);
            }
            code = CodeFence.behind(code, line);
        }
        return null;
    }

    /** What stands beside front matter where there is some, and below it where it is new. */
    private static boolean isOfText(String line) {
        return EXPORT.matcher(line).matches() || FIELD.matcher(line).matches();
    }

    private static boolean isComment(List<String> lines, int at) {
        var next = at + 1 < lines.size() ? lines.get(at + 1) : "";
        return COMMENT.matcher(lines.get(at) + next).matches();
    }

    /** A fence behind a blank line or a heading, a key, and a fence further down. */
    private static boolean isBlock(List<String> lines, int at) {
        return lines.get(at).stripTrailing().equals("---")
                && (at == 0 || lines.get(at - 1).isBlank() || lines.get(at - 1).startsWith("#"))
                && beginsWithKey(lines.subList(at + 1, lines.size()))
                && lines.stream()
                        .skip(at + 2L)
                        .anyMatch(line -> CLOSE.matcher(line).matches());
    }

    private static boolean beginsWithKey(List<String> lines) {
        return lines.stream()
                .dropWhile(line -> line.startsWith("#"))
                .limit(1)
                .anyMatch(line -> KEY.matcher(line).matches());
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

package pantheon.night.document;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;

/**
 * How a Markdown document without YAML front matter begins: with text, or with what may be metadata.
 *
 * <p>Programs that publish documents read metadata in many forms: TOML, JSON, keys without fences, titles behind a
 * percent sign, comments, components, exports. No list of them is whole, so it is the text that has to be recognised:
 * a heading, a paragraph that can be no key, a list, a quote, an image, an HTML element of the page. Whatever else
 * stands first is for a person.
 */
final class Opening {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cf}]*");
    private static final Pattern OTHER_LINE_ENDS = Pattern.compile("[\\u000B\\f\\u0085\\u2028\\u2029]");
    private static final Pattern HEADING = Pattern.compile("#{1,6}(?:[ \\t].*)?");
    /** A fence behind a comment sign, as scripts have it that hold a document. */
    private static final Pattern COMMENTED_FENCE = Pattern.compile("#+[ \\t]*[-+=;%]{2,}.*|#{3,}");

    private static final Pattern WORDS = Pattern.compile(".*[\\p{L}\\p{N}].*");
    private static final Pattern LIST = Pattern.compile("[-+*][ \\t].*");
    private static final Pattern TABLE_OF_CONTENTS = Pattern.compile("(?i)\\[\\[?_?toc_?]]?");
    /** A definition, a table of TOML, a directive or a field in square brackets. */
    private static final Pattern BRACKETED =
            Pattern.compile("\\[[^\\]]*]:.*|\\[[^\\[\\]]*]|\\[\\[[^\\[\\]]*]]|\\[!(?!\\[).*|\\[\\[!.*|.*::.*");

    private static final Pattern CODE =
            Pattern.compile("(?:```+|~~~+)[ \\t]*(?:(?i)(?:ya?ml|toml|json|meta|front)|[{-]).*");
    /** Elements that show what stands in them. */
    private static final Pattern ELEMENT = Pattern.compile(
            "(?i)</?(?:h[1-6]|p|div|span|a|img|picture|br|hr|b|i|em|strong|center|table|details|ul|ol"
                    + "|blockquote|pre|code|kbd|sub|sup|small|section|article|figure|video|style|nav|header|main|aside|font|abbr|summary)(?:[\\s/>].*)?");

    private static final Pattern STATEMENT = Pattern.compile(
            "(?:export|import)\\s+(?:(?:const|let|var|default|function|class|async|type)\\b|.*\\bfrom\\b|[{*\"']).*"
                    + "|(?:const|let|var)\\s.*=.*");
    /** Notes to authors and programs have a colon too. */
    private static final Pattern KEY_IN_COMMENT =
            Pattern.compile("(?m)^[ \\t]*(?!SPDX-|(?:BEGIN|END) |(?:TODO|FIXME|XXX|NOTE|badges|vim?|ex):)"
                    + "(?:\\.\\.[ \\t]+)?[\\p{L}_\"'][\\p{L}\\p{N} _.\"'-]*(?::(?:[ \\t].*)?|=.*)$"
                    + "|[\\p{L}_][\\p{L}\\p{N}_-]*=[\"']|^[ \\t]*[@#:$!]\\w");

    private static final Pattern FENCE_IN_COMMENT = Pattern.compile("(?m)^[ \\t]*(?:-{3}|\\+{3}|;{3}|[{%]).*$");
    /** A key of a line without fences: words up to a colon. */
    private static final Pattern KEY = Pattern.compile(
            "(?:[\"'][^\"']*[\"']|[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_.-]*+(?:[ \\t]++[\\p{L}\\p{M}\\p{N}_.-]++){0,3}+)[ \\t]*+:.*");
    /** A link of a sentence, not of a line of its own. */
    private static final Pattern LINKED = Pattern.compile("[^:]*\\s[^\\s:]*://.*");

    /** The target of a link, or what is written as one to be a comment. */
    private static final Pattern DEFINITION =
            Pattern.compile(" {0,3}\\[[^\\[\\]]+]:[ \\t]+<?(?:https?://|mailto:|\\.{0,2}/)\\S+[ \\t]*"
                    + "|\\[(?://|comment)]:[ \\t]+(?:#|<>)[ \\t]+[(\"'][^:=]*[)\"'][ \\t]*");

    private static final Pattern NUMBERED = Pattern.compile("\\d{1,9}[.)][ \\t].*");
    private static final Pattern ESCAPED = Pattern.compile("\\\\[^\\p{L}\\p{N}].*|&#?\\w+;.*|\\$\\d.*");
    private static final Pattern CONTAINER = Pattern.compile(
            "(?::{3,}|!!!|\\?\\?\\?\\+?)[ \\t]*(?!\\{?(?i:meta|front|matter|yaml|toml|json|data))[\\p{L}{.\"].*");

    private Opening() {}

    /**
     * Why a text may begin with metadata, null where it begins with text for certain.
     *
     * @param document a document without byte-order mark
     */
    static @Nullable String doubt(String document) {
        var text = Statements.blanked(document); // what they export is looked at by MetadataBelow
        int at = 0;
        while (true) {
            var blanks = BLANKS.matcher(text).region(at, text.length());
            at = blanks.lookingAt() ? blanks.end() : at;
            var definition = DEFINITION.matcher(line(text, at));
            if (definition.matches()) {
                at += definition.end();
                continue;
            }
            if (!text.startsWith("<!--", at)) {
                return at == text.length() ? null : doubtOfLine(line(text, at));
            }
            int end = text.indexOf("-->", at);
            var comment = end < 0 ? "" : text.substring(at + 4, end);
            if (end < 0 || isMetadata(comment)) {
                return message(line(text, at));
            }
            at = end + 3;
        }
    }

    private static boolean isMetadata(String comment) {
        var inside = comment.replaceFirst("^-+", "");
        return KEY_IN_COMMENT.matcher(inside).find()
                || FENCE_IN_COMMENT.matcher(inside).find();
    }

    private static String line(String text, int at) {
        var line = text.substring(at).lines().findFirst().orElse("");
        return OTHER_LINE_ENDS.matcher(line).replaceAll(" ").stripTrailing();
    }

    private static @Nullable String doubtOfLine(String line) {
        return isText(line) ? null : message(line);
    }

    private static String message(String line) {
        return "the document begins with %s, which may be metadata; only YAML between two lines --- is read"
                .formatted(Json.quote(Lines.cut(line, 40)));
    }

    private static boolean isText(String line) {
        if (HEADING.matcher(line).matches()) {
            return !COMMENTED_FENCE.matcher(line).matches();
        }
        if (ESCAPED.matcher(line).matches() || CONTAINER.matcher(line).matches()) {
            return true;
        }
        return WORDS.matcher(line).matches()
                && switch (line.charAt(0)) {
                    case '-', '+' -> isItem(line);
                    case '*' -> !LIST.matcher(line).matches() || isItem(line);
                    case '[' -> isBracketedText(line);
                    case '!' -> line.startsWith("![");
                    case '<' -> ELEMENT.matcher(line).matches();
                    case '`', '~' -> !CODE.matcher(line).matches();
                    case '(' -> !line.startsWith("(:");
                    case '>', '|' -> true;
                    case '#',
                            '◊',
                            '{',
                            '%',
                            ';',
                            '=',
                            ':',
                            '.',
                            '@',
                            '\\',
                            '$',
                            '^',
                            '&',
                            '/',
                            ',',
                            '?',
                            ')',
                            ']',
                            '}' -> false;
                    default -> isParagraph(line);
                };
    }

    private static boolean isItem(String line) {
        return LIST.matcher(line).matches() && !line.contains("::");
    }

    private static boolean isBracketedText(String line) {
        return TABLE_OF_CONTENTS.matcher(line).matches()
                || !BRACKETED.matcher(line).matches();
    }

    /** Readers of keys without fences take the words before a colon for one. */
    private static boolean isParagraph(String line) {
        return (!KEY.matcher(line).matches()
                        || LINKED.matcher(line).matches()
                        || NUMBERED.matcher(line).matches())
                && !line.matches("[\\w.\"'-]+\\s*:?=.*")
                && !STATEMENT.matcher(line).matches();
    }
}

package pantheon.night.document.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import pantheon.night.document.FrontMatter;
import pantheon.night.document.MarkdownBlocks;

/**
 * The links of a Markdown text with the places of their destinations: inline ones, images, and definitions. What stands in
 * code, in HTML and in front matter is none.
 *
 * <p>Blocks are CommonMark's. Inside of them a link is told by {@code ](} or {@code ]:} and by what follows on the same line,
 * in a time by the length of the text.
 */
public final class Links {
    /** How far down links are looked for, in characters. */
    static final int MOST_CHARS = 1024 * 1024;

    private static final int MOST_TEXT = 300;
    private static final Pattern CODE = Pattern.compile("(?<!`)(`++)[^`\\n]++\\1(?!`)");
    private static final Pattern COMMENT = Pattern.compile("<!--[^\\n]*?-->");
    /** A destination, bare or in angle brackets, with a title behind it where there is one. */
    private static final Pattern INLINE =
            Pattern.compile("]\\([ \\t]*+(?:<([^<>\\n]{1,1000}+)>|((?:[^\\s()<]|\\([^\\s()]{0,200}+\\)){1,1000}+))"
                    + "(?:[ \\t]++(?:\"[^\"\\n]{0,300}+\"|'[^'\\n]{0,300}+'))?+[ \\t]*+\\)");

    private static final Pattern DEFINITION = Pattern.compile(
            "(?m)^[ \\t>]{0,12}+\\[([^\\[\\]\\n^][^\\[\\]\\n]{0,300}+)]:[ \\t]*+(?:<([^<>\\n]{1,1000}+)>|([^\\s<]\\S{0,1000}+))"
                    + "(?:[ \\t]++(?:\"[^\"\\n]{0,300}+\"|'[^'\\n]{0,300}+'|\\([^()\\n]{0,300}+\\)))?+[ \\t]*+\\r?$");

    private static final Parser PARSER = MarkdownBlocks.parser();

    private Links() {}

    /** The links of a text in their order. */
    public static List<Link> of(String text) {
        var seen = seen(text.substring(0, Math.min(text.length(), MOST_CHARS)));
        var lines = new LineNumbers(seen);
        var found = new ArrayList<Link>();
        var inline = INLINE.matcher(seen);
        while (inline.find()) {
            int group = inline.start(1) >= 0 ? 1 : 2;
            int open = open(seen, inline.start());
            if (open >= 0) {
                var shown = text.substring(open + 1, inline.start());
                found.add(new Link(lines.at(inline.start(group)), inline.start(group), inline.group(group), shown));
            }
        }
        var definition = DEFINITION.matcher(seen);
        while (definition.find()) {
            int group = definition.start(2) >= 0 ? 2 : 3;
            int start = definition.start(group);
            found.add(new Link(lines.at(start), start, definition.group(group), definition.group(1)));
        }
        found.sort(Comparator.comparingInt(Link::start));
        return List.copyOf(found);
    }

    /** Blanks for what holds no links, so that places stay. */
    private static String seen(String text) {
        var out = new StringBuilder(text);
        blank(out, 0, FrontMatter.end(text));
        PARSER.parse(out.toString()).accept(new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock block) {
                blank(out, block);
            }

            @Override
            public void visit(IndentedCodeBlock block) {
                blank(out, block);
            }

            @Override
            public void visit(HtmlBlock block) {
                blank(out, block);
            }
        });
        for (var pattern : List.of(CODE, COMMENT)) {
            var matcher = pattern.matcher(out.toString());
            while (matcher.find()) {
                blank(out, matcher.start(), matcher.end());
            }
        }
        return out.toString();
    }

    private static void blank(StringBuilder out, Node block) {
        block.getSourceSpans()
                .forEach(span -> blank(out, span.getInputIndex(), span.getInputIndex() + span.getLength()));
    }

    private static void blank(StringBuilder out, int from, int to) {
        for (int i = from; i < to; i++) {
            if (out.charAt(i) != '\n' && out.charAt(i) != '\r') {
                out.setCharAt(i, ' ');
            }
        }
    }

    /** Where the bracket opens that is closed at a place; -1 where none does nearby. */
    private static int open(String text, int end) {
        int open = 1;
        for (int at = end - 1; at >= Math.max(0, end - MOST_TEXT); at--) {
            char c = text.charAt(at);
            boolean escaped = at > 0 && text.charAt(at - 1) == '\\';
            open += escaped ? 0 : c == ']' ? 1 : c == '[' ? -1 : 0;
            if (open == 0) {
                return at;
            }
        }
        return -1;
    }

    /** The lines of places that are asked for in any order. */
    private static final class LineNumbers {
        private final int[] starts;

        LineNumbers(String text) {
            starts = IntStream.concat(
                            IntStream.of(0),
                            IntStream.range(0, text.length())
                                    .filter(i -> text.charAt(i) == '\n')
                                    .map(i -> i + 1))
                    .toArray();
        }

        int at(int place) {
            int found = Arrays.binarySearch(starts, place);
            return found >= 0 ? found + 1 : -found - 1;
        }
    }
}

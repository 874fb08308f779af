package pantheon.night.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The title heading of a Markdown text: its first heading of level 1 outside of code, quotes and lists, as CommonMark
 * reads it.
 *
 * <p>An empty heading is none. Where another heading comes first, where another language on the page may hide or show the
 * heading, or where its text cannot be told, there is no title heading: a person decides.
 *
 * <p>Only blocks are parsed, and of those nothing but their lines: a text that is nested or opened without end costs
 * no more than its length. A title is looked for in the first {@link #MOST_CHARS} characters.
 */
final class Headings {
    /** How far down a title is looked for, in characters. */
    static final int MOST_CHARS = 1024 * 1024;

    private final int mostChars;
    private final Map<Node, String> sources = new HashMap<>();

    private Headings(int mostChars) {
        this.mostChars = mostChars;
    }

    /**
     * The plain text of the title heading, null where there is none.
     *
     * @throws FrontMatter.Unreadable where the text is too long to be sure of that, or the heading is
     */
    static @Nullable String title(String markdown) throws FrontMatter.Unreadable {
        return title(markdown, MOST_CHARS);
    }

    static @Nullable String title(String markdown, int mostChars) throws FrontMatter.Unreadable {
        return new Headings(mostChars).find(markdown, false);
    }

    /** The title heading of a page that has another title: it opens the page, and no other is of level 1. */
    static @Nullable String onlyTitle(String markdown) throws FrontMatter.Unreadable {
        return new Headings(MOST_CHARS).find(markdown, true);
    }

    private @Nullable String find(String markdown, boolean only) throws FrontMatter.Unreadable {
        var looked = Lines.cut(markdown, mostChars);
        var text = Statements.blanked(looked);
        var document = parser().parse(text);
        var above = new ArrayList<Node>();
        for (var node = document.getFirstChild(); node != null; node = node.getNext()) {
            var source = sources.get(node);
            if (source != null && !source.isBlank()) {
                var page = PageAbove.of(text, above, line(node));
                boolean certain =
                        page.isPlain() && !isSection(above) && (!only || (page.isBare() && !isFollowed(node)));
                return certain ? HeadingText.of(source, text) : null;
            }
            above.add(node);
        }
        if (looked.length() < markdown.length()) {
            throw new FrontMatter.Unreadable(
                    "there is no title heading in its first %d characters".formatted(mostChars));
        }
        return null;
    }

    /** Whether another heading comes before it: then it opens a part of the page, whatever its level says. */
    private static boolean isSection(List<Node> above) {
        return above.stream().anyMatch(node -> node instanceof Heading heading && heading.getLevel() > 1);
    }

    /** Whether the page goes on with a further heading of level 1. */
    private boolean isFollowed(Node heading) {
        for (var node = heading.getNext(); node != null; node = node.getNext()) {
            if (!sources.getOrDefault(node, "").isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static int line(Node node) {
        return node.getSourceSpans().getFirst().getLineIndex();
    }

    /** Keeps the source of headings of level 1, and parses no text at all. */
    private Parser parser() {
        return MarkdownBlocks.parser(context -> (lines, node) -> {
            if (node instanceof Heading heading && heading.getLevel() == 1) {
                sources.put(node, lines.getContent());
            }
        });
    }

    /** The lines of a node, from 0, both ends included. */
    static List<Integer> lines(Node node) {
        return node.getSourceSpans().stream().map(span -> span.getLineIndex()).toList();
    }
}

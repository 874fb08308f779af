package pantheon.night.document;

import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.InlineParserFactory;
import org.commonmark.parser.Parser;

/**
 * Reads the blocks of a Markdown text, as CommonMark 0.31 has them, with the places of their lines.
 *
 * <p>The kinds of blocks are the library's own, all of them, in its order: the order in which they are named decides what a
 * line of dashes beneath a text is, so they are not named here.
 */
public final class MarkdownBlocks {
    /** Blocks inside one another; deeper ones are text. */
    public static final int MOST_LEVELS = 50;

    private MarkdownBlocks() {}

    /** A parser that leaves the text inside of the blocks alone. */
    public static Parser parser() {
        return parser(context -> (lines, node) -> {});
    }

    /** A parser that hands the text inside of the blocks on. */
    static Parser parser(InlineParserFactory texts) {
        return Parser.builder()
                .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                .maxOpenBlockParsers(MOST_LEVELS)
                .inlineParserFactory(texts)
                .build();
    }
}

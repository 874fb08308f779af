package pantheon.night.document.fence;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;
import pantheon.night.document.FrontMatter;
import pantheon.night.document.MarkdownBlocks;

/**
 * The code fences of a Markdown text, as CommonMark 0.31 reads them: of backticks and tildes, in lists and quotes too.
 *
 * <p>A fence that is never closed is left out, since nobody meant all that follows it to be code, and so is one around
 * nothing. Front matter is no text. Only blocks are parsed, and only in the first {@link #MOST_CHARS} characters.
 */
public final class Fences {
    /** How far down fences are looked for, in characters. */
    static final int MOST_CHARS = 1024 * 1024;

    private static final Parser PARSER = MarkdownBlocks.parser();

    private Fences() {}

    /** The fences of a text in their order. */
    public static List<Fence> of(String text) {
        return of(text, MOST_CHARS);
    }

    static List<Fence> of(String text, int mostChars) {
        var looked = text.substring(0, Math.min(text.length(), mostChars));
        var found = new ArrayList<Fence>();
        PARSER.parse(withoutFrontMatter(looked)).accept(new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock block) {
                var fence = fence(looked, block);
                if (fence != null) {
                    found.add(fence);
                }
            }
        });
        return List.copyOf(found);
    }

    /** The same text with blanks for what stands above it, so that places stay. */
    private static String withoutFrontMatter(String text) {
        int end = FrontMatter.end(text);
        return text.substring(0, end).replaceAll("[^\\r\\n]", " ") + text.substring(end);
    }

    private static @Nullable Fence fence(String text, FencedCodeBlock block) {
        var code = block.getLiteral();
        if (block.getClosingFenceLength() == null || code == null || code.isBlank()) {
            return null;
        }
        var first = block.getSourceSpans().getFirst();
        int start = text.indexOf(block.getFenceCharacter(), first.getInputIndex());
        var info = block.getInfo() == null ? "" : block.getInfo().strip();
        return new Fence(first.getLineIndex() + 1, start + block.getOpeningFenceLength(), info, code);
    }
}

package pantheon.night.document;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/** The title heading of a Markdown text: its first heading of level 1 outside of code and quotes, as CommonMark reads it. */
final class Headings {
    private static final Parser PARSER = Parser.builder()
            .enabledBlockTypes(Set.of(
                    Heading.class,
                    org.commonmark.node.FencedCodeBlock.class,
                    org.commonmark.node.IndentedCodeBlock.class,
                    org.commonmark.node.HtmlBlock.class,
                    org.commonmark.node.ThematicBreak.class,
                    org.commonmark.node.BlockQuote.class,
                    org.commonmark.node.ListBlock.class))
            .includeSourceSpans(IncludeSourceSpans.NONE)
            .build();

    private Headings() {}

    /** The plain text of the title heading, null where there is none or it is empty. */
    static @Nullable String title(String markdown) {
        for (var node = PARSER.parse(markdown).getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == 1) {
                var text = text(heading);
                return text.isEmpty() ? null : text;
            }
        }
        return null;
    }

    private static String text(Node heading) {
        var plain = new PlainText();
        heading.accept(plain);
        return List.of(plain.out.toString().split("\\s+")).stream()
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** The text of a node without its marks; ends of lines are blanks. */
    private static final class PlainText extends AbstractVisitor {
        private final StringBuilder out = new StringBuilder();

        @Override
        public void visit(Text text) {
            out.append(text.getLiteral());
        }

        @Override
        public void visit(Code code) {
            out.append(code.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak lineBreak) {
            out.append(' ');
        }

        @Override
        public void visit(HardLineBreak lineBreak) {
            out.append(' ');
        }
    }
}

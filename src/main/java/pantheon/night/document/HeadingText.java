package pantheon.night.document;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of the page sees of a heading, as plain text.
 *
 * <p>Left out is what every program leaves out: the marks of emphasis and links, images, comments, the tags of known
 * elements, attributes and ids at the end, references to footnotes. One blank stands where the page has a break. Where
 * programs differ, or a program decides what is seen (templates, components, mathematics, emoji by name, struck text,
 * links of wikis, signs that turn the direction of what follows), there is no text.
 */
final class HeadingText {
    /** A longer heading is for a person. */
    static final int MOST_CHARS = 1_000;

    private static final Parser INLINE =
            Parser.builder().enabledBlockTypes(Set.of()).build();
    private static final String VALUE = "(?:\"[^\"{}]*\"|'[^'{}]*'|[^\\s\"'{}]+)";
    private static final Pattern ATTRIBUTES = Pattern.compile(
            "(?<!\\\\)[ \\t]*\\{:?[ \\t]*(?:(?:[#.][\\p{L}\\p{N}_:.-]+|-|[\\w:-]+=" + VALUE + ")[ \\t]*)+}[ \\t]*$");
    private static final Pattern ID = Pattern.compile("[ \\t]+\\[#(?!\\d+])[\\p{L}\\p{N}_-]+][ \\t]*$");
    private static final Pattern COMMENT = Pattern.compile("\\{/\\*.*?\\*/}");
    private static final Pattern FOOTNOTE = Pattern.compile("\\[\\^[^\\]\\s]+]");
    private static final Pattern TEMPLATE =
            Pattern.compile("\\{\\{|\\{%|<%|\\$\\{|#\\{|\\{#|<<\\w|\\{\\^|\\\\\\(.*\\\\\\)");
    /** What some programs take for more than its characters. */
    private static final Pattern UNSURE = Pattern.compile("[{}]|\\[\\[|\\[!|!\\[|\\[@|\\[[^\\[\\]]*]$|\\]\\["
            + "|(?<![\\p{L}\\p{N}:]):[\\w+-]+:(?![\\p{L}\\p{N}:])|(?<!\\S):[a-z]+=\\S|\\|[A-Za-z][\\w-]*\\|"
            + "|\\$(?=\\S)[^$]*?(?<=\\S)\\$(?!\\d)|\\$\\$"
            + "|==\\S.*\\S==|==\\S==|~\\S.*\\S~|~\\S~|\\^\\S[^\\s^]*\\^|\\+\\+\\S.*\\S\\+\\+|%%|%\\w+%|@@|(?<!\\w)@\\w+@|\\|\\|\\S.*\\|\\|"
            + "|\\\\[A-Za-z]|<!--|-->|[\\u202A-\\u202E\\u2066-\\u2069\\uFFFD]");

    private static final Pattern INVISIBLE = Pattern.compile("[\\u00AD\\u200B\\u2060\\uFEFF\\p{Cntrl}&&[^\\s]]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern ELEMENT =
            Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9]*)((?:\\s[^<>]*)?)/?>", Pattern.DOTALL);
    /** Elements of which a reader sees the text alone. */
    private static final Set<String> SEEN_THROUGH = Set.of(
            "a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "img", "kbd", "mark", "q", "samp", "small",
            "span", "strong", "tt", "u", "var", "wbr");

    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}]");
    private static final Pattern MAY_HIDE =
            Pattern.compile("(?i)\\b(?:style|hidden|class|v-\\w+|x-\\w+|slot|is)\\b|\\bhref\\s*=\\s*[\"']?#");

    private HeadingText() {}

    /**
     * The text of a heading, null where it is empty or cannot be told.
     *
     * @param source the heading without its marks
     * @param page the page with its definitions of links
     */
    static @Nullable String of(String source, String page) throws FrontMatter.Unreadable {
        if (source.length() > MOST_CHARS) {
            throw new FrontMatter.Unreadable("its title heading is longer than %d characters".formatted(MOST_CHARS));
        }
        var bare = bare(source);
        if (TEMPLATE.matcher(bare).find()) {
            return null;
        }
        var seen = new Seen();
        INLINE.parse(bare + "\n\n" + definitions(bare, page)).accept(seen);
        var text = BLANKS.matcher(INVISIBLE.matcher(seen.out).replaceAll(""))
                .replaceAll(" ")
                .strip();
        boolean told = seen.told
                && !text.isEmpty()
                && !UNSURE.matcher(BLANKS.matcher(seen.text).replaceAll(" ").strip())
                        .find();
        return told ? text : null;
    }

    /** Without comments, attributes, an id at the end, and references to footnotes. */
    private static String bare(String source) {
        var text = COMMENT.matcher(source.strip()).replaceAll("").stripTrailing();
        text = ATTRIBUTES.matcher(text).replaceFirst("");
        text = ID.matcher(text).replaceFirst("");
        return FOOTNOTE.matcher(text).replaceAll("");
    }

    /** The page's definitions of the links that the heading may refer to. */
    private static String definitions(String heading, String page) {
        var folded = heading.toLowerCase(Locale.ROOT);
        return heading.indexOf('[') < 0
                ? ""
                : page.lines()
                        .filter(line -> line.matches(" {0,3}\\[[^\\]\\[]+]:\\s*\\S.*"))
                        .filter(line -> folded.contains(line.substring(line.indexOf('['), line.indexOf(']') + 1)
                                .toLowerCase(Locale.ROOT)))
                        .limit(20)
                        .collect(Collectors.joining("\n"));
    }

    /** Gathers the text of a heading. */
    private static final class Seen extends AbstractVisitor {
        /** All that is seen. */
        private final StringBuilder out = new StringBuilder();
        /** The same without code, of which every character is seen. */
        private final StringBuilder text = new StringBuilder();

        private boolean told = true;

        private void add(String seen) {
            out.append(seen);
            text.append(seen);
        }

        @Override
        public void visit(Text node) {
            add(node.getLiteral());
        }

        @Override
        public void visit(Code node) {
            out.append(node.getLiteral());
            text.append('`');
        }

        @Override
        public void visit(SoftLineBreak lineBreak) {
            add(" ");
        }

        @Override
        public void visit(HardLineBreak lineBreak) {
            add(" ");
        }

        @Override
        public void visit(Image image) {
            // a picture has no text of its own on the page
        }

        @Override
        public void visit(Link link) {
            told &= !link.getDestination().matches("(?i)xref:.*");
            int from = out.length();
            visitChildren(link);
            if (link.getDestination().startsWith("#")
                    && !WORDS.matcher(out).region(from, out.length()).find()) {
                out.setLength(from); // a sign that links to the heading itself
            }
        }

        @Override
        public void visit(HtmlInline html) {
            var tag = html.getLiteral();
            var element = ELEMENT.matcher(tag);
            if (tag.startsWith("<!--")) {
                return;
            }
            var name = element.matches() ? element.group(2) : "";
            if (name.equalsIgnoreCase("br")) {
                add(" ");
                return;
            }
            told &= SEEN_THROUGH.contains(name)
                    && !MAY_HIDE.matcher(element.group(3)).find();
        }
    }
}

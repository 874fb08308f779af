package pantheon.night.document;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;

/**
 * What stands above a heading on its page, code left out.
 *
 * <p>It is plain where nothing in it can hide the heading, hold it, or show a title before it: templates, components,
 * containers, comments and elements that are still open, a title in HTML, the sides of a merge conflict.
 */
record PageAbove(String text) {
    private static final Pattern CODE_SPANS = Pattern.compile("(?<!`)(`++)[^`\\n]++\\1(?!`)");
    private static final Pattern OTHER_LANGUAGE =
            Pattern.compile("(?m)\\{\\{|\\{%|<%|\\{#|\\{::|\\$\\{|<!--|<\\?|<!\\[CDATA"
                    + "|<[A-Z][\\w.]*[\\s/>]|(?i:<h1\\b)|^ {0,3}(?::::|///|\\+\\+\\+|<<<<<<<|>>>>>>>|\\|\\|\\|\\|\\|\\|\\|)"
                    + "|^ {0,3}\\{(?:/|[ \\t]*$)|<>|^ {0,3}\\\\\\[[ \\t]*$|^ {0,3}\\[[^\\]\\n]*]:.*[<('\"][ \\t]*$|\\\\begin\\{|\\{[+-]{2}|\\{>>"
                    + "|^ {0,3}(?:@start[a-z]+\\b|\\\\if[a-z@]+\\b)");
    /** A line of tags alone is no title without a blank, as older readers take one. */
    private static final Pattern TAGS = Pattern.compile("(?:#[\\p{Ll}\\p{N}][\\p{L}\\p{N}_/-]*\\s*)+");

    private static final Pattern PICTURES = Pattern.compile(
            "!\\[[^\\]\\n]{0,200}](?:\\([^)\\n]{0,200}\\)|\\[[^\\]\\n]{0,200}])?|]\\([^)\\n]{0,200}\\)|]\\[[^\\]\\n]{0,200}]"
                    + "|<[^<>]*>|(?m)^ {0,3}\\[[^\\]\\n]+]:.*$");
    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}]");

    private static final Pattern ELEMENT = Pattern.compile("<(/?)([a-z][a-z0-9-]*+)([^<>]*?)(/?)>");
    private static final Set<String> VOID = Set.of("img", "br", "hr", "input", "meta", "link", "source", "wbr", "col");
    /** What an element may say of itself that holds a title for all to see. */
    private static final Pattern SHOWN =
            Pattern.compile("\\s*(?:(?:align|id|name)\\s*=\\s*(?:\"[^\"]*\"|'[^']*'|[\\w-]+)\\s*)*");

    private static final Set<String> FRAMES = Set.of("div", "p", "center");

    /**
     * @param nodes the blocks above the heading
     * @param heading the line of the heading, from 0
     */
    static PageAbove of(String page, List<Node> nodes, int heading) {
        var lines = page.lines().limit(heading).toArray(String[]::new);
        for (var node : nodes) {
            if (node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock) {
                Headings.lines(node).forEach(line -> lines[line] = "");
            }
        }
        var text = withoutComments(String.join("\n", lines));
        return new PageAbove(CODE_SPANS.matcher(text).replaceAll("`"));
    }

    private static String withoutComments(String text) {
        var out = new StringBuilder();
        int from = 0;
        int end = 0;
        for (int at = text.indexOf("<!--"); at >= 0 && end >= 0; at = text.indexOf("<!--", from)) {
            end = text.indexOf("-->", at + 4);
            if (end >= 0) {
                out.append(text, from, at);
                from = end + 3;
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    /** Whether there is nothing to read, but pictures and what they link to. */
    boolean isBare() {
        return !WORDS.matcher(PICTURES.matcher(text).replaceAll("")).find();
    }

    boolean isPlain() {
        return !OTHER_LANGUAGE.matcher(text).find()
                && isEven("$$")
                && isEven("%%")
                && text.lines().noneMatch(PageAbove::isCloseHeading)
                && !hasOpenElement();
    }

    private static boolean isCloseHeading(String line) {
        return line.matches("#[^#\\s].*") && !TAGS.matcher(line).matches();
    }

    private boolean isEven(String sign) {
        return (text.length() - text.replace(sign, "").length()) / sign.length() % 2 == 0;
    }

    /** Whether an element that may hide what it holds is open where the text ends. */
    private boolean hasOpenElement() {
        Map<String, Integer> open = new HashMap<>();
        var elements = ELEMENT.matcher(text);
        while (elements.find()) {
            var name = elements.group(2).toLowerCase(Locale.ROOT);
            boolean frame =
                    FRAMES.contains(name) && SHOWN.matcher(elements.group(3)).matches();
            if (!VOID.contains(name)
                    && elements.group(4).isEmpty()
                    && !(frame && elements.group(1).isEmpty())) {
                open.merge(name, elements.group(1).isEmpty() ? 1 : -1, Integer::sum);
            }
        }
        return open.values().stream().anyMatch(count -> count > 0);
    }
}

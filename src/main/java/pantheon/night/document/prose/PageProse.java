package pantheon.night.document.prose;

import java.util.regex.Pattern;
import pantheon.night.document.FrontMatter;
import pantheon.night.document.Lines;

/** The running text of a Markdown page: without front matter, code, tables, markup and templates. */
public final class PageProse {
    /** How far down it is looked for, in characters. */
    private static final int MOST_CHARS = 1 << 18;

    private static final Pattern FENCE = Pattern.compile("[\\s>]{0,12}+(?:`{3,}+|~{3,}+).*", Pattern.DOTALL);
    private static final Pattern LEFT_OUT = Pattern.compile(
            "\\s*+(?:[|<]|\\{[%{]|!\\[|import\\s|export\\s|:::|\\[[^\\]]{1,200}+\\]:|[-*_=]{3,}+\\s*+$).*",
            Pattern.DOTALL);
    private static final Pattern MARKS =
            Pattern.compile("^\\s*+(?:#{1,6}+\\s++|>\\s*+|[-*+]\\s++|\\d{1,3}+[.)]\\s++)*+");
    private static final Pattern LINK =
            Pattern.compile("!?\\[([^\\[\\]]{0,300}+)\\](?:\\([^()]{0,500}+\\)|\\[[^\\[\\]]{0,300}+\\])?+");
    private static final Pattern TAG = Pattern.compile(
            "<[^<>]{1,500}+>|\\{[{%][^{}]{0,300}+[}%]\\}|[`*]++|(?<![\\p{L}\\p{N}])_++|_++(?![\\p{L}\\p{N}])");

    private PageProse() {}

    /** Its lines that are not blank, each with a line feed behind it. */
    public static String of(String page) {
        var seen = page.substring(0, Math.min(page.length(), MOST_CHARS));
        var out = new StringBuilder();
        boolean code = false;
        for (var line : Lines.of(seen.substring(FrontMatter.end(seen)))) {
            boolean fence = FENCE.matcher(line).matches();
            code ^= fence;
            if (!code && !fence && !LEFT_OUT.matcher(line).matches()) {
                append(line, out);
            }
        }
        return out.toString();
    }

    private static void append(String line, StringBuilder out) {
        var bare = LINK.matcher(MARKS.matcher(line).replaceFirst("")).replaceAll("$1");
        var text = TAG.matcher(bare).replaceAll("").strip();
        if (!text.isEmpty()) {
            out.append(text).append('\n');
        }
    }
}

package pantheon.night.report.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pantheon.night.VisibleText;

/** Text of anybody that stands in Markdown and is nothing but text there: no markup, no HTML, no link of its own. */
final class MarkdownText {
    private static final Pattern MARKUP = Pattern.compile(
            "[\\\\`*_\\[\\]<>|~&$@]|:(?=//)|(?<=\\bwww)\\.|^[-+#=]|(?<=^\\d{1,9})[.)](?=\\s|$)",
            Pattern.CASE_INSENSITIVE);

    private MarkdownText() {}

    static String of(String text) {
        return MARKUP.matcher(VisibleText.line(text))
                .replaceAll(match -> Matcher.quoteReplacement("\\" + match.group()));
    }
}

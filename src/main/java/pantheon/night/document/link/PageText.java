package pantheon.night.document.link;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import pantheon.night.KeptOrder;

/**
 * What a page says of itself to those who link to it.
 *
 * @param title its title in the front matter, else its first heading; empty where it has neither
 * @param anchors the places on it, letters and digits alone in lower case
 * @param isStub whether it only says that it is elsewhere now
 */
public record PageText(String title, Set<String> anchors, boolean isStub) {
    private static final int MOST_STUB_CHARS = 700;
    private static final Pattern TITLE = Pattern.compile("(?m)^title:[ \\t]*+[\"']?([^\\n\"']{1,300}+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^ {0,3}#{1,6}[ \\t]++([^\\n]{1,500}+)");
    private static final Pattern UNDERLINED =
            Pattern.compile("(?m)^ {0,3}+([^\\s#>|-][^\\n]{0,500}+)\\n {0,3}+(?:=++|-++)[ \\t]*+\\r?$");
    private static final Pattern ID =
            Pattern.compile("\\{#([\\w.:-]{1,200}+)|\\b(?:id|name)=[\"']([^\"'\\n]{1,200}+)[\"']");
    private static final Pattern MOVED = Pattern.compile(
            "(?i)\\b(?:has|have|was|been|is) (?:been )?(?:moved|relocated|migrated)\\b|\\bmoved to\\b|\\bnow lives\\b|\\bno longer (?:here|maintained)\\b");
    private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]+");

    public PageText {
        anchors = KeptOrder.set(anchors);
    }

    public static PageText of(String text) {
        var anchors = new HashSet<String>();
        var first = "";
        var headings = HEADING.matcher(text);
        while (headings.find()) {
            first = first.isEmpty() ? headings.group(1).strip() : first;
            anchors.add(plain(headings.group(1)));
        }
        UNDERLINED.matcher(text).results().forEach(heading -> anchors.add(plain(heading.group(1))));
        var ids = ID.matcher(text);
        while (ids.find()) {
            anchors.add(plain(ids.group(1) != null ? ids.group(1) : ids.group(2)));
        }
        var title = TITLE.matcher(text);
        boolean stub = text.length() <= MOST_STUB_CHARS && MOVED.matcher(text).find();
        return new PageText(title.find() ? title.group(1).strip() : first, anchors, stub);
    }

    /** Whether it has a place that an anchor of whatever program may mean. */
    public boolean has(String anchor) {
        return anchors.contains(plain(anchor));
    }

    private static String plain(String heading) {
        return MARKS.matcher(heading.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}

package pantheon.night.document.link;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import pantheon.night.KeptOrder;

/**
 * What the text of a link says of the page that it meant.
 *
 * @param all its words in their order, in lower case
 * @param words those of at least three letters
 */
record LinkText(List<String> all, Set<String> words) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]++");
    private static final Pattern LONG_WORD = Pattern.compile("[\\p{L}\\p{N}_]{3,}");
    /** The name of the site, as titles end with it. */
    private static final Pattern SITE = Pattern.compile("\\s[|·–—-]\\s++[^|·–—]{1,40}+$");
    /** A word's end may differ: plugin and plugins. */
    private static final int LEAST_BEGINNING = 4;

    private static final int MOST_END = 2;
    /** Words that say nothing of a page, since they are said of any. */
    private static final Set<String> OF_ANY = Set.of(
            "here",
            "this",
            "that",
            "these",
            "those",
            "the",
            "see",
            "page",
            "pages",
            "doc",
            "docs",
            "document",
            "documents",
            "documentation",
            "guide",
            "guides",
            "proposal",
            "link",
            "links",
            "section",
            "article",
            "post",
            "please",
            "start",
            "read",
            "more",
            "and",
            "for",
            "from",
            "with",
            "instructions",
            "details",
            "information",
            "about",
            "example",
            "examples",
            "file",
            "readme");

    LinkText {
        all = List.copyOf(all);
        words = KeptOrder.set(words);
    }

    static LinkText of(String text) {
        return new LinkText(all(text), words(text));
    }

    private static List<String> all(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static Set<String> words(String text) {
        var words = new HashSet<String>();
        var found = LONG_WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (found.find()) {
            words.add(found.group());
        }
        return words;
    }

    /** The share of its words that a page's title or path has: 0 to 1. */
    double overlap(String path, String title) {
        var known = words(title + " " + path.replace('/', ' ').replace('-', ' '));
        return words.isEmpty()
                ? 0
                : (double) words.stream().filter(known::contains).count() / words.size();
    }

    /** Whether it is a page's title to the word, with the site's name or without it, and more than one word. */
    boolean isTitle(String title) {
        return all.size() > 1
                && (all.equals(all(title)) || all.equals(all(SITE.matcher(title).replaceFirst(""))));
    }

    /** Whether it speaks of something, in two words or more, and a page's title and path of nothing like it. */
    boolean isOfAnother(String path, String title) {
        var telling = words.stream().filter(word -> !OF_ANY.contains(word)).toList();
        var page = String.join("", all(title)) + "|"
                + String.join("|", PageName.of(path).segments());
        return telling.size() > 1 && telling.stream().map(LinkText::beginning).noneMatch(page::contains);
    }

    private static String beginning(String word) {
        return word.substring(0, Math.min(word.length(), Math.max(LEAST_BEGINNING, word.length() - MOST_END)));
    }
}

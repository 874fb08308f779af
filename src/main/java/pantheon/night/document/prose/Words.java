package pantheon.night.document.prose;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a text that say what it is about: those of four letters and more, by their first five, so that their endings
 * do not count. Of scripts that put no blanks between words, each two characters beside one another.
 */
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]++");
    private static final Pattern UNPARTED = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]");
    private static final int LEAST_LETTERS = 4;
    private static final int STEM = 5;

    private Words() {}

    static Set<String> of(String text) {
        var words = new HashSet<String>();
        var found = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (found.find()) {
            var word = found.group();
            if (UNPARTED.matcher(word).find()) {
                pairs(word, words);
            } else if (word.length() >= LEAST_LETTERS) {
                words.add(word.substring(0, Math.min(STEM, word.length())));
            }
        }
        return words;
    }

    private static void pairs(String word, Set<String> into) {
        for (int i = 0; i + 1 < word.length(); i++) {
            into.add(word.substring(i, i + 2));
        }
    }

    /** The part of the words of one that the other has too: 0 to 1, 0 where it has none. */
    static double known(Set<String> of, Set<String> in) {
        return of.isEmpty() ? 0 : (double) common(of, in) / of.size();
    }

    /** The part that two have in common of all that either has (Jaccard): 0 to 1. */
    static double alike(Set<String> one, Set<String> other) {
        int common = common(one, other);
        int all = one.size() + other.size() - common;
        return all == 0 ? 0 : (double) common / all;
    }

    private static int common(Set<String> one, Set<String> other) {
        return (int) one.stream().filter(other::contains).count();
    }
}

package pantheon.night.document;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The slug of a text: accents off, lower case, every run of other than letters and digits one hyphen.
 *
 * <p>Letters and digits are Unicode's, so that a title in any script keeps a slug. A text of neither has the empty
 * slug.
 */
public final class Slug {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern APOSTROPHES = Pattern.compile("(?<=\\p{L})['\u2019](?=\\p{L})");
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ENDS = Pattern.compile("^-|-$");

    private Slug() {}

    public static String of(String text) {
        var plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        var joined = APOSTROPHES.matcher(plain).replaceAll("");
        var hyphens = OTHERS.matcher(joined.toLowerCase(Locale.ROOT)).replaceAll("-");
        return Normalizer.normalize(ENDS.matcher(hyphens).replaceAll(""), Normalizer.Form.NFC);
    }
}

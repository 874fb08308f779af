package pantheon.night.document;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The slug of a text: lower case, every run of other than letters and digits one hyphen.
 *
 * <p>Letters and digits are Unicode's, so that a title in any script keeps a slug. Latin letters become those of ASCII
 * where there is a customary spelling ({@code strasse}, {@code zolw}, {@code aebler}), and Greek ones lose their
 * accents. In every other script marks are letters or parts of letters: they stay, in NFC. What nobody sees, such as
 * soft hyphens, joiners and directions, vanishes, and so do letters that stand for apostrophes ({@code hawaii}). A sign
 * made of letters is those letters ({@code kg}). A text of neither letters nor digits has the empty slug.
 */
public final class Slug {
    /** Characters without a shape of their own: formats, selectors of variants, fillers. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]");

    /** Apostrophes in a word, and the point of Catalan between two of l. */
    private static final Pattern APOSTROPHES =
            Pattern.compile("(?<=[\\p{L}\\p{M}])['\u2019](?=\\p{L})|(?<=l)\u00b7(?=l)");
    /** Letters of Unicode's in the place of apostrophes: ʹ to ʿ. */
    private static final Pattern LETTERS_FOR_APOSTROPHES = Pattern.compile("[\\u02B9-\\u02BF]");

    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");
    private static final Pattern ENDS = Pattern.compile("^-|-$");
    /** Latin letters of no other letter's shape, as they are spelt in ASCII. */
    private static final Map<Integer, String> SPELT = Map.ofEntries(
            Map.entry((int) 'ß', "ss"),
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'ŋ', "ng"),
            Map.entry((int) 'ŉ', "n"),
            Map.entry((int) 'ĸ', "k"),
            Map.entry((int) 'ı', "i"),
            Map.entry((int) 'ȷ', "j"),
            Map.entry((int) 'ə', "e"));
    /** How Unicode names a letter with a stroke, a hook or a tail. */
    private static final Pattern WITH = Pattern.compile("LATIN SMALL LETTER ([A-Z]{1,2}) WITH .*");

    private Slug() {}

    public static String of(String text) {
        var visible = INVISIBLE.matcher(text).replaceAll("");
        var lowerCase = plain(visible).toLowerCase(Locale.ROOT);
        var spelt = spelt(plain(lowerCase));
        var joined = APOSTROPHES
                .matcher(LETTERS_FOR_APOSTROPHES.matcher(spelt).replaceAll(""))
                .replaceAll("");
        var hyphens = OTHERS.matcher(joined).replaceAll("-");
        return Normalizer.normalize(ENDS.matcher(hyphens).replaceAll(""), Normalizer.Form.NFC);
    }

    /** Decomposed, without the marks that are accents. */
    private static String plain(String text) {
        var decomposed = Normalizer.normalize(compatible(text), Normalizer.Form.NFD);
        var out = new StringBuilder();
        boolean keeps = false;
        for (int at = 0; at < decomposed.length(); ) {
            int c = decomposed.codePointAt(at);
            boolean mark = isMark(c);
            keeps = mark ? keeps : keepsMarks(c);
            if (!mark || keeps) {
                out.appendCodePoint(c);
            }
            at += Character.charCount(c);
        }
        return out.toString();
    }

    /** Whether marks on it are parts of a letter: on letters, but for Latin and Greek ones. */
    private static boolean keepsMarks(int c) {
        return Character.isLetter(c) && !isLatinOrGreek(c);
    }

    /** Ligatures, numbers in circles and letters of another width as plain ones; letters of other scripts as they are. */
    private static String compatible(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            var one = Character.toString(c);
            var plain = Normalizer.normalize(one, Normalizer.Form.NFKD);
            out.append(isOtherWidth(c) || isSign(c) || isPlain(plain) ? plain : one);
        });
        return out.toString();
    }

    private static boolean isOtherWidth(int c) {
        return Character.UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS.equals(Character.UnicodeBlock.of(c));
    }

    /** A sign that may be made of letters, as a unit in one square. */
    private static boolean isSign(int c) {
        return Character.getType(c) == Character.OTHER_SYMBOL;
    }

    private static boolean isPlain(String text) {
        return !text.startsWith(" ")
                && text.codePoints()
                        .allMatch(c ->
                                c < 0x80 || Character.isDigit(c) || isLatinOrGreek(c) || isMark(c) || c == '\u2044');
    }

    private static boolean isLatinOrGreek(int c) {
        var script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.LATIN || script == Character.UnicodeScript.GREEK;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static String spelt(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> out.append(c < 0x80 ? Character.toString(c) : spelt(c)));
        return out.toString();
    }

    private static String spelt(int c) {
        var spelling = SPELT.get(c);
        if (spelling != null || !isLatinOrGreek(c)) {
            return spelling == null ? Character.toString(c) : spelling;
        }
        var name = WITH.matcher(String.valueOf(Character.getName(c)));
        return name.matches() ? name.group(1).toLowerCase(Locale.ROOT) : Character.toString(c);
    }
}

package pantheon.night.training.secrets;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The letters and digits of a text, in lower case and without accents, and where anything else stood between them; escapes
 * of JSON are read, and what stands in a secret's place is left out.
 */
final class Letters {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long MIXER = 0xBF58476D1CE4E5B9L;
    private static final Pattern REPLACEMENTS = Pattern.compile("\\[removed [a-z0-9_]+\\]");

    /** What letters and digits of ASCII are in lower case, 0 for other characters. */
    private static final char[] ASCII = ascii();

    private final char[] letters;

    /** The places between letters at which anything else stood, and the two ends. */
    private final boolean[] ends;

    private int size;

    /** @param chars letters take the place of what is read */
    private Letters(char[] chars) {
        letters = chars;
        ends = new boolean[chars.length + 1];
        ends[0] = true;
    }

    private static char[] ascii() {
        var letters = new char[0x80];
        for (char c = 0; c < letters.length; c++) {
            letters[c] = Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
        }
        return letters;
    }

    static Letters of(String text) {
        var plain = text.contains("[removed ") ? REPLACEMENTS.matcher(text).replaceAll(" ") : text;
        var asGiven = plain.toCharArray();
        var chars = isAscii(asGiven)
                ? asGiven
                : Normalizer.normalize(plain, Normalizer.Form.NFKD).toCharArray();
        var letters = new Letters(chars);
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] == '\\') {
                i = letters.escape(chars, i);
            } else {
                letters.add(chars[i]);
            }
        }
        letters.ends[letters.size] = true;
        return letters;
    }

    private static boolean isAscii(char[] text) {
        int bits = 0;
        for (char c : text) {
            bits |= c;
        }
        return bits < 0x80;
    }

    /** Takes an escape, also one that is escaped again; the place of its last character. */
    private int escape(char[] text, int at) {
        int i = at;
        while (i + 1 < text.length && text[i] == '\\') {
            i++;
        }
        ends[size] = true;
        char c = text[i];
        if (c == 'u' && isHex(text, i + 1)) {
            add((char) Integer.parseInt(new String(text, i + 1, 4), 16));
            return i + 4;
        }
        if ("bfnrt".indexOf(c) < 0) {
            add(c);
        }
        return i;
    }

    private static boolean isHex(char[] text, int from) {
        for (int i = from; i < from + 4; i++) {
            if (i >= text.length || Character.digit(text[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private void add(char c) {
        char letter = c < ASCII.length ? ASCII[c] : Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
        if (letter == 0) {
            ends[size] = true;
        } else {
            letters[size++] = letter;
        }
    }

    /** The same where more text follows on either side, so that nobody knows where its first and last words end. */
    Letters within() {
        ends[0] = false;
        ends[size] = false;
        return this;
    }

    int size() {
        return size;
    }

    /** Whether anything else stood before the letter at a place, or the text ends there. */
    boolean isEnd(int at) {
        return ends[at];
    }

    /** Whether there are both letters and digits. */
    boolean isMixed(int from, int to) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            digits += Character.isDigit(letters[i]) ? 1 : 0;
        }
        return digits > 0 && digits < to - from;
    }

    /** The same for the same letters, wherever they stand; never 0. */
    long hash(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum = sum * FACTOR + letters[i];
        }
        long hash = (sum + to - from) * MIXER;
        hash ^= hash >>> 29;
        return hash == 0 ? 1 : hash;
    }
}

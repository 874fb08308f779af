package pantheon.night.training.secrets;

import java.text.Normalizer;
import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * The letters and digits of a text, in lower case and without accents, and where anything else stood between them; escapes
 * of JSON are read, and what stands in a secret's place is left out.
 */
final class Letters {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final Pattern REPLACEMENTS = Pattern.compile("\\[removed [a-z0-9_]+\\]");

    private final char[] letters;

    /** The places between letters at which anything else stood, and the two ends. */
    private final BitSet ends = new BitSet();

    private int size;

    private Letters(int most) {
        letters = new char[most];
        ends.set(0);
    }

    static Letters of(String text) {
        var plain = text.contains("[removed ") ? REPLACEMENTS.matcher(text).replaceAll(" ") : text;
        var normal = isAscii(plain) ? plain : Normalizer.normalize(plain, Normalizer.Form.NFKD);
        var letters = new Letters(normal.length());
        for (int i = 0; i < normal.length(); i++) {
            if (normal.charAt(i) == '\\') {
                i = letters.escape(normal, i);
            } else {
                letters.add(normal.charAt(i));
            }
        }
        letters.ends.set(letters.size);
        return letters;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** Takes an escape, also one that is escaped again; the place of its last character. */
    private int escape(String text, int at) {
        int i = at;
        while (i + 1 < text.length() && text.charAt(i) == '\\') {
            i++;
        }
        ends.set(size);
        char c = text.charAt(i);
        if (c == 'u' && isHex(text, i + 1)) {
            add((char) Integer.parseInt(text, i + 1, i + 5, 16));
            return i + 4;
        }
        if ("bfnrt".indexOf(c) < 0) {
            add(c);
        }
        return i;
    }

    private static boolean isHex(String text, int from) {
        for (int i = from; i < from + 4; i++) {
            if (i >= text.length() || Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private void add(char c) {
        if (Character.isLetterOrDigit(c)) {
            letters[size++] = Character.toLowerCase(c);
        } else {
            ends.set(size);
        }
    }

    int size() {
        return size;
    }

    /** Whether anything else stood before the letter at a place, or the text ends there. */
    boolean isEnd(int at) {
        return ends.get(at);
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
        long hash = (long) to - from;
        for (int i = from; i < to; i++) {
            hash = (hash ^ letters[i]) * FACTOR;
        }
        hash ^= hash >>> 29;
        return hash == 0 ? 1 : hash;
    }
}

package pantheon.night.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A word that is not known, and the known one that it was most likely meant to be. */
public final class Slip {
    /** A word this many changes away from a known one is taken for a slip, one for each so many letters. */
    private static final int MOST_CHANGES = 2;

    private static final int LETTERS_OF_A_CHANGE = 3;

    private Slip() {}

    /** The end of a message: the nearest known word, or what to do where none is near. */
    static String suggestion(String word, Collection<String> known, String otherwise) {
        var nearest = nearest(word, known);
        return nearest == null ? otherwise : "Did you mean \"" + nearest + "\"?";
    }

    /**
     * The known word that is fewest changes away, the first of several; else the first that begins with this one; null
     * where none is near. The dashes of an option count for nothing.
     */
    public static @Nullable String nearest(String word, Collection<String> known) {
        var wrong = bare(word);
        String best = null;
        int distance = Math.min(MOST_CHANGES, wrong.length() / LETTERS_OF_A_CHANGE) + 1;
        for (var candidate : known) {
            int d = distance(wrong, bare(candidate));
            if (d < distance) {
                best = candidate;
                distance = d;
            }
        }
        return best == null && wrong.length() >= LETTERS_OF_A_CHANGE ? begun(wrong, known) : best;
    }

    private static @Nullable String begun(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> bare(candidate).startsWith(word))
                .findFirst()
                .orElse(null);
    }

    private static String bare(String word) {
        return word.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
    }

    /** Damerau's and Levenshtein's distance: characters inserted, deleted, replaced, or neighbours that changed places. */
    private static int distance(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int step(int[][] rows, String a, String b, int i, int j) {
        int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}

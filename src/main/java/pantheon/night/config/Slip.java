package pantheon.night.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A word that is not known, and the known one that it was most likely meant to be. */
public final class Slip {
    /** A word this many changes away from a known one is taken for a slip. */
    private static final int NEAR = 2;

    private Slip() {}

    /** The end of a message: the nearest known word, or what to do where none is near. */
    static String suggestion(String word, Collection<String> known, String otherwise) {
        var nearest = nearest(word, known);
        return nearest == null ? otherwise : "Did you mean \"" + nearest + "\"?";
    }

    /** The known word that is fewest changes away, the first of several; null where none is near. */
    public static @Nullable String nearest(String word, Collection<String> known) {
        String best = null;
        int distance = Math.min(NEAR, word.length() - 1) + 1;
        for (var candidate : known) {
            int d = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (d < distance) {
                best = candidate;
                distance = d;
            }
        }
        return best;
    }

    /** Levenshtein's distance: single characters inserted, deleted, or replaced. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

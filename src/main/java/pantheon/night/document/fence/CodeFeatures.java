package pantheon.night.document.fence;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A piece of code as a vector of length 1: which groups of one to four characters it has, and how its lines begin and
 * end, each counted in one of {@link #BUCKETS} places that its hash names.
 *
 * @param places ascending
 * @param values one a place: 1 + ln of the count, scaled
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CodeFeatures(int[] places, float[] values) {
    static final int BUCKETS = 1 << 13;
    /** What stands further down says nothing more. */
    static final int MOST_CHARS = 1_500;

    private static final int LONGEST_GROUP = 4;
    private static final int SHAPE_CHARS = 12;
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z_]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    static CodeFeatures of(String code) {
        var text = "\n" + code.substring(0, Math.min(code.length(), MOST_CHARS)).strip() + "\n";
        var counts = new Counts();
        counts.groups(text);
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(counts::line);
        return counts.vector();
    }

    /** How often each place was named. */
    private static final class Counts {
        private final int[] counts = new int[BUCKETS];

        void groups(String text) {
            for (int length = 1; length <= LONGEST_GROUP; length++) {
                for (int at = 0; at + length <= text.length(); at++) {
                    int hash = length * 31;
                    for (int i = at; i < at + length; i++) {
                        hash = hash * 0x01000193 ^ text.charAt(i);
                    }
                    add(hash);
                }
            }
        }

        /** Its first word, its beginning with all words and numbers alike, and its last character. */
        void line(String line) {
            add(BLANKS.split(line, 2)[0].hashCode() * 13 + 5);
            var shape = BLANKS.matcher(DIGITS.matcher(LETTERS.matcher(line).replaceAll("a"))
                            .replaceAll("0"))
                    .replaceAll(" ");
            add(shape.substring(0, Math.min(shape.length(), SHAPE_CHARS)).hashCode() * 17 + 9);
            add((31 * 'e' + line.charAt(line.length() - 1)) * 19 + 2);
        }

        private void add(int hash) {
            int mixed = (hash ^ hash >>> 15) * 0x2c1b3c6d;
            mixed = (mixed ^ mixed >>> 12) * 0x297a2d39;
            counts[(mixed ^ mixed >>> 15) & (BUCKETS - 1)]++;
        }

        CodeFeatures vector() {
            var places = new int[BUCKETS];
            var values = new float[BUCKETS];
            int size = 0;
            double squares = 0;
            for (int place = 0; place < BUCKETS; place++) {
                if (counts[place] > 0) {
                    places[size] = place;
                    values[size] = (float) (1 + StrictMath.log(counts[place]));
                    squares += (double) values[size] * values[size];
                    size++;
                }
            }
            return scaled(places, values, size, (float) (1 / Math.sqrt(squares)));
        }

        private static CodeFeatures scaled(int[] places, float[] values, int size, float scale) {
            for (int i = 0; i < size; i++) {
                values[i] *= scale;
            }
            return new CodeFeatures(Arrays.copyOf(places, size), Arrays.copyOf(values, size));
        }
    }
}

package pantheon.night.language.text;

import java.util.HashMap;
import java.util.List;

/** Classes of bytes that no state tells apart. */
final class ByteClasses {
    private static final int BYTES = 256;

    private final byte[] classes = new byte[BYTES];
    /** For each class its first byte. */
    private final int[] representatives = new int[BYTES];

    private int count = 1;

    private ByteClasses() {}

    /** Tells bytes apart at some points, the first of which is 0: for each its class, rising. */
    static byte[] between(int[] points) {
        var classes = new byte[BYTES];
        int found = 0;
        for (int b = 0; b < BYTES; b++) {
            found += found < points.length && points[found] <= b ? 1 : 0;
            classes[b] = (byte) (found - 1);
        }
        return classes;
    }

    /** @param rows for each state the next one by byte */
    static ByteClasses of(List<int[]> rows) {
        var found = new ByteClasses();
        rows.forEach(found::tellApart);
        return found;
    }

    private void tellApart(int[] row) {
        for (int b = 0; b < BYTES; b++) {
            if (row[b] != row[representatives[classes[b] & 0xFF]]) {
                split(row);
                return;
            }
        }
    }

    /** Cuts each class by where a row leads. */
    private void split(int[] row) {
        var numbers = new HashMap<Long, Integer>();
        for (int b = 0; b < BYTES; b++) {
            int first = b;
            int number =
                    numbers.computeIfAbsent((long) classes[b] << Integer.SIZE | (row[b] & 0xFFFFFFFFL), missing -> {
                        representatives[numbers.size()] = first;
                        return numbers.size();
                    });
            classes[b] = (byte) number;
        }
        count = numbers.size();
    }

    int count() {
        return count;
    }

    /** The class of each byte. */
    byte[] byByte() {
        return classes;
    }

    /** Writes a row with one place for each class. */
    void pick(int[] row, int[] out, int at) {
        for (int c = 0; c < count; c++) {
            out[at + c] = row[representatives[c]];
        }
    }
}

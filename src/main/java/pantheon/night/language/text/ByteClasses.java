package pantheon.night.language.text;

import java.util.List;

/** Classes of bytes that no state tells apart. */
final class ByteClasses {
    private static final int BYTES = 256;

    private final byte[] classes = new byte[BYTES];
    private final int[] representatives = new int[BYTES];
    private int count;

    private ByteClasses() {}

    /** @param rows for each state the next one by byte */
    static ByteClasses of(List<int[]> rows) {
        var hashes = hashes(rows);
        var found = new ByteClasses();
        for (int b = 0; b < BYTES; b++) {
            found.classes[b] = (byte) found.classOf(b, hashes, rows);
        }
        return found;
    }

    /** A number for each byte that is equal for two that no state tells apart. */
    private static long[] hashes(List<int[]> rows) {
        var hashes = new long[BYTES];
        for (var row : rows) {
            for (int b = 0; b < BYTES; b++) {
                hashes[b] = hashes[b] * 0x9E3779B97F4A7C15L + row[b];
            }
        }
        return hashes;
    }

    /** The class of a byte, a new one where it is like none before. */
    private int classOf(int b, long[] hashes, List<int[]> rows) {
        for (int c = 0; c < count; c++) {
            if (hashes[representatives[c]] == hashes[b] && areAlike(rows, representatives[c], b)) {
                return c;
            }
        }
        representatives[count] = b;
        return count++;
    }

    private static boolean areAlike(List<int[]> rows, int one, int other) {
        for (var row : rows) {
            if (row[one] != row[other]) {
                return false;
            }
        }
        return true;
    }

    int count() {
        return count;
    }

    /** The class of each byte. */
    byte[] byByte() {
        return classes;
    }

    /** Writes a row with one place for each class; whether anything but the dead follows. */
    boolean pick(int[] row, int[] out, int at) {
        boolean alive = false;
        for (int c = 0; c < count; c++) {
            int next = row[representatives[c]];
            out[at + c] = next;
            alive |= next != ByteTable.DEAD;
        }
        return alive;
    }
}

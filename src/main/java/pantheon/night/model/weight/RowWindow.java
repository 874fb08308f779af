package pantheon.night.model.weight;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A few rows' bytes in memory: of those rows that were asked for, and those beside them. */
public final class RowWindow {
    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Bytes {
        /** Fills a buffer with those from a place on. */
        void read(long at, ByteBuffer into);
    }

    private final int rowBytes;
    private final long rows;
    private final int held;
    private final Bytes bytes;
    private final ByteBuffer buffer;
    private long first = -1;

    /** A window of so many bytes, or of one row where one is longer. */
    public RowWindow(int rowBytes, long rows, int windowBytes, Bytes bytes) {
        this.rowBytes = rowBytes;
        this.rows = rows;
        this.bytes = bytes;
        held = (int) Math.clamp(windowBytes / (long) rowBytes, 1, rows);
        buffer = ByteBuffer.allocate(held * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes of a row, from the buffer's position on; valid until the next one is asked for. */
    public ByteBuffer at(long row) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("row %d of %d".formatted(row, rows));
        }
        if (first < 0 || row < first || row >= first + held) {
            first = row / held * held;
            buffer.clear().limit((int) Math.min(held, rows - first) * rowBytes);
            bytes.read(first * rowBytes, buffer);
        }
        int at = (int) (row - first) * rowBytes;
        return buffer.clear().position(at);
    }
}

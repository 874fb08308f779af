package pantheon.night.engine.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of a reply one after the other, read in pieces and within bounds. */
final class Incoming {
    /** Where bytes come from. */
    interface Source {
        /**
         * Puts one byte or more into a buffer.
         *
         * @return how many; -1 where no further one comes
         * @throws ExchangeFailed where none came within a limit
         */
        int read(ByteBuffer into) throws IOException;
    }

    private static final int PIECE_BYTES = 1 << 14;

    private final Source source;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES).flip();

    Incoming(Source source) {
        this.source = source;
    }

    /** The next byte, -1 at the end. */
    int next() throws IOException {
        return fill() ? piece.get() & 0xff : -1;
    }

    /** The next bytes, as many as are there and wanted, at least one; -1 at the end. */
    int next(byte[] into, int most) throws IOException {
        if (!fill()) {
            return -1;
        }
        int count = Math.min(most, piece.remaining());
        piece.get(into, 0, count);
        return count;
    }

    private boolean fill() throws IOException {
        if (!piece.hasRemaining()) {
            piece.clear();
            int read = source.read(piece);
            piece.flip();
            return read > 0;
        }
        return true;
    }

    /** Whether bytes have come that nobody has taken. */
    boolean hasMore() {
        return piece.hasRemaining();
    }

    /**
     * A line up to CR LF, without them.
     *
     * @param most how many bytes it may have
     * @throws ExchangeFailed where it is longer, holds a control character, or does not end
     */
    String line(int most) throws IOException {
        var line = new byte[Math.min(most, 128)];
        for (int length = 0; ; length++) {
            int next = next();
            if (next == '\r') {
                requireLineEnd();
                return new String(line, 0, length, StandardCharsets.ISO_8859_1);
            }
            requireText(next);
            if (length == most) {
                throw ExchangeFailed.flood("sent a line of more than %d bytes before the body".formatted(most));
            }
            line = length < line.length ? line : java.util.Arrays.copyOf(line, Math.min(most, 2 * length));
            line[length] = (byte) next;
        }
    }

    private static void requireText(int next) throws ExchangeFailed {
        if (next < 0) {
            throw cutOff("ended the connection within a line of the reply's head");
        }
        if ((next < ' ' && next != '\t') || next == 0x7f) {
            throw ExchangeFailed.nonsense(
                    "sent control character 0x%02x in a line of the reply's head".formatted(next));
        }
    }

    void requireLineEnd() throws IOException {
        if (next() != '\n') {
            throw ExchangeFailed.nonsense("sent a carriage return without a line feed");
        }
    }

    static ExchangeFailed cutOff(String how) {
        return new ExchangeFailed(ExchangeFailed.Kind.CUT_OFF, how);
    }
}

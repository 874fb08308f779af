package pantheon.night.engine.server.http;

import java.io.IOException;
import java.util.HexFormat;

/** The bytes of a reply's body, whether it has a length or comes in chunks; more than its bound is refused before it is read. */
final class ReplyBody {
    private static final int CHUNK_LINE_BYTES = 256;
    private static final int MOST_TRAILERS = 20;
    private static final int TRAILER_BYTES = 1 << 12;

    private final Incoming in;
    private final boolean chunked;
    private final long most;
    private long left;
    private long came;
    private boolean ended;

    private ReplyBody(Incoming in, boolean chunked, long left, long most) {
        this.in = in;
        this.chunked = chunked;
        this.left = left;
        this.most = most;
    }

    /** @param most the most bytes that it may have */
    static ReplyBody of(ReplyHead head, Incoming in, long most) throws IOException {
        if (head.isChunked()) {
            return new ReplyBody(in, true, 0, most);
        }
        if (head.length() > most) {
            throw ExchangeFailed.flood(
                    "announced a reply of %d bytes; at most %d are read".formatted(head.length(), most));
        }
        return new ReplyBody(in, false, head.length(), most);
    }

    /** The next bytes, at least one; -1 at the body's end, behind which nothing may stand. */
    int read(byte[] into) throws IOException {
        if (ended || (left == 0 && !next())) {
            end();
            return -1;
        }
        int read = in.next(into, (int) Math.min(into.length, left));
        if (read < 0) {
            throw Incoming.cutOff("ended the connection before its reply was whole");
        }
        left -= read;
        if (chunked && left == 0) {
            requireChunkEnd();
        }
        return read;
    }

    /** Whether another chunk follows. */
    private boolean next() throws IOException {
        if (!chunked) {
            return false;
        }
        left = chunkSize(in.line(CHUNK_LINE_BYTES));
        came += left;
        if (came > most) {
            throw ExchangeFailed.flood("sent a reply of more than %d bytes".formatted(most));
        }
        return left > 0;
    }

    private static long chunkSize(String line) throws ExchangeFailed {
        int extension = line.indexOf(';');
        var size = (extension < 0 ? line : line.substring(0, extension)).strip();
        if (!size.matches("[0-9A-Fa-f]{1,12}")) {
            throw ExchangeFailed.nonsense("sent a chunk without its size");
        }
        return HexFormat.fromHexDigitsToLong(size);
    }

    private void requireChunkEnd() throws IOException {
        int next = in.next();
        if (next < 0) {
            throw Incoming.cutOff("ended the connection before its reply was whole");
        }
        if (next != '\r') {
            throw ExchangeFailed.nonsense("sent a chunk that is longer than it says");
        }
        in.requireLineEnd();
    }

    private void end() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        if (chunked) {
            passTrailers();
        }
        if (in.hasMore()) {
            throw ExchangeFailed.nonsense("sent bytes behind its reply");
        }
    }

    private void passTrailers() throws IOException {
        for (int count = 0; count <= MOST_TRAILERS; count++) {
            if (in.line(TRAILER_BYTES).isEmpty()) {
                return;
            }
        }
        throw ExchangeFailed.flood("sent more than %d lines behind its reply".formatted(MOST_TRAILERS));
    }
}

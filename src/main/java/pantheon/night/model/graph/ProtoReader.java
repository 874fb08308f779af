package pantheon.night.model.graph;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Reads messages of protocol buffers field by field where they lie in a file; what is not asked for is not read. */
final class ProtoReader {
    private static final int BUFFER_BYTES = 1 << 13;
    private static final int LENGTH = 2;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    /** Where in the file the buffer begins. */
    private long start;

    ProtoReader(FileChannel file) {
        this.file = file;
    }

    /** A part of the file: a field's message or text, or all of it. */
    record Range(long from, long to) {}

    /** Takes a field that has a length: a message, a text or bytes. */
    @FunctionalInterface
    interface Fields {
        void take(int field, Range value) throws IOException;
    }

    /**
     * Goes through the fields of a message.
     *
     * @throws IOException where they are not those of a message
     */
    void fields(Range message, Fields fields) throws IOException {
        long at = message.from();
        while (at < message.to()) {
            seek(at);
            long tag = varint();
            int kind = (int) (tag & 7);
            long value = kind == LENGTH ? varint() : 0;
            long end = kind == LENGTH ? position() + value : skipped(kind);
            if (value < 0 || end < at || end > message.to()) {
                throw new IOException("it has a field of %d bytes at byte %d".formatted(value, at));
            }
            if (kind == LENGTH) {
                fields.take((int) (tag >>> 3), new Range(end - value, end));
            }
            at = end;
        }
    }

    /** Where a field without a length ends. */
    private long skipped(int kind) throws IOException {
        return switch (kind) {
            case 0 -> {
                varint();
                yield position();
            }
            case 1 -> position() + Long.BYTES;
            case 5 -> position() + Integer.BYTES;
            default -> throw new IOException("it has a field of kind %d at byte %d".formatted(kind, position()));
        };
    }

    /** A short text. */
    String text(Range value, int most) throws IOException {
        if (value.to() - value.from() > most) {
            throw new IOException("it has a text of more than %d bytes at byte %d".formatted(most, value.from()));
        }
        seek(value.from());
        var bytes = new byte[(int) (value.to() - value.from())];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = next();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = next();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("it has no number at byte %d".formatted(position()));
    }

    private long position() {
        return start + buffer.position();
    }

    private void seek(long at) {
        if (at >= start && at <= start + buffer.limit()) {
            buffer.position((int) (at - start));
        } else {
            start = at;
            buffer.limit(0);
        }
    }

    private byte next() throws IOException {
        if (!buffer.hasRemaining()) {
            start = position();
            buffer.clear();
            int read = file.read(buffer, start);
            buffer.flip();
            if (read <= 0) {
                throw new EOFException("it ends at byte %d".formatted(start));
            }
        }
        return buffer.get();
    }
}

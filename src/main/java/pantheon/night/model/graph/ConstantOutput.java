package pantheon.night.model.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Where the numbers of a constant go, one after the other: a part of the data file. */
public final class ConstantOutput {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel file;
    private final Constant constant;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final long end;
    private long place;

    ConstantOutput(FileChannel file, Constant constant, long place) {
        this.file = file;
        this.constant = constant;
        this.place = place;
        end = place + constant.bytes();
    }

    public void put(byte value) {
        room(Byte.BYTES).put(value);
    }

    public void put(float value) {
        room(Float.BYTES).putFloat(value);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        buffer.flip();
        if (place + buffer.remaining() > end) {
            throw new IllegalStateException("more numbers than constant %s has".formatted(constant.name()));
        }
        try {
            while (buffer.hasRemaining()) {
                place += file.write(buffer, place);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.clear();
    }

    /** Writes what is left of it, which is all of it. */
    void finish() {
        flush();
        if (place != end) {
            throw new IllegalStateException(
                    "%d bytes of constant %s were not written".formatted(end - place, constant.name()));
        }
    }
}

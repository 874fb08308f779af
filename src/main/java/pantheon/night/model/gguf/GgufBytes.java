package pantheon.night.model.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * The header of a file, read number by number in little-endian order, up to a number of bytes. Every length is held
 * against what is left of the file before anything of that length is made.
 */
final class GgufBytes {
    /** The header of the largest vocabulary there is takes 15 MB. */
    static final long MOST_HEADER_BYTES = 1L << 26;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final long fileBytes;
    private final long end;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    /** Where in the file the buffer's content ends. */
    private long filled;

    GgufBytes(Path file, FileChannel channel, long mostHeaderBytes) throws IOException {
        this.file = file;
        this.channel = channel;
        fileBytes = channel.size();
        end = Math.min(fileBytes, mostHeaderBytes);
    }

    /** The file's byte that is read next. */
    long position() {
        return filled - buffer.remaining();
    }

    long fileBytes() {
        return fileBytes;
    }

    /** How many bytes the header may still have. */
    long left() {
        return end - position();
    }

    byte int8(String what) throws IOException {
        need(1, what);
        return buffer.get();
    }

    short int16(String what) throws IOException {
        need(2, what);
        return buffer.getShort();
    }

    int int32(String what) throws IOException {
        need(4, what);
        return buffer.getInt();
    }

    long int64(String what) throws IOException {
        need(8, what);
        return buffer.getLong();
    }

    /**
     * A count or a length.
     *
     * @param eachBytes the bytes that one of what is counted has at least
     * @param most the greatest that is taken
     */
    int count(String what, long eachBytes, int most) throws IOException {
        long count = int64(what);
        if (count < 0 || count > most) {
            throw broken("%s is %s; expected %d at most".formatted(what, Long.toUnsignedString(count), most));
        }
        if (count * eachBytes > left()) {
            throw cut("%s is %d, more than the %d bytes behind it can hold".formatted(what, count, left()));
        }
        return (int) count;
    }

    /** A text in UTF-8 with its length before it. */
    String text(String what, int mostBytes) throws IOException {
        var bytes = new byte[count("the length of " + what, 1, mostBytes)];
        for (int at = 0; at < bytes.length; ) {
            need(1, what);
            int part = Math.min(buffer.remaining(), bytes.length - at);
            buffer.get(bytes, at, part);
            at += part;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken(what + " is no UTF-8");
        }
    }

    private void need(int bytes, String what) throws IOException {
        if (buffer.remaining() >= bytes) {
            return;
        }
        if (left() < bytes) {
            throw cut("it ends within " + what);
        }
        buffer.compact();
        buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + (end - filled)));
        while (buffer.position() < bytes) {
            int read = channel.read(buffer, filled);
            if (read < 0) {
                throw cut("it ends within " + what);
            }
            filled += read;
        }
        buffer.flip();
    }

    private NightException cut(String what) {
        return end < fileBytes
                ? broken("its header is longer than %d bytes".formatted(end))
                : broken("%s; it is cut off".formatted(what));
    }

    /** The file is not what it says it is. */
    NightException broken(String what) {
        return new NightException(
                ExitCode.DATA,
                "%s is no GGUF file that can be read: %s. Get the file from its source again.".formatted(file, what));
    }

    /** The file may be right, but nothing here reads it. */
    NightException unknown(String what, String mend) {
        return new NightException(ExitCode.DATA, "%s cannot be read: %s. %s".formatted(file, what, mend));
    }
}

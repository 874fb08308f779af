package pantheon.night.model.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.disk.RegularFile;

/**
 * A safetensors file: eight bytes with the length of the header, the header as JSON, and the numbers of the tensors, which
 * stay on the disk until they are read. May be read by several threads.
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final long MOST_HEADER_BYTES = 1 << 23;

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Safetensor> tensors;

    private SafetensorsFile(Path path, FileChannel channel, Map<String, Safetensor> tensors) {
        this.path = path;
        this.channel = channel;
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws NightException with exit code 65 where it is no such file, or is damaged
     */
    public static SafetensorsFile open(Path path) {
        try {
            var channel = RegularFile.channel(path);
            try {
                return new SafetensorsFile(path, channel, header(path, channel));
            } catch (RuntimeException | IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(ExitCode.DATA, path, e);
        }
    }

    private static Map<String, Safetensor> header(Path path, FileChannel channel) throws IOException {
        long end = channel.size();
        if (end < Long.BYTES) {
            throw SafetensorsHeader.broken(path, "it has %d bytes".formatted(end));
        }
        var length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(path, channel, 0, length);
        long bytes = length.getLong(0);
        if (bytes < 2 || bytes > MOST_HEADER_BYTES || bytes > end - Long.BYTES) {
            throw SafetensorsHeader.broken(
                    path,
                    "it claims a header of %s bytes; expected %d at most, within its %d bytes"
                            .formatted(Long.toUnsignedString(bytes), MOST_HEADER_BYTES, end));
        }
        var text = ByteBuffer.allocate((int) bytes);
        fill(path, channel, Long.BYTES, text);
        var decoded = StandardCharsets.UTF_8.newDecoder().decode(text.flip()).toString();
        return new SafetensorsHeader(path, Long.BYTES + bytes, end).read(decoded);
    }

    public Path path() {
        return path;
    }

    /** The tensors by their names. */
    public Map<String, Safetensor> tensors() {
        return tensors;
    }

    /**
     * Fills a buffer with a tensor's bytes from a place within it on.
     *
     * @throws NightException with exit code 74 where the file cannot be read, or has become shorter
     */
    public void read(Safetensor tensor, long at, ByteBuffer into) {
        try {
            fill(path, channel, tensor.offset() + at, into);
        } catch (IOException e) {
            throw unreadable(ExitCode.IO, path, e);
        }
    }

    private static void fill(Path path, FileChannel channel, long from, ByteBuffer into) throws IOException {
        for (long place = from; into.hasRemaining(); ) {
            int read = channel.read(into, place);
            if (read < 0) {
                throw new NightException(
                        ExitCode.IO, "%s has become shorter while it was read. Try again.".formatted(path));
            }
            place += read;
        }
    }

    private static NightException unreadable(ExitCode code, Path path, IOException e) {
        return new NightException(
                code,
                "%s cannot be read: %s. Check that it is there and its permissions."
                        .formatted(path, IoReason.of(e, path)),
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(ExitCode.IO, path, e);
        }
    }
}

package pantheon.night.model.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.disk.RegularFile;

/**
 * A GGUF file, as llama.cpp and Ollama keep models: its header is in memory, the numbers of its tensors stay on the disk
 * until they are read.
 *
 * <p>Versions 2 and 3, little-endian. May be read by several threads.
 */
public final class GgufFile implements AutoCloseable {
    private static final String PARTS = "split.count";

    private final Path path;
    private final FileChannel channel;
    private final int version;
    private final GgufMetadata metadata;
    private final Map<String, GgufTensor> tensors;

    private GgufFile(Path path, FileChannel channel, GgufHeader header) {
        this.path = path;
        this.channel = channel;
        version = header.version();
        metadata = new GgufMetadata(path, header.values());
        tensors = KeptOrder.map(header.tensors());
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws NightException with exit code 65 where it is no such file, is damaged, or is a part of one
     */
    public static GgufFile open(Path path) {
        return open(path, GgufBytes.MOST_HEADER_BYTES);
    }

    static GgufFile open(Path path, long mostHeaderBytes) {
        try {
            var channel = RegularFile.channel(path);
            try {
                var header = new GgufHeader(new GgufBytes(path, channel, mostHeaderBytes));
                header.read();
                var file = new GgufFile(path, channel, header);
                file.requireWhole();
                return file;
            } catch (RuntimeException | IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(ExitCode.DATA, path, e);
        }
    }

    private void requireWhole() {
        long parts = metadata.whole(PARTS).orElse(0);
        if (parts > 1) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s is one of %d parts of a model. Join them with llama.cpp's llama-gguf-split --merge, and give that file."
                            .formatted(path, parts));
        }
    }

    public Path path() {
        return path;
    }

    /** 2 or 3. */
    public int version() {
        return version;
    }

    public GgufMetadata metadata() {
        return metadata;
    }

    /** The tensors by their names, in the file's order. */
    public Map<String, GgufTensor> tensors() {
        return tensors;
    }

    /**
     * A tensor that has to be there.
     *
     * @throws NightException with exit code 65 where it is not
     */
    public GgufTensor tensor(String name) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new NightException(
                    ExitCode.DATA, "%s has no tensor %s. Get the file from its source again.".formatted(path, name));
        }
        return tensor;
    }

    /**
     * Fills a buffer with a tensor's bytes.
     *
     * @param at the first of them, counted within the tensor
     * @throws NightException with exit code 74 where the file cannot be read, or has become shorter
     */
    public void read(GgufTensor tensor, long at, ByteBuffer into) {
        if (at < 0 || at > tensor.bytes() - into.remaining()) {
            throw new IllegalArgumentException("bytes %d to %d of tensor %s, which has %d"
                    .formatted(at, at + into.remaining(), tensor.name(), tensor.bytes()));
        }
        try {
            for (long place = tensor.offset() + at; into.hasRemaining(); ) {
                int read = channel.read(into, place);
                if (read < 0) {
                    throw new NightException(
                            ExitCode.IO, "%s has become shorter while it was read. Try again.".formatted(path));
                }
                place += read;
            }
        } catch (IOException e) {
            throw unreadable(ExitCode.IO, path, e);
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

package pantheon.night.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import pantheon.night.disk.RegularFile;

/** The rows of traces that failed, on the disk until the secrets of all traces are known. */
final class FailedRows implements AutoCloseable {
    private final Path file;
    private final DataOutputStream out;
    private long size;

    /**
     * @param reason why it failed
     * @param line as it will be written, without its end
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way to a file; never compared
    record Failed(String reason, byte[] line) {}

    /** @param folder where its file is made, and removed in the end */
    FailedRows(Path folder) throws IOException {
        this.file = folder.resolve("failed");
        this.out = new DataOutputStream(new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16));
    }

    void add(Failed row) throws IOException {
        out.writeUTF(row.reason());
        out.writeInt(row.line().length);
        out.write(row.line());
        size++;
    }

    /** Hands all on in the order in which they came; none may be added behind that. */
    void each(Consumer<Failed> taker) throws IOException {
        out.flush();
        try (var in = new DataInputStream(new BufferedInputStream(RegularFile.stream(file), 1 << 16))) {
            for (long i = 0; i < size; i++) {
                taker.accept(new Failed(in.readUTF(), in.readNBytes(in.readInt())));
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}

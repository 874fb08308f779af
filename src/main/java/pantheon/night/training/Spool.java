package pantheon.night.training;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import pantheon.night.training.Slots.Slot;

/** Samples on the disk until all are known. */
final class Spool implements AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private final Slots slots;
    private long end;

    /** @param folder where its files are made, and removed in the end */
    Spool(Path folder) throws IOException {
        this.file = folder.resolve("samples");
        this.out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16);
        this.slots = new Slots(folder.resolve("slots"));
    }

    void add(String sample, long difficulty, long group) throws IOException {
        var bytes = sample.getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        slots.add(new Slot(difficulty, group, end, bytes.length));
        end += bytes.length;
    }

    long size() {
        return slots.size();
    }

    /** Hands all samples on as they were written, with their groups, the easiest first; equally hard ones in the order in which they came. */
    void easiestFirst(ObjLongConsumer<String> taker) throws IOException {
        out.flush();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            slots.easiestFirst(slot -> {
                var bytes = ByteBuffer.allocate(slot.bytes());
                read(channel, slot.offset(), bytes);
                taker.accept(new String(bytes.array(), StandardCharsets.UTF_8), slot.group());
            });
        }
    }

    /** Hands the group of each sample on. */
    void eachGroup(LongConsumer taker) throws IOException {
        slots.easiestFirst(slot -> taker.accept(slot.group()));
    }

    /** Fills a buffer with what stands in a file from some byte on. */
    static void read(FileChannel channel, long offset, ByteBuffer bytes) throws IOException {
        long at = offset - bytes.position();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("it was cut while it was read");
            }
        }
    }

    @Override
    public void close() throws IOException {
        slots.close();
        out.close();
        Files.deleteIfExists(file);
    }
}

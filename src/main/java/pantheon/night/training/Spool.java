package pantheon.night.training;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** Samples on the disk until all are known, so that memory holds their order alone: some 50 bytes a sample. */
final class Spool implements AutoCloseable {
    /** Where a sample is, and what decides its place. */
    private record Slot(long difficulty, int group, long offset, int bytes) {}

    private final Path file;
    private final OutputStream out;
    private final List<Slot> slots = new ArrayList<>();
    private long end;

    /** @param file is made, and removed in the end */
    Spool(Path file) throws IOException {
        this.file = file;
        this.out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16);
    }

    void add(String sample, long difficulty, int group) throws IOException {
        var bytes = sample.getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        slots.add(new Slot(difficulty, group, end, bytes.length));
        end += bytes.length;
    }

    int size() {
        return slots.size();
    }

    /** Hands all samples on as they were written, with their groups, the easiest first; equally hard ones in the order in which they came. */
    void easiestFirst(BiConsumer<Integer, String> taker) throws IOException {
        out.flush();
        slots.sort(Comparator.comparingLong(Slot::difficulty).thenComparingLong(Slot::offset));
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (var slot : slots) {
                var bytes = ByteBuffer.allocate(slot.bytes());
                while (bytes.hasRemaining() && channel.read(bytes, slot.offset() + bytes.position()) >= 0) {
                    // a read may give less than was asked for
                }
                taker.accept(slot.group(), new String(bytes.array(), StandardCharsets.UTF_8));
            }
        }
    }

    /** How many samples each group has. */
    void countGroups(IntConsumer taker) {
        slots.forEach(slot -> taker.accept(slot.group()));
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}

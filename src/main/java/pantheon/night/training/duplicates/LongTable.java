package pantheon.night.training.duplicates;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Numbers by 64-bit hashes, in a file that is mapped: however many there are, the heap holds none of them.
 *
 * <p>A table of 16 bytes a slot, at most half full, searched from a hash's own slot on. A hash of 0 is taken for 1. One
 * thread alone may use it.
 */
final class LongTable implements AutoCloseable {
    private static final int SLOT_BYTES = 2 * Long.BYTES;
    private static final int FIRST_SLOTS = 1 << 12;
    private static final int BLOCK_BYTES = 1 << 16;

    private final Path file;
    private Slots slots;
    private long size;

    /** @param file is made, and removed in the end */
    LongTable(Path file) throws IOException {
        this.file = file;
        this.slots = Slots.of(file, FIRST_SLOTS);
    }

    /** Puts a number where a hash has none yet; false where it has. */
    boolean putIfAbsent(long hash, long number) throws IOException {
        long slot = slots.find(hash);
        if (slots.isTaken(slot)) {
            return false;
        }
        slots.put(slot, hash, number);
        if (2 * ++size > slots.count()) {
            grow();
        }
        return true;
    }

    /** Puts a hash alone, as into a set; false where it was there. */
    boolean add(long hash) throws IOException {
        return putIfAbsent(hash, 0);
    }

    boolean contains(long hash) {
        return slots.isTaken(slots.find(hash));
    }

    /** The number of a hash that is there. */
    long get(long hash) {
        return slots.number(slots.find(hash));
    }

    /** Puts another number for a hash that is there. */
    void replace(long hash, long number) {
        slots.put(slots.find(hash), hash, number);
    }

    private void grow() throws IOException {
        var place = file.resolveSibling(file.getFileName() + ".larger");
        var larger = Slots.of(place, 2 * slots.count());
        for (long slot = 0; slot < slots.count(); slot++) {
            if (slots.isTaken(slot)) {
                larger.put(larger.find(slots.hash(slot)), slots.hash(slot), slots.number(slot));
            }
        }
        slots.close();
        Files.move(place, file, StandardCopyOption.REPLACE_EXISTING);
        slots = larger;
    }

    @Override
    public void close() throws IOException {
        slots.close();
        Files.deleteIfExists(file);
    }

    /**
     * The slots of one file.
     *
     * @param count a power of two
     */
    private record Slots(Arena arena, MemorySegment bytes, long count) {
        /** Makes a file of empty slots, to be closed by {@link #close}; written out, since a mapped file cannot tell that the disk is full. */
        @SuppressWarnings("MustBeClosedChecker") // a record's own close() ends it
        static Slots of(Path file, long count) throws IOException {
            long size = count * SLOT_BYTES;
            var arena = Arena.ofConfined();
            try (var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                var zeros = ByteBuffer.allocateDirect(BLOCK_BYTES);
                while (channel.position() < size) {
                    channel.write(zeros.clear());
                }
                return new Slots(arena, channel.map(MapMode.READ_WRITE, 0, size, arena), count);
            } catch (IOException e) {
                arena.close();
                throw e;
            }
        }

        /** Where a hash is, or would be. */
        long find(long hash) {
            long stored = stored(hash);
            long slot = (stored ^ (stored >>> 32)) & (count - 1);
            while (isTaken(slot) && hash(slot) != stored) {
                slot = (slot + 1) & (count - 1);
            }
            return slot;
        }

        boolean isTaken(long slot) {
            return hash(slot) != 0;
        }

        long hash(long slot) {
            return bytes.getAtIndex(ValueLayout.JAVA_LONG, 2 * slot);
        }

        long number(long slot) {
            return bytes.getAtIndex(ValueLayout.JAVA_LONG, 2 * slot + 1);
        }

        void put(long slot, long hash, long number) {
            bytes.setAtIndex(ValueLayout.JAVA_LONG, 2 * slot, stored(hash));
            bytes.setAtIndex(ValueLayout.JAVA_LONG, 2 * slot + 1, number);
        }

        private static long stored(long hash) {
            return hash == 0 ? 1 : hash;
        }

        void close() {
            arena.close();
        }
    }
}

package pantheon.night.training;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Where samples are, in the order of their difficulty: sorted in runs that fit into memory, which are merged as they are
 * read again (external merge sort; Knuth, The Art of Computer Programming, volume 3, 5.4).
 */
final class Slots implements AutoCloseable {
    /** How many are sorted in memory. */
    private static final int RUN = 1 << 15;

    /**
     * Where a sample is, and what decides its place; equally hard ones stay in the order in which they came.
     *
     * @param offset of its first byte in the file of samples
     * @param bytes how many it has
     */
    record Slot(long difficulty, long group, long offset, int bytes) implements Comparable<Slot> {
        private static final int BYTES = 3 * Long.BYTES + Integer.BYTES;

        @Override
        public int compareTo(Slot other) {
            int harder = Long.compare(difficulty, other.difficulty);
            return harder == 0 ? Long.compare(offset, other.offset) : harder;
        }

        void write(DataOutputStream out) throws IOException {
            out.writeLong(difficulty);
            out.writeLong(group);
            out.writeLong(offset);
            out.writeInt(bytes);
        }

        static Slot read(ByteBuffer in) {
            return new Slot(in.getLong(), in.getLong(), in.getLong(), in.getInt());
        }
    }

    /** Takes one slot after the other. */
    interface Taker {
        void take(Slot slot) throws IOException;
    }

    private final Path file;
    private final DataOutputStream out;
    private final List<Slot> run = new ArrayList<>(RUN);
    private long written;

    /** @param file is made, and removed in the end */
    Slots(Path file) throws IOException {
        this.file = file;
        this.out = new DataOutputStream(new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16));
    }

    void add(Slot slot) throws IOException {
        run.add(slot);
        if (run.size() == RUN) {
            write();
        }
    }

    private void write() throws IOException {
        run.sort(null);
        for (var slot : run) {
            slot.write(out);
        }
        written += run.size();
        run.clear();
    }

    long size() {
        return written + run.size();
    }

    /** Hands all on, the easiest first; nothing may be added behind that. */
    void easiestFirst(Taker taker) throws IOException {
        if (!run.isEmpty()) {
            write();
        }
        out.flush();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var runs = new PriorityQueue<Run>();
            for (long from = 0; from < written; from += RUN) {
                runs.add(new Run(channel, from, Math.min(from + RUN, written)));
            }
            for (var first = runs.poll(); first != null; first = runs.poll()) {
                taker.take(first.slot);
                if (first.next()) {
                    runs.add(first);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }

    /** A run of the file while it is read. */
    private static final class Run implements Comparable<Run> {
        private final FileChannel channel;
        private final ByteBuffer block = ByteBuffer.allocate(256 * Slot.BYTES).limit(0);
        private long at;
        private final long end;
        private Slot slot;

        /** @param from the number of its first slot */
        Run(FileChannel channel, long from, long end) throws IOException {
            this.channel = channel;
            this.at = from;
            this.end = end;
            this.slot = read();
        }

        /** Goes on to its next slot; false where there is none. */
        boolean next() throws IOException {
            if (at == end) {
                return false;
            }
            slot = read();
            return true;
        }

        private Slot read() throws IOException {
            if (!block.hasRemaining()) {
                block.clear().limit((int) Math.min(block.capacity(), (end - at) * Slot.BYTES));
                Spool.read(channel, at * Slot.BYTES, block);
                block.flip();
            }
            at++;
            return Slot.read(block);
        }

        @Override
        public int compareTo(Run other) {
            return slot.compareTo(other.slot);
        }
    }
}

package pantheon.night.simulation;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pantheon.night.disk.Disk;

/** A file on a simulated disk: the real one is what the cache holds; here is how much of it lasts. */
final class SimulatedFile implements Disk.Output {
    private final Path path;
    private final Chance chance;
    private final Faults faults;
    private @Nullable RandomAccessFile file;
    /** How much lasts of what the cache holds, from the beginning. */
    private int synced;

    /** What lasts where that is something else: the cache was cut since the last sync, or the sync had failed before. */
    private byte @Nullable [] lasting;

    /** Where the bytes begin that a sync failed for: the cache holds them as clean, and no later sync writes them. */
    private long lostFrom = Long.MAX_VALUE;

    private long lostTo;

    SimulatedFile(Path path, Chance chance, Faults faults) {
        this.path = path;
        this.chance = chance;
        this.faults = faults;
    }

    void open() throws IOException {
        close();
        var opened = new RandomAccessFile(path.toFile(), "rw");
        opened.seek(opened.length());
        file = opened;
    }

    private RandomAccessFile file() {
        if (file == null) {
            throw new IllegalStateException(path + " is closed");
        }
        return file;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        faults.effect("writing %d bytes to %s".formatted(bytes.length, path.getFileName()));
        boolean full = faults.strikes(Fault.DISK_FULL, path.getFileName().toString());
        if (full || faults.strikes(Fault.WRITE_FAILED, path.getFileName().toString())) {
            file().write(bytes, 0, chance.below(bytes.length + 1));
            throw new IOException(full ? "No space left on device" : "Input/output error");
        }
        file().write(bytes);
    }

    @Override
    public void truncate(long bytes) throws IOException {
        faults.effect("cutting %s to %d bytes".formatted(path.getFileName(), bytes));
        if (synced > bytes) {
            lasting = lasting();
        }
        file().setLength(bytes);
        file().seek(bytes);
        if (lostFrom >= bytes) {
            lostFrom = Long.MAX_VALUE;
        }
        lostTo = Math.min(lostTo, bytes);
    }

    @Override
    public void rewrite(long fromByte) throws IOException {
        faults.effect("rewriting %s from byte %d".formatted(path.getFileName(), fromByte));
        if (faults.strikes(Fault.WRITE_FAILED, path.getFileName().toString())) {
            throw new IOException("Input/output error");
        }
        if (lostFrom >= fromByte) {
            lostFrom = Long.MAX_VALUE;
        }
    }

    @Override
    public void sync() throws IOException {
        faults.effect("syncing " + path.getFileName());
        int cached = (int) file().length();
        if (faults.strikes(Fault.SYNC_FAILED, path.getFileName().toString())) {
            lostFrom = Math.min(lostFrom, lasting == null ? synced : lasting.length);
            lostTo = cached;
            throw new IOException("Input/output error");
        }
        synced = cached;
        lasting = lostFrom < cached ? holed(Files.readAllBytes(path)) : null;
    }

    private byte[] holed(byte[] cached) {
        Arrays.fill(cached, (int) lostFrom, (int) Math.min(lostTo, cached.length), (byte) 0);
        return cached;
    }

    private byte[] lasting() throws IOException {
        return lasting == null ? Arrays.copyOf(Files.readAllBytes(path), synced) : lasting;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    /** The file becomes what lasts, and any part of what the cache held behind it. */
    void losePower() throws IOException {
        close();
        var cached = Files.readAllBytes(path);
        var kept = lasting();
        int same = Arrays.mismatch(cached, kept);
        if (same >= 0) {
            int limit = (int) Math.max(same, Math.min(cached.length, lostFrom));
            kept = chance.oneIn(3) ? kept : Arrays.copyOf(cached, same + chance.below(limit - same + 1));
            Files.write(path, kept);
        }
        synced = kept.length;
        lasting = null;
        lostFrom = Long.MAX_VALUE;
    }
}

package pantheon.night.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import pantheon.night.disk.Disk;

/**
 * The disk of this machine for the owner of a lease: each step makes sure of the lease first. A journal that is there is
 * put into a file of its own before it is gone on with, so that what an earlier owner may still write goes nowhere.
 */
record HeldDisk(HeldLease lease, Path journals) implements Disk {
    private static final Disk DISK = Disk.local();

    @Override
    public void createFolder(Path folder) throws IOException {
        lease.requireFresh();
        DISK.createFolder(folder);
    }

    @Override
    public Output create(Path file) throws IOException {
        lease.requireFresh();
        return new HeldOutput(lease, DISK.create(file));
    }

    @Override
    public Output open(Path file) throws IOException {
        lease.requireFresh();
        if (journals.equals(file.getParent()) && Files.exists(file)) {
            copied(file);
        }
        return new HeldOutput(lease, DISK.open(file));
    }

    private void copied(Path file) throws IOException {
        var copy = file.resolveSibling(".%s.%s.new".formatted(file.getFileName(), UUID.randomUUID()));
        try {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            try (var out = DISK.open(copy)) {
                out.sync();
            }
            lease.requireFresh();
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(copy);
        }
        DISK.syncFolder(journals);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        lease.requireFresh();
        DISK.move(from, to);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        lease.requireFresh();
        DISK.syncFolder(folder);
    }

    /** A file while its writer has the lease. */
    private record HeldOutput(HeldLease lease, Output out) implements Output {
        @Override
        public void write(byte[] bytes) throws IOException {
            lease.requireFresh();
            out.write(bytes);
        }

        @Override
        public void truncate(long bytes) throws IOException {
            lease.requireFresh();
            out.truncate(bytes);
        }

        @Override
        public void rewrite(long fromByte) throws IOException {
            lease.requireFresh();
            out.rewrite(fromByte);
        }

        @Override
        public void sync() throws IOException {
            out.sync();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}

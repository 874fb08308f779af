package pantheon.night.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import pantheon.night.disk.Disk;
import pantheon.night.disk.OwnFolder;

/**
 * The disk of this machine for the owner of a lease: each step makes sure of the lease first. A journal that is there is
 * put into a file of its own before it is gone on with, so that what an earlier owner may still write goes nowhere.
 */
record HeldDisk(HeldLease lease, Disk disk, Path journals, OwnFolder own) implements Disk {
    @Override
    public void createFolder(Path folder) throws IOException {
        lease.requireFresh();
        disk.createFolder(folder);
    }

    @Override
    public Output create(Path file) throws IOException {
        lease.requireFresh();
        return new HeldOutput(lease, disk.create(file));
    }

    @Override
    public Output open(Path file) throws IOException {
        lease.requireFresh();
        if (journals.equals(file.getParent()) && Files.exists(file)) {
            copied(file);
        }
        return new HeldOutput(lease, disk.open(file));
    }

    /** An earlier owner that is about to do the same has nothing left to rename. */
    private void copied(Path file) throws IOException {
        var copy = own.name();
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        try (var out = disk.open(copy)) {
            out.sync();
        }
        lease.requireFresh();
        own.move(copy, file);
        disk.syncFolder(journals);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        lease.requireFresh();
        disk.move(from, to);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        lease.requireFresh();
        disk.syncFolder(folder);
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

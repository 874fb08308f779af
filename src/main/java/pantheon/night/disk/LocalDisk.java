package pantheon.night.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The disk of this machine, by its file systems. */
enum LocalDisk implements Disk {
    INSTANCE;

    @Override
    public void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createFolder(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            syncFolder(parent);
        }
    }

    @Override
    public Output create(Path file) throws IOException {
        return open(Files.createFile(file));
    }

    @Override
    public Output open(Path file) throws IOException {
        return new LocalFile(file);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        try (var entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /** No channel: one closes for good when its thread is interrupted. */
    private static final class LocalFile implements Output {
        private final RandomAccessFile file;

        LocalFile(Path path) throws IOException {
            file = new RandomAccessFile(path.toFile(), "rw");
            file.seek(file.length());
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            file.write(bytes);
        }

        @Override
        public void truncate(long bytes) throws IOException {
            file.setLength(bytes);
            file.seek(bytes);
        }

        @Override
        public void rewrite(long fromByte) throws IOException {
            var bytes = new byte[Math.toIntExact(file.length() - fromByte)];
            file.seek(fromByte);
            file.readFully(bytes);
            file.seek(fromByte);
            file.write(bytes);
        }

        @Override
        public void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

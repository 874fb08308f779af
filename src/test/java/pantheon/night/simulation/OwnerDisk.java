package pantheon.night.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.disk.Disk;

/** The shared file system as a machine has it: before each step on a journal it may be slow, or the machine stopped. */
final class OwnerDisk implements Disk {
    private static final Disk DISK = Disk.local();

    private final Faults faults;
    private final List<Output> open = new ArrayList<>();

    OwnerDisk(Faults faults) {
        this.faults = faults;
    }

    private void effect(String what, Path file) {
        if (file.toString().endsWith(".jsonl")) {
            faults.effect("%s journal %s".formatted(what, file.getFileName()));
        }
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        DISK.createFolder(folder);
    }

    @Override
    public Output create(Path file) throws IOException {
        effect("making", file);
        return opened(file, DISK.create(file));
    }

    @Override
    public Output open(Path file) throws IOException {
        effect("opening", file);
        return opened(file, DISK.open(file));
    }

    private Output opened(Path file, Output out) {
        var opened = new Opened(file, out);
        open.add(opened);
        return opened;
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        DISK.move(from, to);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        DISK.syncFolder(folder);
    }

    /** The process ends. */
    void close() throws IOException {
        for (var file : open) {
            file.close();
        }
    }

    private final class Opened implements Output {
        private final Path file;
        private final Output out;

        private Opened(Path file, Output out) {
            this.file = file;
            this.out = out;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            effect("writing", file);
            out.write(bytes);
        }

        @Override
        public void truncate(long bytes) throws IOException {
            effect("cutting", file);
            out.truncate(bytes);
        }

        @Override
        public void rewrite(long fromByte) throws IOException {
            effect("rewriting", file);
            out.rewrite(fromByte);
        }

        @Override
        public void sync() throws IOException {
            effect("syncing", file);
            out.sync();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}

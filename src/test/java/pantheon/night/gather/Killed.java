package pantheon.night.gather;

import java.io.IOException;
import java.nio.file.Path;
import pantheon.night.disk.Disk;
import pantheon.night.workspace.git.WriteSteps;

/** Ends whoever writes to the disk or to the repository, before one of their steps. */
final class Killed implements Disk, WriteSteps {
    private final Disk disk = Disk.local();
    private int left;

    /** @param steps how many steps are taken before that */
    Killed(int steps) {
        left = steps;
    }

    /** What ends the process. */
    static final class Kill extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void step() {
        if (left-- == 0) {
            throw new Kill();
        }
    }

    @Override
    public void before(Step step, Path file) {
        step();
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        step();
        disk.createFolder(folder);
    }

    @Override
    public Output create(Path file) throws IOException {
        step();
        return new KilledOutput(disk.create(file));
    }

    @Override
    public Output open(Path file) throws IOException {
        step();
        return new KilledOutput(disk.open(file));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step();
        disk.move(from, to);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        step();
        disk.syncFolder(folder);
    }

    private final class KilledOutput implements Output {
        private final Output output;

        KilledOutput(Output output) {
            this.output = output;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            step();
            output.write(bytes);
        }

        @Override
        public void truncate(long bytes) throws IOException {
            step();
            output.truncate(bytes);
        }

        @Override
        public void rewrite(long fromByte) throws IOException {
            step();
            output.rewrite(fromByte);
        }

        @Override
        public void sync() throws IOException {
            step();
            output.sync();
        }

        @Override
        public void close() throws IOException {
            output.close();
        }
    }
}

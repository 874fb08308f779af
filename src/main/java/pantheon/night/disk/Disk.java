package pantheon.night.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The disk that a night writes its journal and its artifacts on; one of the five edges where effects are, handed in.
 *
 * <p>What is written can be read at once by any means, and lasts after a loss of power only once it was synced.
 */
public interface Disk {
    /** The disk of this machine. */
    static Disk local() {
        return LocalDisk.INSTANCE;
    }

    /** Makes a folder and those above it, and their names last; one that is there stays. */
    void createFolder(Path folder) throws IOException;

    /**
     * Makes a file.
     *
     * @throws java.nio.file.FileAlreadyExistsException where there is one
     */
    Output create(Path file) throws IOException;

    /** Opens a file to write behind its end; one that is missing is made. */
    Output open(Path file) throws IOException;

    /** Renames a file or folder. */
    void move(Path from, Path to) throws IOException;

    /** Makes the names in a folder last. */
    void syncFolder(Path folder) throws IOException;

    /** A file while it is being written. */
    interface Output extends Closeable {
        /** Writes behind the end; where it fails, any part of it may be there. */
        void write(byte[] bytes) throws IOException;

        /** Cuts the file to a length. */
        void truncate(long bytes) throws IOException;

        /** Writes once more what is there from an offset on, so that a sync takes it. */
        void rewrite(long fromByte) throws IOException;

        /** Makes what was written last. Where it fails, nothing that was written since the last time can be trusted. */
        void sync() throws IOException;
    }
}

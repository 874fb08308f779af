package pantheon.night.workspace.git;

import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.files.ScratchFiles;

/** The contents of files in a repository, byte for byte as they are stored; not for use by two threads at once. */
public final class Blobs implements AutoCloseable {
    private final ObjectReader reader;

    public Blobs(Repository repository) {
        this.reader = repository.newObjectReader();
    }

    public ObjectReader reader() {
        return reader;
    }

    public long sizeBytes(ObjectId id) throws IOException {
        try {
            return reader.getObjectSize(id, Constants.OBJ_BLOB);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw missing(id, e);
        }
    }

    public byte[] read(ObjectId id) throws IOException {
        try {
            return reader.open(id, Constants.OBJ_BLOB).getBytes(ScratchFiles.MAX_FILE_BYTES);
        } catch (LargeObjectException e) {
            throw new NightException(
                    ExitCode.DATA,
                    "the blob %s is larger than %d bytes; expected less of what is shown or merged."
                            .formatted(id.name(), ScratchFiles.MAX_FILE_BYTES),
                    e);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw missing(id, e);
        }
    }

    public void copy(ObjectId id, OutputStream out) throws IOException {
        try {
            reader.open(id, Constants.OBJ_BLOB).copyTo(out);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw missing(id, e);
        }
    }

    private static NightException missing(ObjectId id, IOException cause) {
        return new NightException(
                ExitCode.DATA,
                "the repository lacks the blob %s.".formatted(id.name())
                        + " Expected a whole clone: run \"git fsck\", or fetch what a partial clone left out.",
                cause);
    }

    @Override
    public void close() {
        reader.close();
    }
}

package pantheon.night.workspace.branch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jgit.internal.storage.file.RefDirectory;
import org.eclipse.jgit.internal.storage.file.ReflogWriter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import pantheon.night.disk.Disk;
import pantheon.night.disk.OwnFolder;
import pantheon.night.disk.RegularFile;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.WriteSteps;

/**
 * A branch that one process on any machine may move, until another one takes it over.
 *
 * <p>Git's own way of moving a loose ref is a lock file beside it that is renamed over it. All processes know the lock's
 * name, so one that wakes up late still finds it. Here the lock stands as well, for other git programs, and what is
 * renamed lies in a folder of this owner alone, which its successor removes first.
 *
 * @param own its folder, within the repository
 */
public record OwnBranch(Repository repository, NightBranch branch, OwnFolder own, WriteSteps steps)
        implements AutoCloseable {
    /** Within the repository, of all branches that have one owner. */
    public static final String FOLDER = "pantheon-night";

    private static final int MOST_LOCK_BYTES = 1 << 16;

    /**
     * Takes a branch; from here on no earlier owner moves it.
     *
     * @param owner its number, higher than those of the owners before it
     */
    public static OwnBranch take(Repository repository, NightBranch branch, long owner, WriteSteps steps)
            throws IOException {
        var place = repository
                .getCommonDirectory()
                .toPath()
                .resolve(FOLDER)
                .resolve(branch.name().substring(NightBranch.PREFIX.length()));
        return new OwnBranch(repository, branch, OwnFolder.take(place, owner), steps);
    }

    /**
     * Moves it by compare-and-swap.
     *
     * @param from where it has to be, the zero id where it must not be there
     * @return whether it was moved; not where its lock is taken, or it is elsewhere
     * @throws pantheon.night.NightException with exit code 75 where another process has taken it over
     */
    public boolean move(ObjectId from, ObjectId to, PersonIdent who) throws IOException {
        var lock = file().resolveSibling(file().getFileName() + ".lock");
        Files.createDirectories(file().getParent());
        try {
            Files.writeString(lock, mark(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        try {
            return moveLocked(from, to, who);
        } finally {
            unlock(lock);
        }
    }

    /** What stands in the lock while it is this owner's. */
    private String mark() {
        return "owner %d\n".formatted(own.owner());
    }

    /** Who took over has removed it, and then one that is there is somebody else's. */
    private void unlock(Path lock) throws IOException {
        try {
            if (RegularFile.text(lock, MOST_LOCK_BYTES).equals(mark())) {
                Files.deleteIfExists(lock);
            }
        } catch (NoSuchFileException e) {
            // it is gone
        }
    }

    private boolean moveLocked(ObjectId from, ObjectId to, PersonIdent who) throws IOException {
        if (!isAt(from)) {
            return false;
        }
        var moved = written(to);
        steps.before(WriteSteps.Step.MOVE_BRANCH, file());
        own.move(moved, file());
        var refs = (RefDirectory) repository.getRefDatabase();
        refs.refresh();
        new ReflogWriter(refs).log(branch.refName(), from, to, who, "commit: pantheon-night");
        return true;
    }

    private boolean isAt(ObjectId from) throws IOException {
        var ref = repository.exactRef(branch.refName());
        return from.equals(ref == null ? ObjectId.zeroId() : ref.getObjectId());
    }

    private Path written(ObjectId commit) throws IOException {
        var file = own.name();
        try (var out = Disk.local().create(file)) {
            out.write((commit.name() + "\n").getBytes(StandardCharsets.US_ASCII));
            out.sync();
        } catch (NoSuchFileException e) {
            throw OwnFolder.overtaken();
        }
        return file;
    }

    private Path file() {
        return repository.getCommonDirectory().toPath().resolve(branch.refName());
    }

    @Override
    public void close() throws IOException {
        own.close();
    }
}

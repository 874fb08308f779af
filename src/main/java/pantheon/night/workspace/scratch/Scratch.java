package pantheon.night.workspace.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.Repository;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.Removal;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.git.BaseTree;
import pantheon.night.workspace.git.Blobs;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.git.Snapshot;
import pantheon.night.workspace.git.WriteSteps;

/**
 * A plain directory that holds the files of one commit, for the tools of one task at a time. There is no {@code .git}
 * in it. Between tasks {@link #reset()} brings it back; that reads no file whose stamp shows that it was not touched,
 * so a slot pays for a whole checkout once a night. Not for use by two threads at once.
 */
public final class Scratch {
    private static final String MARKER = "pantheon-night-scratch";
    private static final String TREE = "tree";

    private final Repository repository;
    private final WriteSteps steps;
    private final String baseCommit;
    private final BaseTree base;
    private final Path root;
    private final CheckoutRecord record = new CheckoutRecord();

    private Scratch(Repository repository, WriteSteps steps, String baseCommit, BaseTree base, Path root) {
        this.repository = repository;
        this.steps = steps;
        this.baseCommit = baseCommit;
        this.base = base;
        this.root = root;
    }

    /** Checks out into a directory that is absent, empty, or was made by an earlier call. */
    public static Scratch create(
            Repository repository, WriteSteps steps, String baseCommit, BaseTree base, Path directory) {
        try {
            var home = claim(directory);
            removeOthers(home);
            return new Scratch(repository, steps, baseCommit, base, home.resolve(TREE)).made();
        } catch (IOException e) {
            throw cannotBeMade(directory, e);
        }
    }

    /**
     * A checkout of the same commit in another place, for the tasks after one whose tool may still write in this one.
     * This one is left as it is, and is removed when {@link #create} is called next.
     */
    public Scratch elsewhere() {
        var other = root.resolveSibling(TREE + OpenDirectory.randomName());
        try {
            return new Scratch(repository, steps, baseCommit, base, other).made();
        } catch (IOException e) {
            throw cannotBeMade(other, e);
        }
    }

    private Scratch made() throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(root);
            Files.createDirectory(root);
        }
        reset();
        return this;
    }

    private static NightException cannotBeMade(Path directory, IOException cause) {
        return new NightException(
                ExitCode.CANT_CREATE,
                "the scratch directory %s cannot be made: %s.".formatted(directory, IoReason.of(cause, directory))
                        + " Expected a directory on a local disk that this user may write.",
                cause);
    }

    private static void removeOthers(Path home) throws IOException {
        try (var top = OpenDirectory.top(home)) {
            for (var name : top.names()) {
                if (!Set.of(MARKER, TREE).contains(name.toString())) {
                    new Removal(top).remove(top, name);
                }
            }
        }
    }

    /** Takes the directory for this program: what is in it will be deleted, so nobody else's may be. */
    private static Path claim(Path directory) throws IOException {
        var home = Files.createDirectories(directory).toRealPath();
        var marker = home.resolve(MARKER);
        if (!Files.exists(marker, LinkOption.NOFOLLOW_LINKS)) {
            requireEmpty(home, directory);
            Files.createFile(marker);
        }
        return home;
    }

    private static void requireEmpty(Path home, Path directory) throws IOException {
        try (var entries = Files.list(home)) {
            if (entries.findAny().isPresent()) {
                throw new NightException(
                        ExitCode.CANT_CREATE,
                        "the scratch directory %s holds files that this program did not make.".formatted(directory)
                                + " Expected an empty or absent directory: give another one, or empty it.");
            }
        }
    }

    /** The directory with the files. */
    public Path root() {
        return root;
    }

    /** The id of the commit whose files these are. */
    public String baseCommit() {
        return baseCommit;
    }

    /** The files as a task's tools may touch them. */
    public ScratchFiles files() {
        return ScratchFiles.at(root);
    }

    /**
     * Paths of the commit that are not in the directory, because no tool could name them or the JDK cannot make them
     * exactly. A commit leaves them as they are.
     */
    public List<String> leftOut() {
        return base.leftOut();
    }

    /**
     * What differs from the base commit. Every file counts, whatever {@code .gitignore} says; empty directories do not.
     *
     * @throws PathRefused where the directory holds something that no commit of a night may hold: a special file, a
     *     {@code .git}, a file that is too large, too many changes
     */
    public Diff diff() throws PathRefused {
        try (var top = OpenDirectory.top(root);
                var blobs = new Blobs(repository)) {
            var changes = new Scan(blobs, record).run(top, base);
            return new Diff(baseCommit, changes);
        } catch (IOException e) {
            throw PathRefused.of(e, ".");
        }
    }

    /** The files as they are now: what differs from the base commit, and the rest as the base commit has it. */
    Snapshot snapshot() throws PathRefused {
        return new Snapshot(repository, diff());
    }

    /** Brings the directory back to the base commit, whatever was done to it. */
    public void reset() {
        try {
            Files.setPosixFilePermissions(root, OpenDirectory.DIRECTORY);
            try (var top = OpenDirectory.top(root);
                    var blobs = new Blobs(repository)) {
                new Restore(top, blobs, record, steps).restore(base);
            }
        } catch (IOException e) {
            throw notBroughtBack(e);
        }
    }

    private NightException notBroughtBack(IOException cause) {
        return new NightException(
                ExitCode.IO,
                "the scratch directory %s cannot be brought back to its commit: %s."
                                .formatted(root, IoReason.of(cause, root))
                        + " Check the disk, and that no other program writes there.",
                cause);
    }
}

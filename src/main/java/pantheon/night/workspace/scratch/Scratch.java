package pantheon.night.workspace.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.Removal;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.git.BaseTree;
import pantheon.night.workspace.git.Blobs;
import pantheon.night.workspace.git.CommitFiles;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.git.Snapshot;
import pantheon.night.workspace.git.WriteSteps;

/**
 * A plain directory that holds the files of one commit, for the tools of one task at a time. There is no {@code .git}
 * in it. Between tasks {@link #next()} brings it back; that looks at no file that only this program's own tools could
 * have written and did not, and reads none whose stamp shows that it was not touched, so a slot pays for a whole
 * checkout once a night. Not for use by two threads at once.
 */
public final class Scratch {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
    private static final String MARKER = "pantheon-night-scratch";
    private static final String TREE = "tree";

    private final Repository repository;
    private final WriteSteps steps;
    private final String baseCommit;
    private final BaseTree base;
    private final Path root;
    private final Touched touched = new Touched(this::recorded);

    private Scratch(Repository repository, WriteSteps steps, String baseCommit, BaseTree base, Path root) {
        this.repository = repository;
        this.steps = steps;
        this.baseCommit = baseCommit;
        this.base = base;
        this.root = root;
    }

    /**
     * Checks out below a directory that is absent, empty, or was given to an earlier call. The checkout is a new one: what
     * may still run from an earlier one, and may write there, does not reach it. Earlier ones are removed.
     */
    public static Scratch create(
            Repository repository, WriteSteps steps, String baseCommit, BaseTree base, Path directory) {
        try {
            var home = claim(directory);
            removeOthers(home);
            return new Scratch(repository, steps, baseCommit, base, newRoot(home)).made();
        } catch (IOException e) {
            throw cannotBeMade(directory, e);
        }
    }

    /**
     * A checkout of the same commit in another place, for the tasks after one whose tool may still write in this one.
     * This one is left as it is, and is removed when {@link #create} is called next.
     */
    public Scratch elsewhere() {
        try {
            return another();
        } catch (IOException e) {
            throw cannotBeMade(home(), e);
        }
    }

    private Scratch another() throws IOException {
        return new Scratch(repository, steps, baseCommit, base, newRoot(home())).made();
    }

    private Path home() {
        return Objects.requireNonNull(root.getParent());
    }

    private static Path newRoot(Path home) {
        return home.resolve(TREE + OpenDirectory.randomName());
    }

    private Scratch made() throws IOException {
        Files.createDirectory(root);
        Files.setPosixFilePermissions(root, OpenDirectory.DIRECTORY);
        restore(null, Extent.EVERYTHING);
        return this;
    }

    private static NightException cannotBeMade(Path directory, IOException cause) {
        return new NightException(
                ExitCode.CANT_CREATE,
                "the scratch directory %s cannot be made: %s.".formatted(directory, IoReason.of(cause, directory))
                        + " Expected a directory on a local disk that this user may write.",
                cause);
    }

    /** What cannot be removed stays until the next night tries again: it is in nobody's way. */
    private static void removeOthers(Path home) throws IOException {
        try (var top = OpenDirectory.top(home)) {
            for (var name : top.names()) {
                if (!name.toString().equals(MARKER)) {
                    removeIfPossible(top, name);
                }
            }
        }
    }

    private static void removeIfPossible(OpenDirectory home, Path name) {
        try {
            new Removal(home).remove(home, name);
        } catch (IOException e) {
            var path = home.resolve(name);
            LOG.warn("the earlier checkout {} cannot be removed: {}. Remove it.", path, IoReason.of(e, path));
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

    /** The files of the commit, whatever has become of them here. */
    public BaseFiles baseFiles() {
        return new CommitFiles(repository, baseCommit, base);
    }

    /** The directory with the files, for whoever may write there by other ways than {@link #files()}. */
    public Path root() {
        return files().root();
    }

    /** The id of the commit whose files these are. */
    public String baseCommit() {
        return baseCommit;
    }

    /** The files as a task's tools may touch them. */
    public ScratchFiles files() {
        return ScratchFiles.at(root, touched);
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
        var extent = touched.extent();
        if (extent.isNothing()) {
            return new Diff(baseCommit, Map.of());
        }
        try (var top = OpenDirectory.top(root);
                var blobs = new Blobs(repository)) {
            var scan = new Scan(blobs, touched.record(), Scan.Bounds.OF_A_COMMIT);
            return new Diff(baseCommit, scan.run(top, base, extent));
        } catch (IOException e) {
            throw PathRefused.of(e, ".");
        }
    }

    /** The files as they are now: what differs from the base commit, and the rest as the base commit has it. */
    Snapshot snapshot() throws PathRefused {
        return new Snapshot(repository, diff());
    }

    /**
     * The checkout for the next task: this one, as its base commit is, or another one where this one cannot be brought
     * back. A tool may have done to it what no removal undoes.
     */
    public Scratch next() {
        try {
            bringBack();
            return this;
        } catch (IOException e) {
            return instead(e);
        }
    }

    private Scratch instead(IOException cause) {
        try {
            var other = another();
            remove();
            return other;
        } catch (IOException e) {
            cause.addSuppressed(e);
            throw notBroughtBack(cause);
        }
    }

    private void remove() throws IOException {
        try (var top = OpenDirectory.top(home())) {
            removeIfPossible(top, Objects.requireNonNull(root.getFileName()));
        }
    }

    /** Brings the directory back to the base commit, whatever was done to it. */
    public void reset() {
        try {
            bringBack();
        } catch (IOException e) {
            throw notBroughtBack(e);
        }
    }

    private void bringBack() throws IOException {
        var record = touched.record();
        var extent = touched.extent();
        if (extent.isNothing()) {
            return;
        }
        if (record != null) {
            Files.setPosixFilePermissions(root, OpenDirectory.DIRECTORY);
            try (var top = OpenDirectory.top(root)) {
                record.requireLikeNew(top);
            }
        }
        restore(record, extent);
        if (record != null) {
            record.bringTopTimesBack(root);
        }
        touched.restored();
    }

    private void restore(@Nullable CheckoutRecord record, Extent extent) throws IOException {
        try (var top = OpenDirectory.top(root);
                var blobs = new Blobs(repository)) {
            new Restore(top, blobs, record, steps).restore(base, extent);
        }
    }

    /** What the checkout is like before a command is let in. */
    private CheckoutRecord recorded(Set<String> except) throws IOException {
        try (var top = OpenDirectory.top(root)) {
            var record = new CheckoutRecord(FreshTraits.of(top), MappedWrite.isTold(top));
            record.noteAll(top, base.root(), "", except);
            record.noteTop(root);
            return record;
        }
    }

    private NightException notBroughtBack(IOException cause) {
        return new NightException(
                ExitCode.IO,
                "the scratch directory %s cannot be brought back to its commit: %s."
                                .formatted(home(), IoReason.of(cause, home()))
                        + " Check the disk, and that no other program writes there.",
                cause);
    }
}

package pantheon.night.workspace.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a scratch checkout holds that its base commit does not. It keeps the bytes it was made from, so that what is
 * committed is what was checked, whatever happens to the checkout in between.
 */
public final class Diff {
    /** A change with the bytes of both sides; of a side that is absent they are empty. */
    public static final class FileChange {
        private final Change change;
        private final byte[] before;
        private final byte[] after;

        public FileChange(Change change, byte[] before, byte[] after) {
            this.change = change;
            this.before = before;
            this.after = after;
        }

        public Change change() {
            return change;
        }

        public byte[] before() {
            return before;
        }

        public byte[] after() {
            return after;
        }
    }

    private final String baseCommit;
    private final TreeMap<String, FileChange> files;

    public Diff(String baseCommit, Map<String, FileChange> files) {
        this.baseCommit = baseCommit;
        this.files = new TreeMap<>(files);
    }

    /** The id of the commit that this is a difference to. */
    public String baseCommit() {
        return baseCommit;
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** The changed paths, in ascending order. */
    public List<Change> changes() {
        return files.values().stream().map(FileChange::change).toList();
    }

    /** The change at a path, empty where it did not change. */
    Optional<FileChange> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The bytes that a changed path had in the base commit, for a link its target; empty where it was not there. */
    public Optional<byte[]> before(String path) {
        return Optional.ofNullable(files.get(path))
                .filter(file -> file.change().before() != null)
                .map(file -> file.before().clone());
    }

    /** The bytes that the task left at a changed path, for a link its target; empty where it left none. */
    public Optional<byte[]> after(String path) {
        return Optional.ofNullable(files.get(path))
                .filter(file -> file.change().after() != null)
                .map(file -> file.after().clone());
    }

    /** The difference in git's unified format, which {@code git apply} takes; content that is not UTF-8 as binary. */
    public String patch() {
        return GitPatch.format(files.values());
    }

    /** The changes, in ascending order of their paths. */
    public List<FileChange> files() {
        return new ArrayList<>(files.values());
    }
}

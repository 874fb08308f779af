package pantheon.night.workspace.git;

import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchPath;
import pantheon.night.workspace.files.TaskFiles;

/**
 * A task's files at one moment: a diff, and at every other path what its base commit has. It is read from memory and
 * from the repository, never from the checkout, so what is judged by it is what a commit of the diff will hold.
 */
public final class Snapshot implements TaskFiles.Changes {
    private final Diff diff;
    private final TreeFiles base;

    public Snapshot(Repository repository, Diff diff) {
        this.diff = diff;
        this.base = TreeFiles.ofCommit(repository, diff.baseCommit());
    }

    public Diff diff() {
        return diff;
    }

    @Override
    public List<String> paths() {
        return diff.changes().stream().map(Change::path).toList();
    }

    @Override
    public byte @Nullable [] original(String path) throws PathRefused {
        return diff.file(path).isPresent() ? diff.before(path).orElse(null) : base.content(ScratchPath.parse(path));
    }

    @Override
    public byte[] content(String path) throws PathRefused {
        var parsed = ScratchPath.parse(path);
        for (var folder : folders(parsed)) {
            var entry = entry(folder);
            if (entry != null) {
                throw refused(entry, path, PathRefused.Code.NOT_DIRECTORY);
            }
        }
        return contentAt(parsed);
    }

    private byte[] contentAt(ScratchPath path) throws PathRefused {
        var changed = diff.file(path.text());
        if (changed.isEmpty() && !isFolder(path.text())) {
            return base.content(path);
        }
        var entry = changed.map(file -> file.change().after()).orElse(null);
        if (entry == null) {
            throw new PathRefused(
                    isFolder(path.text()) ? PathRefused.Code.IS_DIRECTORY : PathRefused.Code.NOT_FOUND, path.text());
        }
        if (!entry.mode().isFile()) {
            throw refused(entry, path.text(), PathRefused.Code.NOT_REGULAR);
        }
        return changed.orElseThrow().after().clone();
    }

    /** Whether the task left something in a folder that is called so. */
    private boolean isFolder(String path) {
        return diff.changes().stream()
                .anyMatch(change -> change.after() != null && change.path().startsWith(path + "/"));
    }

    /** The paths of the folders that a path leads through. */
    private static List<String> folders(ScratchPath path) {
        var text = path.text();
        return IntStream.range(0, text.length())
                .filter(at -> text.charAt(at) == '/')
                .mapToObj(at -> text.substring(0, at))
                .toList();
    }

    /** What is at a path, null where nothing or a folder is. */
    private Change.@Nullable Entry entry(String path) {
        var changed = diff.file(path);
        return changed.isPresent() ? changed.get().change().after() : base.entry(path);
    }

    private static PathRefused refused(Change.Entry entry, String path, PathRefused.Code otherwise) {
        return new PathRefused(entry.mode() == EntryMode.SYMLINK ? PathRefused.Code.SYMLINK : otherwise, path);
    }

    @Override
    public String patch() {
        return diff.patch();
    }
}

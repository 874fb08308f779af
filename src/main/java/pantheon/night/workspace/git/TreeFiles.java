package pantheon.night.workspace.git;

import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.ScratchPath;

/** The files of a commit as they are stored; nothing of it is checked out. */
public final class TreeFiles {
    private final Repository repository;
    private final ObjectId commit;

    private TreeFiles(Repository repository, ObjectId commit) {
        this.repository = repository;
        this.commit = commit;
    }

    /** @param commit its id, in full */
    static TreeFiles ofCommit(Repository repository, String commit) {
        return new TreeFiles(repository, ObjectId.fromString(commit));
    }

    /** The file, link or submodule at a path, null where nothing or a folder is. */
    Change.@Nullable Entry entry(String path) {
        return read(reader -> entry(reader, tree(reader), path));
    }

    /** The same in any tree. */
    public static Change.@Nullable Entry entry(ObjectReader reader, ObjectId tree, String path) throws IOException {
        try (var walk = TreeWalk.forPath(reader, path, tree)) {
            if (walk == null || walk.isSubtree()) {
                return null;
            }
            return new Change.Entry(
                    EntryMode.ofAny(walk.getFileMode(0)), walk.getObjectId(0).name());
        }
    }

    /** The content of a regular file that the workspace's tools could read. */
    byte[] content(ScratchPath path) throws PathRefused {
        var entry = entry(path.text());
        if (entry == null) {
            throw new PathRefused(
                    isFolder(path) ? PathRefused.Code.IS_DIRECTORY : PathRefused.Code.NOT_FOUND, path.text());
        }
        var content = switch (entry.mode()) {
            case FILE, EXECUTABLE -> blob(entry.id());
            case SYMLINK -> throw new PathRefused(PathRefused.Code.SYMLINK, path.text());
            case SUBMODULE -> throw new PathRefused(PathRefused.Code.IS_DIRECTORY, path.text());
        };
        if (content == null) {
            throw new PathRefused(PathRefused.Code.TOO_LARGE, path.text());
        }
        return content;
    }

    private boolean isFolder(ScratchPath path) {
        return read(reader -> {
            try (var walk = TreeWalk.forPath(reader, path.text(), tree(reader))) {
                return walk != null;
            }
        });
    }

    /** Null where it is too large. */
    private byte @Nullable [] blob(String id) {
        try (var blobs = new Blobs(repository)) {
            var blob = ObjectId.fromString(id);
            return blobs.sizeBytes(blob) > ScratchFiles.MAX_FILE_BYTES ? null : blobs.read(blob);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private ObjectId tree(ObjectReader reader) throws IOException {
        try (var walk = new RevWalk(reader)) {
            return walk.parseCommit(commit).getTree();
        }
    }

    /** Reads something with a reader of its own. */
    private interface Reading<T extends @Nullable Object> {
        T with(ObjectReader reader) throws IOException;
    }

    private <T extends @Nullable Object> T read(Reading<T> reading) {
        try (var reader = repository.newObjectReader()) {
            return reading.with(reader);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private NightException unreadable(IOException cause) {
        var directory = repository.getDirectory().toPath();
        return new NightException(
                ExitCode.DATA,
                "commit %s of %s cannot be read: %s. Run \"git fsck\" there."
                        .formatted(commit.name(), directory, IoReason.of(cause, directory)),
                cause);
    }
}

package pantheon.night.workspace.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.ScratchFiles;

/**
 * A diff carried over onto the tree at a branch's tip, path by path: what the branch still has as it was in the base
 * commit is taken from the diff, text that both changed is merged by lines, everything else is a conflict. Nothing is
 * written before {@link #insert}.
 */
final class BranchMerge {
    private final Blobs blobs;
    private final ObjectId tipTree;
    private final Map<String, Optional<TreeEdit.Put>> edits = new TreeMap<>();
    private final Map<ObjectId, byte[]> newBlobs = new LinkedHashMap<>();
    private final List<String> mergedPaths = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();
    private final TreeEdit trees;
    private final ObjectId tree;

    BranchMerge(Blobs blobs, ObjectId tipTree, Diff diff) throws IOException {
        this.blobs = blobs;
        this.tipTree = tipTree;
        this.trees = new TreeEdit(blobs.reader());
        for (Diff.FileChange file : diff.files()) {
            merge(file);
        }
        this.tree = conflicts.isEmpty() ? trees.apply(tipTree, edits) : tipTree;
        conflicts.addAll(trees.conflicts());
    }

    /** The paths that cannot be carried over; where there are any, nothing is to be inserted. */
    List<String> conflicts() {
        return conflicts;
    }

    /** The paths whose text was merged. */
    List<String> mergedPaths() {
        return mergedPaths;
    }

    /** Whether the branch already has all of it. */
    boolean isEmpty() {
        return conflicts.isEmpty() && tree.equals(tipTree);
    }

    /** Writes the new blobs and trees, and gives the root's id. */
    ObjectId insert(ObjectInserter inserter) throws IOException {
        if (!conflicts.isEmpty()) {
            throw new IllegalStateException("a merge with conflicts has no tree");
        }
        for (byte[] blob : newBlobs.values()) {
            inserter.insert(Constants.OBJ_BLOB, blob);
        }
        for (byte[] newTree : trees.newTrees().values()) {
            inserter.insert(Constants.OBJ_TREE, newTree);
        }
        inserter.flush();
        return tree;
    }

    private void merge(Diff.FileChange file) throws IOException {
        Change change = file.change();
        Change.Entry before = change.before();
        Change.Entry ours = change.after();
        Change.Entry theirs = atTip(change.path());
        if (Objects.equals(theirs, ours)) {
            return;
        }
        if (Objects.equals(theirs, before)) {
            edits.put(change.path(), Optional.ofNullable(ours).map(entry -> put(change.path(), entry, file.after())));
        } else if (before != null && ours != null && theirs != null) {
            mergeFile(file, before, ours, theirs);
        } else {
            conflicts.add(change.path());
        }
    }

    private void mergeFile(Diff.FileChange file, Change.Entry before, Change.Entry ours, Change.Entry theirs)
            throws IOException {
        String path = file.change().path();
        if (!before.mode().isFile() || !ours.mode().isFile() || !theirs.mode().isFile()) {
            conflicts.add(path);
            return;
        }
        // Of two values, where both sides changed the mode they changed it to the same.
        EntryMode mode = ours.mode() == before.mode() ? theirs.mode() : ours.mode();
        if (ours.id().equals(before.id()) || ours.id().equals(theirs.id())) {
            edits.put(path, Optional.of(new TreeEdit.Put(path, mode, ObjectId.fromString(theirs.id()))));
        } else if (theirs.id().equals(before.id())) {
            edits.put(path, Optional.of(put(path, new Change.Entry(mode, ours.id()), file.after())));
        } else {
            Optional<byte[]> merged = mergeText(file, ObjectId.fromString(theirs.id()));
            if (merged.isEmpty()) {
                conflicts.add(path);
                return;
            }
            mergedPaths.add(path);
            edits.put(path, Optional.of(new TreeEdit.Put(path, mode, keep(merged.get()))));
        }
    }

    private Optional<byte[]> mergeText(Diff.FileChange file, ObjectId theirs) throws IOException {
        if (blobs.sizeBytes(theirs) > ScratchFiles.MAX_FILE_BYTES) {
            return Optional.empty();
        }
        return TextMerge.merge(file.before(), file.after(), blobs.read(theirs));
    }

    private TreeEdit.Put put(String path, Change.Entry entry, byte[] content) {
        ObjectId id = keep(content);
        if (!id.name().equals(entry.id())) {
            throw new IllegalStateException("the diff's content of " + path + " is not that of blob " + entry.id());
        }
        return new TreeEdit.Put(path, entry.mode(), id);
    }

    private ObjectId keep(byte[] content) {
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            ObjectId id = formatter.idFor(Constants.OBJ_BLOB, content);
            newBlobs.put(id, content);
            return id;
        }
    }

    private Change.@Nullable Entry atTip(String path) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(blobs.reader(), path, tipTree)) {
            if (walk == null || walk.isSubtree()) {
                return null;
            }
            return new Change.Entry(
                    EntryMode.of(walk.getFileMode(0)), walk.getObjectId(0).name());
        }
    }
}

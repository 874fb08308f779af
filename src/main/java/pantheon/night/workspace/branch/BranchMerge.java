package pantheon.night.workspace.branch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.git.Blobs;
import pantheon.night.workspace.git.Change;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.git.EntryMode;
import pantheon.night.workspace.git.TreeFiles;

/**
 * A diff carried over onto the tree at a branch's tip, path by path: what the branch still has as it was in the base
 * commit is taken from the diff, text that both changed is merged by lines, everything else is a conflict. Nothing is
 * written before {@link #insert}.
 */
public final class BranchMerge {
    private final Blobs blobs;
    private final ObjectId tipTree;
    private final Map<String, Optional<TreeEdit.Put>> edits = new TreeMap<>();
    private final Map<ObjectId, byte[]> newBlobs = new LinkedHashMap<>();
    private final List<String> mergedPaths = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();
    private final Map<String, Diff.FileChange> changes = new TreeMap<>();
    private final TreeEdit trees;
    private final ObjectId tree;
    private boolean asLeft = true;

    /** A path that both the task and the branch changed, and what it was before. */
    private record Sides(Change.Entry before, Change.Entry ours, Change.Entry theirs) {
        boolean areFiles() {
            return before.mode().isFile()
                    && ours.mode().isFile()
                    && theirs.mode().isFile();
        }

        /** Of two values, where both sides changed the mode they changed it to the same. */
        EntryMode mode() {
            return ours.mode() == before.mode() ? theirs.mode() : ours.mode();
        }

        boolean keepTheirs() {
            return ours.id().equals(before.id()) || ours.id().equals(theirs.id());
        }

        boolean keepOurs() {
            return theirs.id().equals(before.id());
        }

        ObjectId theirId() {
            return ObjectId.fromString(theirs.id());
        }
    }

    public BranchMerge(Blobs blobs, ObjectId tipTree, Diff diff) throws IOException {
        this.blobs = blobs;
        this.tipTree = tipTree;
        this.trees = new TreeEdit(blobs.reader());
        for (var file : diff.files()) {
            merge(file);
        }
        this.tree = conflicts.isEmpty() ? trees.apply(tipTree, edits) : tipTree;
        conflicts.addAll(trees.conflicts());
    }

    /** The paths that cannot be carried over; where there are any, nothing is to be inserted. */
    public List<String> conflicts() {
        return conflicts;
    }

    /** The paths whose text was merged. */
    public List<String> mergedPaths() {
        return mergedPaths;
    }

    /** What {@link #insert} adds, unless it is there. */
    Set<ObjectId> newObjects() {
        var ids = new HashSet<>(newBlobs.keySet());
        ids.addAll(trees.newTrees().keySet());
        return ids;
    }

    /** Whether it is the task's diff as it is: of no path did the branch have a part, or another version. */
    boolean isAsLeft() {
        return asLeft;
    }

    /** What becomes of the files at the tip, by path. */
    Map<String, Diff.FileChange> changes() {
        return changes;
    }

    /** What the merge has at a path, null where nothing. */
    Change.@Nullable Entry entryAt(String path) throws IOException {
        var changed = changes.get(path);
        return changed == null ? atTip(path) : changed.change().after();
    }

    /** The bytes of that. */
    byte[] contentAt(String path, Change.Entry entry) throws IOException {
        var changed = changes.get(path);
        return changed == null ? content(entry) : changed.after();
    }

    private byte[] content(Change.@Nullable Entry entry) throws IOException {
        return entry == null || entry.mode() == EntryMode.SUBMODULE
                ? new byte[0]
                : blobs.read(ObjectId.fromString(entry.id()));
    }

    /** Whether the branch already has all of it. */
    boolean isEmpty() {
        return conflicts.isEmpty() && tree.equals(tipTree);
    }

    /** Writes the new blobs and trees, and gives the root's id. */
    public ObjectId insert(ObjectInserter inserter) throws IOException {
        if (!conflicts.isEmpty()) {
            throw new IllegalStateException("a merge with conflicts has no tree");
        }
        for (var blob : newBlobs.values()) {
            inserter.insert(Constants.OBJ_BLOB, blob);
        }
        for (var newTree : trees.newTrees().values()) {
            inserter.insert(Constants.OBJ_TREE, newTree);
        }
        inserter.flush();
        return tree;
    }

    private void merge(Diff.FileChange file) throws IOException {
        var change = file.change();
        var theirs = atTip(change.path());
        if (Objects.equals(theirs, change.after())) {
            asLeft = false;
            return;
        }
        if (Objects.equals(theirs, change.before())) {
            var ours = Optional.ofNullable(change.after());
            edits.put(change.path(), ours.map(entry -> put(change.path(), entry, file.after())));
            changes.put(change.path(), file);
            return;
        }
        asLeft = false;
        if (change.before() != null && change.after() != null && theirs != null) {
            merge(file, new Sides(change.before(), change.after(), theirs));
        } else {
            conflicts.add(change.path());
        }
    }

    private void merge(Diff.FileChange file, Sides sides) throws IOException {
        var path = file.change().path();
        if (!sides.areFiles()) {
            conflicts.add(path);
        } else if (sides.keepTheirs()) {
            put(path, sides, content(sides.theirs()));
        } else if (sides.keepOurs()) {
            put(path, sides, file.after());
        } else {
            mergeText(file, sides);
        }
    }

    private void mergeText(Diff.FileChange file, Sides sides) throws IOException {
        var path = file.change().path();
        var merged = mergedText(file, sides.theirId());
        if (merged.isEmpty()) {
            conflicts.add(path);
            return;
        }
        mergedPaths.add(path);
        put(path, sides, merged.get());
    }

    private Optional<byte[]> mergedText(Diff.FileChange file, ObjectId theirs) throws IOException {
        if (blobs.sizeBytes(theirs) > ScratchFiles.MAX_FILE_BYTES) {
            return Optional.empty();
        }
        return TextMerge.merge(file.before(), file.after(), blobs.read(theirs));
    }

    private void put(String path, Sides sides, byte[] content) throws IOException {
        var put = new TreeEdit.Put(path, sides.mode(), keep(content));
        edits.put(path, Optional.of(put));
        var entry = new Change.Entry(put.mode(), put.id().name());
        if (!entry.equals(sides.theirs())) {
            var change = new Change(path, sides.theirs(), entry);
            changes.put(path, new Diff.FileChange(change, content(sides.theirs()), content));
        }
    }

    private TreeEdit.Put put(String path, Change.Entry entry, byte[] content) {
        var id = keep(content);
        if (!id.name().equals(entry.id())) {
            throw new IllegalStateException(
                    "the diff's content of %s is not that of blob %s".formatted(path, entry.id()));
        }
        return new TreeEdit.Put(path, entry.mode(), id);
    }

    private ObjectId keep(byte[] content) {
        var id = idOf(content);
        newBlobs.put(id, content);
        return id;
    }

    static ObjectId idOf(byte[] content) {
        try (var formatter = new ObjectInserter.Formatter()) {
            return formatter.idFor(Constants.OBJ_BLOB, content);
        }
    }

    private Change.@Nullable Entry atTip(String path) throws IOException {
        return TreeFiles.entry(blobs.reader(), tipTree, path);
    }
}

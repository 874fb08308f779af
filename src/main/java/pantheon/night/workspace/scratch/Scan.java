package pantheon.night.workspace.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.FileKind;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.ScratchPath;
import pantheon.night.workspace.git.BaseTree;
import pantheon.night.workspace.git.Blobs;
import pantheon.night.workspace.git.Change;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.git.EntryMode;

/** Finds what a scratch checkout holds that its base commit does not, and the other way round. */
final class Scan {
    /** How much may differ. */
    record Bounds(int changes, long bytes) {
        static final Bounds OF_A_COMMIT = new Bounds(10_000, 4L * ScratchFiles.MAX_FILE_BYTES);
    }

    private final Blobs blobs;
    private final Bounds bounds;
    private final @Nullable CheckoutRecord record;
    private final TreeMap<String, Diff.FileChange> changes = new TreeMap<>();
    private long changedBytes;

    /** @param record null where all that is looked at is read */
    Scan(Blobs blobs, @Nullable CheckoutRecord record, Bounds bounds) {
        this.blobs = blobs;
        this.bounds = bounds;
        this.record = record;
    }

    Map<String, Diff.FileChange> run(OpenDirectory top, BaseTree base, Extent extent) throws IOException, PathRefused {
        scan(top, base.root(), "", 1, extent);
        return changes;
    }

    private void scan(OpenDirectory directory, BaseTree.Directory expected, String prefix, int depth, Extent extent)
            throws IOException, PathRefused {
        var found = new HashSet<String>();
        for (var name : extent.names(directory)) {
            var below = extent.below(name.toString());
            if (scanEntry(directory, name, expected.child(name), prefix + name, depth, below)) {
                found.add(name.toString());
            }
        }
        for (var child : extent.of(expected).entrySet()) {
            if (!found.contains(child.getKey())) {
                deleted(child.getValue(), prefix + child.getKey());
            }
        }
    }

    /** Whether the entry is still there. */
    private boolean scanEntry(
            OpenDirectory directory, Path name, BaseTree.@Nullable Node node, String path, int depth, Extent below)
            throws IOException, PathRefused {
        if (node == null) {
            requireUtf8(name, path);
        }
        var kind = directory.kind(name);
        switch (kind) {
            case DIRECTORY -> scanDirectory(directory, name, node, path, depth, below);
            case FILE, SYMLINK -> scanLeaf(directory, name, node, path);
            case OTHER -> throw new PathRefused(PathRefused.Code.NOT_REGULAR, path);
            case ABSENT -> {}
        }
        return kind != FileKind.ABSENT;
    }

    private static void requireUtf8(Path name, String path) throws PathRefused {
        if (!Path.of(name.toString()).equals(name)) {
            throw new PathRefused(PathRefused.Code.BAD_NAME, path);
        }
    }

    private void scanDirectory(
            OpenDirectory parent, Path name, BaseTree.@Nullable Node node, String path, int depth, Extent below)
            throws IOException, PathRefused {
        if (depth == ScratchPath.MAX_SEGMENTS) {
            throw new PathRefused(PathRefused.Code.BAD_NAME, path);
        }
        int changesBefore = changes.size();
        try (var directory = parent.open(name)) {
            var expected = node instanceof BaseTree.Directory content ? content : BaseTree.Directory.EMPTY;
            scan(directory, expected, path + "/", depth + 1, below);
        }
        // A submodule stands as an empty directory, which is no change as long as it stays empty.
        if (node instanceof BaseTree.Leaf leaf
                && (leaf.mode() != EntryMode.SUBMODULE || changes.size() > changesBefore)) {
            add(path, leaf, null, new byte[0]);
        }
    }

    private void scanLeaf(OpenDirectory directory, Path name, BaseTree.@Nullable Node node, String path)
            throws IOException, PathRefused {
        if (record != null && node instanceof BaseTree.Leaf leaf && record.isUntouched(directory, name, path, leaf)) {
            return;
        }
        ScratchPath.parse(path); // a command may have made what no tool could name, a .git for one
        if (node instanceof BaseTree.Directory) {
            deleted(node, path);
        }
        var attributes =
                directory.attributes(name).orElseThrow(() -> new PathRefused(PathRefused.Code.NOT_FOUND, path));
        var content = content(directory, name, attributes, path);
        add(path, node instanceof BaseTree.Leaf leaf ? leaf : null, mode(attributes), content);
    }

    private static byte[] content(OpenDirectory directory, Path name, PosixFileAttributes attributes, String path)
            throws IOException, PathRefused {
        if (attributes.isSymbolicLink()) {
            return target(directory, name, path);
        }
        if (attributes.size() > ScratchFiles.MAX_FILE_BYTES) {
            throw new PathRefused(PathRefused.Code.TOO_LARGE, path);
        }
        return ScratchFiles.read(directory, name, path);
    }

    private static EntryMode mode(PosixFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return EntryMode.SYMLINK;
        }
        return attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
                ? EntryMode.EXECUTABLE
                : EntryMode.FILE;
    }

    private static byte[] target(OpenDirectory directory, Path name, String path) throws IOException, PathRefused {
        var target = Files.readSymbolicLink(directory.resolve(name));
        requireUtf8(target, path);
        return target.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void deleted(BaseTree.Node node, String path) throws IOException, PathRefused {
        var leaves = new TreeMap<String, BaseTree.Leaf>();
        BaseTree.forEachLeaf(node, path, leaves::put);
        for (var leaf : leaves.entrySet()) {
            // Nothing was checked out of a submodule, so its directory's absence says nothing.
            if (leaf.getValue().mode() != EntryMode.SUBMODULE) {
                add(leaf.getKey(), leaf.getValue(), null, new byte[0]);
            }
        }
    }

    private void add(String path, BaseTree.@Nullable Leaf leaf, @Nullable EntryMode mode, byte[] content)
            throws IOException, PathRefused {
        var before = leaf == null ? null : leaf.entry();
        var after = mode == null ? null : new Change.Entry(mode, idOf(content));
        if (after != null && after.equals(before)) {
            return; // touched, but the same
        }
        var old = leaf == null ? new byte[0] : contentOf(leaf, path);
        changedBytes += content.length + (long) old.length;
        requireFew();
        changes.put(path, new Diff.FileChange(new Change(path, before, after), old, content));
    }

    private void requireFew() throws PathRefused {
        if (changes.size() == bounds.changes()) {
            throw PathRefused.tooMuch("more than %d files differ".formatted(bounds.changes()));
        }
        if (changedBytes > bounds.bytes()) {
            throw PathRefused.tooMuch(
                    "the files that differ, before and after, hold more than %d bytes".formatted(bounds.bytes()));
        }
    }

    private byte[] contentOf(BaseTree.Leaf leaf, String path) throws IOException, PathRefused {
        if (leaf.mode() == EntryMode.SUBMODULE) {
            return ("Subproject commit " + leaf.id().name() + "\n").getBytes(StandardCharsets.UTF_8);
        }
        if (blobs.sizeBytes(leaf.id()) > ScratchFiles.MAX_FILE_BYTES) {
            throw new PathRefused(PathRefused.Code.TOO_LARGE, path);
        }
        return blobs.read(leaf.id());
    }

    private static String idOf(byte[] content) {
        try (var formatter = new ObjectInserter.Formatter()) {
            return formatter.idFor(Constants.OBJ_BLOB, content).name();
        }
    }
}

package pantheon.night.workspace.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.FileKind;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.files.Removal;
import pantheon.night.workspace.git.BaseTree;
import pantheon.night.workspace.git.Blobs;
import pantheon.night.workspace.git.EntryMode;
import pantheon.night.workspace.git.WriteSteps;

/** Makes a scratch checkout equal to its base commit again: what is untouched stays, everything else is made anew. */
final class Restore {
    private final OpenDirectory top;
    private final Removal removal;
    private final Blobs blobs;
    private final @Nullable CheckoutRecord record;
    private final WriteSteps steps;

    /** @param record null where all that is looked at is made anew */
    Restore(OpenDirectory top, Blobs blobs, @Nullable CheckoutRecord record, WriteSteps steps) {
        this.steps = steps;
        this.top = top;
        this.removal = new Removal(top);
        this.blobs = blobs;
        this.record = record;
    }

    void restore(BaseTree base, Extent extent) throws IOException {
        restore(top, base.root(), "", extent);
    }

    private void restore(OpenDirectory directory, BaseTree.Directory expected, String prefix, Extent extent)
            throws IOException {
        var kept = keepOrRemove(directory, expected, prefix, extent);
        for (var child : extent.of(expected).entrySet()) {
            if (!kept.contains(child.getKey())) {
                create(directory, Path.of(child.getKey()), child.getValue(), prefix + child.getKey());
            }
        }
    }

    /** The names of what could be kept. */
    private Set<String> keepOrRemove(OpenDirectory directory, BaseTree.Directory expected, String prefix, Extent extent)
            throws IOException {
        var kept = new HashSet<String>();
        for (var name : extent.names(directory)) {
            var node = expected.child(name);
            if (node != null && keep(directory, name, node, prefix + name, extent.below(name.toString()))) {
                kept.add(name.toString());
            } else {
                removal.remove(directory, name);
            }
        }
        return kept;
    }

    private boolean keep(OpenDirectory directory, Path name, BaseTree.Node node, String path, Extent below)
            throws IOException {
        var content = contentOf(node);
        if (content == null) {
            return record != null && record.isUntouched(directory, name, path, (BaseTree.Leaf) node);
        }
        if (directory.kind(name) != FileKind.DIRECTORY) {
            return false;
        }
        directory.unlock(name);
        if (record != null && !record.isLikeNew(directory, name)) {
            return false;
        }
        fill(directory, name, content, path, below);
        bringTimesBack(directory, name, path);
        return true;
    }

    private void create(OpenDirectory directory, Path name, BaseTree.Node node, String path) throws IOException {
        switch (node) {
            case BaseTree.Leaf leaf -> create(directory, name, leaf, path);
            case BaseTree.Directory content -> {
                directory.createDirectory(top, name);
                fill(directory, name, content, path, Extent.EVERYTHING);
                bringTimesBack(directory, name, path);
            }
        }
    }

    private void create(OpenDirectory directory, Path name, BaseTree.Leaf leaf, String path) throws IOException {
        steps.before(WriteSteps.Step.CHECK_OUT_FILE, name);
        switch (leaf.mode()) {
            case FILE -> directory.createFile(name, false, out -> blobs.copy(leaf.id(), out));
            case EXECUTABLE -> directory.createFile(name, true, out -> blobs.copy(leaf.id(), out));
            case SYMLINK -> {
                var target = new String(blobs.read(leaf.id()), StandardCharsets.UTF_8);
                directory.createSymlink(top, name, Path.of(target));
            }
            case SUBMODULE -> directory.createDirectory(top, name);
        }
        if (record != null) {
            record.note(directory, name, path);
        }
    }

    private void fill(OpenDirectory directory, Path name, BaseTree.Directory content, String path, Extent extent)
            throws IOException {
        try (var child = directory.open(name)) {
            restore(child, content, path + "/", extent);
        }
    }

    private void bringTimesBack(OpenDirectory directory, Path name, String path) throws IOException {
        if (record != null) {
            record.bringTimesBack(directory, name, path);
        }
    }

    /** What a directory should hold; a submodule's is empty, and what is no directory has none. */
    private static BaseTree.@Nullable Directory contentOf(BaseTree.Node node) {
        return switch (node) {
            case BaseTree.Directory directory -> directory;
            case BaseTree.Leaf leaf -> leaf.mode() == EntryMode.SUBMODULE ? BaseTree.Directory.EMPTY : null;
        };
    }
}

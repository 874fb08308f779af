package pantheon.night.workspace.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What a commit holds, as a scratch checkout shows it. Entries that no scratch path can name, that have a mode which git does not write or a
 * name that stands for two, and links that cannot be made exactly, are left out; a commit leaves them as they are.
 */
public record BaseTree(Directory root, List<String> leftOut) {

    /** An entry of a tree. */
    public sealed interface Node {}

    /** A directory, its entries by name. */
    public record Directory(Map<String, Node> children) implements Node {
        public static final Directory EMPTY = new Directory(new TreeMap<>());

        /** The entry of a name found on disk; bytes that are not UTF-8 are no entry's name. */
        public @Nullable Node child(Path name) {
            var text = name.toString();
            var node = children.get(text);
            return node != null && Path.of(text).equals(name) ? node : null;
        }
    }

    /** A file, a symbolic link or a submodule. */
    public record Leaf(EntryMode mode, ObjectId id) implements Node {
        public Change.Entry entry() {
            return new Change.Entry(mode, id.name());
        }
    }

    public BaseTree {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * What a tree holds.
     *
     * @throws pantheon.night.NightException (65) where a tree is broken, or there is too much in it
     */
    public static BaseTree read(Blobs blobs, ObjectId tree) throws IOException {
        return new TreeReader(blobs).read(tree);
    }

    /** Gives every file, link and submodule under a node, with its path. */
    public static void forEachLeaf(Node node, String path, BiConsumer<String, Leaf> action) {
        switch (node) {
            case Leaf leaf -> action.accept(path, leaf);
            case Directory directory ->
                directory.children.forEach((name, child) -> forEachLeaf(child, path + "/" + name, action));
        }
    }
}

package pantheon.night.workspace.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchPath;

/**
 * What a commit holds, as a scratch checkout shows it. Entries that no scratch path can name, and links that the JDK
 * cannot make exactly, are left out; a commit leaves them as they are.
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

        /** Puts an entry at the end of a path, unless something else is there or on the way. */
        private boolean add(ScratchPath path, Leaf leaf) {
            var directory = this;
            for (var parent : path.parents()) {
                var node =
                        directory.children.computeIfAbsent(parent.toString(), name -> new Directory(new TreeMap<>()));
                if (!(node instanceof Directory next)) {
                    return false;
                }
                directory = next;
            }
            return directory.children.putIfAbsent(path.name().toString(), leaf) == null;
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

    public static BaseTree read(Blobs blobs, ObjectId tree) throws IOException {
        var leftOut = new ArrayList<String>();
        var root = new Directory(new TreeMap<>());
        try (var walk = new TreeWalk(blobs.reader())) {
            walk.addTree(tree);
            walk.setRecursive(true);
            while (walk.next()) {
                if (!walk.getFileMode(0).equals(FileMode.MISSING) && !add(root, walk, blobs)) {
                    leftOut.add(walk.getPathString());
                }
            }
        }
        return new BaseTree(root, leftOut);
    }

    private static boolean add(Directory root, TreeWalk walk, Blobs blobs) throws IOException {
        var leaf = new Leaf(EntryMode.of(walk.getFileMode(0)), walk.getObjectId(0));
        return canBeMade(leaf, blobs) && add(root, walk.getRawPath(), leaf);
    }

    /** Whether the JDK can make the entry; it would rewrite a link's target such as "a//b" or "a/". */
    private static boolean canBeMade(Leaf leaf, Blobs blobs) throws IOException {
        if (leaf.mode() != EntryMode.SYMLINK) {
            return true;
        }
        var target = blobs.read(leaf.id());
        var text = new String(target, StandardCharsets.UTF_8);
        try {
            var made = Path.of(text).toString().getBytes(StandardCharsets.UTF_8);
            return made.length > 0 && Arrays.equals(made, target);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean add(Directory root, byte[] rawPath, Leaf leaf) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(rawPath))
                    .toString();
            return root.add(ScratchPath.parse(text), leaf);
        } catch (CharacterCodingException | InvalidPathException | PathRefused e) {
            return false;
        }
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

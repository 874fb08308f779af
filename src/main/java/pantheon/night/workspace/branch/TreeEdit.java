package pantheon.night.workspace.branch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.git.EntryMode;
import pantheon.night.workspace.git.RawTree;
import pantheon.night.workspace.git.RawTree.Entry;

/**
 * A tree with some of its paths changed. Only the trees along those paths are made anew, and of these every other entry
 * is taken over byte for byte. Nothing is written: the new trees are kept for whoever writes them.
 */
public final class TreeEdit {
    /** What a path shall be: an entry, or nothing. */
    public record Put(String path, EntryMode mode, ObjectId id) {
        private Entry as(String name) {
            return new Entry(mode.bits(), name, id);
        }
    }

    private final ObjectReader reader;
    private final Map<ObjectId, byte[]> newTrees = new LinkedHashMap<>();
    private final List<String> conflicts = new ArrayList<>();

    public TreeEdit(ObjectReader reader) {
        this.reader = reader;
    }

    /** The trees that were made, children before parents. */
    public Map<ObjectId, byte[]> newTrees() {
        return newTrees;
    }

    /** Paths that cannot be since the tree has a file for one of their directories, or a directory in their place. */
    public List<String> conflicts() {
        return conflicts;
    }

    /**
     * The changed tree.
     *
     * @param edits what each path becomes; empty where it goes
     */
    public ObjectId apply(ObjectId tree, Map<String, Optional<Put>> edits) throws IOException {
        return write(edit(tree, "", edits));
    }

    private List<Entry> edit(@Nullable ObjectId tree, String prefix, Map<String, Optional<Put>> edits)
            throws IOException {
        var entries = entries(tree);
        for (var edit : byName(prefix, edits).entrySet()) {
            var name = new String(edit.getKey().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            var changed = change(takeOut(entries, name), name, prefix + edit.getKey(), edit.getValue());
            if (changed != null) {
                entries.add(changed);
            }
        }
        return entries;
    }

    /** The edits by the name that their paths have after the prefix, each at that name or under it. */
    private static Map<String, Map<String, Optional<Put>>> byName(String prefix, Map<String, Optional<Put>> edits) {
        var byName = new TreeMap<String, Map<String, Optional<Put>>>();
        edits.forEach((path, put) -> {
            int slash = path.indexOf('/', prefix.length());
            var name = path.substring(prefix.length(), slash < 0 ? path.length() : slash);
            byName.computeIfAbsent(name, key -> new TreeMap<>()).put(path, put);
        });
        return byName;
    }

    private static @Nullable Entry takeOut(List<Entry> entries, String name) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).name().equals(name)) {
                return entries.remove(i);
            }
        }
        return null;
    }

    /** What the edits at and under one name make of its entry. */
    private @Nullable Entry change(@Nullable Entry present, String name, String path, Map<String, Optional<Put>> edits)
            throws IOException {
        var below = new TreeMap<>(edits);
        var here = below.remove(path);
        var kept = here == null || (present != null && present.isTree()) ? present : null;
        if (!below.isEmpty() && kept != null && !kept.isTree()) {
            return conflict(path, present);
        }
        var result = below.isEmpty() ? kept : changedTree(kept, name, path, below);
        if (here == null || here.isEmpty()) {
            return result;
        }
        return result == null ? here.get().as(name) : conflict(path, present);
    }

    private @Nullable Entry changedTree(
            @Nullable Entry tree, String name, String path, Map<String, Optional<Put>> below) throws IOException {
        var children = edit(tree == null ? null : tree.id(), path + "/", below);
        return children.isEmpty() ? null : new Entry(FileMode.TREE.getBits(), name, write(children));
    }

    private @Nullable Entry conflict(String path, @Nullable Entry present) {
        conflicts.add(path);
        return present;
    }

    private List<Entry> entries(@Nullable ObjectId tree) throws IOException {
        return tree == null ? new ArrayList<>() : RawTree.read(reader, tree);
    }

    private ObjectId write(List<Entry> entries) {
        var bytes = bytes(entries);
        try (var formatter = new ObjectInserter.Formatter()) {
            var id = formatter.idFor(Constants.OBJ_TREE, bytes);
            newTrees.put(id, bytes);
            return id;
        }
    }

    private static byte[] bytes(List<Entry> entries) {
        entries.sort(Comparator.comparing(Entry::sortKey));
        var tree = new ByteArrayOutputStream();
        var id = new byte[Constants.OBJECT_ID_LENGTH];
        for (var entry : entries) {
            var head = Integer.toOctalString(entry.mode()) + " " + entry.name() + "\0";
            tree.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            entry.id().copyRawTo(id, 0);
            tree.writeBytes(id);
        }
        return tree.toByteArray();
    }
}

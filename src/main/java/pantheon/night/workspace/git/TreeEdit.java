package pantheon.night.workspace.git;

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

/**
 * A tree with some of its paths changed. Only the trees along those paths are made anew, and of these every other entry
 * is taken over byte for byte. Nothing is written: the new trees are kept for whoever writes them.
 */
final class TreeEdit {
    /** What a path shall be: an entry, or nothing. */
    record Put(String path, EntryMode mode, ObjectId id) {}

    /** An entry as the tree has it; a character of the name is one byte, since git's names need not be UTF-8. */
    private record Entry(int mode, String name, ObjectId id) {
        boolean isTree() {
            return FileMode.TREE.equals(mode);
        }

        /** Git sorts by bytes, a tree as if its name ended in "/". */
        String sortKey() {
            return isTree() ? name + "/" : name;
        }
    }

    private final ObjectReader reader;
    private final Map<ObjectId, byte[]> newTrees = new LinkedHashMap<>();
    private final List<String> conflicts = new ArrayList<>();

    TreeEdit(ObjectReader reader) {
        this.reader = reader;
    }

    /** The trees that were made, children before parents. */
    Map<ObjectId, byte[]> newTrees() {
        return newTrees;
    }

    /** Paths that cannot be since the tree has a file for one of their directories, or a directory in their place. */
    List<String> conflicts() {
        return conflicts;
    }

    /**
     * The changed tree.
     *
     * @param edits what each path becomes; empty where it goes
     */
    ObjectId apply(ObjectId tree, Map<String, Optional<Put>> edits) throws IOException {
        return write(edit(tree, "", edits));
    }

    private List<Entry> edit(@Nullable ObjectId tree, String prefix, Map<String, Optional<Put>> edits)
            throws IOException {
        TreeMap<String, Map<String, Optional<Put>>> byName = new TreeMap<>();
        edits.forEach((path, put) -> {
            int slash = path.indexOf('/', prefix.length());
            String name = path.substring(prefix.length(), slash < 0 ? path.length() : slash);
            byName.computeIfAbsent(name, key -> new TreeMap<>()).put(path, put);
        });
        List<Entry> entries = tree == null
                ? new ArrayList<>()
                : parse(reader.open(tree, Constants.OBJ_TREE).getBytes());
        for (var edit : byName.entrySet()) {
            String name = new String(edit.getKey().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            Entry present = null;
            for (Entry entry : entries) {
                present = entry.name().equals(name) ? entry : present;
            }
            entries.remove(present);
            Entry changed = change(present, name, prefix + edit.getKey(), edit.getValue());
            if (changed != null) {
                entries.add(changed);
            }
        }
        return entries;
    }

    /** What the edits at and under one name make of its entry. */
    private @Nullable Entry change(@Nullable Entry present, String name, String path, Map<String, Optional<Put>> edits)
            throws IOException {
        Map<String, Optional<Put>> below = new TreeMap<>(edits);
        Optional<Put> here = below.remove(path);
        boolean tree = present != null && present.isTree();
        Entry result = here == null || tree ? present : null;
        if (!below.isEmpty()) {
            if (result != null && !tree) {
                conflicts.add(path);
                return present;
            }
            List<Entry> children = edit(tree && present != null ? present.id() : null, path + "/", below);
            result = children.isEmpty() ? null : new Entry(FileMode.TREE.getBits(), name, write(children));
        }
        if (here == null || here.isEmpty()) {
            return result;
        }
        if (result != null) {
            conflicts.add(path);
            return present;
        }
        Put put = here.get();
        return new Entry(put.mode().bits(), name, put.id());
    }

    private static List<Entry> parse(byte[] tree) {
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < tree.length; ) {
            int mode = 0;
            for (; tree[at] != ' '; at++) {
                mode = mode * 8 + tree[at] - '0';
            }
            int nameAt = at + 1;
            for (at = nameAt; tree[at] != 0; at++) {}
            String name = new String(tree, nameAt, at - nameAt, StandardCharsets.ISO_8859_1);
            entries.add(new Entry(mode, name, ObjectId.fromRaw(tree, at + 1)));
            at += 1 + Constants.OBJECT_ID_LENGTH;
        }
        return entries;
    }

    private ObjectId write(List<Entry> entries) {
        entries.sort(Comparator.comparing(Entry::sortKey));
        ByteArrayOutputStream tree = new ByteArrayOutputStream();
        byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
        for (Entry entry : entries) {
            String head = Integer.toOctalString(entry.mode()) + " " + entry.name() + "\0";
            tree.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            entry.id().copyRawTo(id, 0);
            tree.writeBytes(id);
        }
        byte[] bytes = tree.toByteArray();
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            ObjectId treeId = formatter.idFor(Constants.OBJ_TREE, bytes);
            newTrees.put(treeId, bytes);
            return treeId;
        }
    }
}

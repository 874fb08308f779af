package pantheon.night.workspace.gather;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.branch.TreeEdit;
import pantheon.night.workspace.git.Change;
import pantheon.night.workspace.git.EntryMode;

/** The tree of a branch while the work of several nights is put on it; its trees are written as they are made. */
final class GatheredTree {
    private final ObjectInserter inserter;
    private final ObjectReader reader;
    private ObjectId tree;

    /** @param tree what the branch begins with */
    GatheredTree(ObjectInserter inserter, ObjectId tree) {
        this.inserter = inserter;
        this.reader = inserter.newReader();
        this.tree = tree;
    }

    ObjectId id() {
        return tree;
    }

    /** Takes a tree in place of this one, which has to be written. */
    void become(ObjectId other) {
        tree = other;
    }

    /**
     * Takes all that one tree changed of another, where none of it was changed here in another way.
     *
     * @return false where some of it was; then nothing is taken
     */
    boolean take(RevTree before, RevTree after) throws IOException {
        var edits = edits(before, after);
        if (edits.isEmpty()) {
            return false;
        }
        var trees = new TreeEdit(reader);
        var result = trees.apply(tree, edits.get());
        if (!trees.conflicts().isEmpty()) {
            return false;
        }
        for (var made : trees.newTrees().values()) {
            inserter.insert(Constants.OBJ_TREE, made);
        }
        tree = result;
        return true;
    }

    /** Empty where a path was changed here in another way. */
    private Optional<Map<String, Optional<TreeEdit.Put>>> edits(RevTree before, RevTree after) throws IOException {
        var edits = new TreeMap<String, Optional<TreeEdit.Put>>();
        try (var walk = new TreeWalk(reader)) {
            walk.setFilter(new FirstTwoDiffer());
            walk.setRecursive(true);
            walk.addTree(before);
            walk.addTree(after);
            walk.addTree(tree);
            while (walk.next()) {
                var here = entry(walk, 2);
                var wanted = entry(walk, 1);
                if (Objects.equals(here, wanted)) {
                    continue;
                }
                if (!Objects.equals(here, entry(walk, 0))) {
                    return Optional.empty();
                }
                edits.put(walk.getPathString(), Optional.ofNullable(wanted).map(entry -> put(walk, entry)));
            }
        }
        return Optional.of(edits);
    }

    private static TreeEdit.Put put(TreeWalk walk, Change.Entry entry) {
        return new TreeEdit.Put(walk.getPathString(), entry.mode(), ObjectId.fromString(entry.id()));
    }

    private static Change.@Nullable Entry entry(TreeWalk walk, int side) {
        return walk.getRawMode(side) == 0
                ? null
                : new Change.Entry(
                        EntryMode.ofAny(walk.getFileMode(side)),
                        walk.getObjectId(side).name());
    }

    /** A commit of it. */
    ObjectId commit(List<ObjectId> parents, PersonIdent author, PersonIdent committer, String message)
            throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(new ArrayList<>(parents));
        commit.setAuthor(author);
        commit.setCommitter(committer);
        commit.setMessage(message);
        return inserter.insert(commit);
    }

    /** Lets pass what the first tree does not have as the second one has it, whatever the third one has. */
    private static final class FirstTwoDiffer extends TreeFilter {
        @Override
        public boolean include(TreeWalk walk) {
            return !walk.idEqual(0, 1) || walk.getRawMode(0) != walk.getRawMode(1);
        }

        @Override
        public boolean shouldBeRecursive() {
            return false;
        }

        @Override
        public TreeFilter clone() {
            return this;
        }
    }
}

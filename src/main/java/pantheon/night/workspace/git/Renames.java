package pantheon.night.workspace.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import pantheon.night.workspace.files.BaseFiles.Moved;

/**
 * What became of a repository's files, as its first-parent history tells it: a merge counts as all that it brought. Renames
 * are git's, found by what files have in common. A shallow clone, or one that lacks a part, tells what it has.
 */
final class Renames {
    /** Older commits are not looked at. */
    static final int MOST_COMMITS = 20_000;
    /** Of more files that went and came in one commit, only renames without a change are found. */
    private static final int MOST_COMPARED = 400;

    private final Repository repository;
    private final int mostCommits;

    Renames(Repository repository, int mostCommits) {
        this.repository = repository;
        this.mostCommits = mostCommits;
    }

    /**
     * The renames and deletions before a commit, oldest first.
     *
     * @param commit its id, in full
     */
    List<Moved> before(String commit) throws IOException {
        var found = new ArrayList<List<Moved>>();
        try (var commits = new RevWalk(repository);
                var trees = new TreeWalk(commits.getObjectReader())) {
            trees.setRecursive(true);
            trees.setFilter(TreeFilter.ANY_DIFF);
            commits.setFirstParent(true);
            commits.setRetainBody(false);
            commits.markStart(commits.parseCommit(ObjectId.fromString(commit)));
            for (var next : commits) {
                if (found.size() == mostCommits) {
                    break;
                }
                found.add(moved(next, commits, trees));
            }
        } catch (MissingObjectException e) {
            Collections.reverse(found);
            return flat(found);
        }
        Collections.reverse(found);
        return flat(found);
    }

    private static List<Moved> flat(List<List<Moved>> found) {
        return found.stream().flatMap(List::stream).toList();
    }

    private List<Moved> moved(RevCommit commit, RevWalk commits, TreeWalk trees) throws IOException {
        trees.reset();
        if (commit.getParentCount() == 0) {
            return List.of();
        }
        trees.addTree(commits.parseCommit(commit.getParent(0)).getTree());
        trees.addTree(commit.getTree());
        var changes = DiffEntry.scan(trees);
        boolean went = changes.stream().anyMatch(change -> change.getChangeType() == DiffEntry.ChangeType.DELETE);
        return went ? renamed(changes) : List.of();
    }

    private List<Moved> renamed(List<DiffEntry> changes) throws IOException {
        var detector = new RenameDetector(repository);
        detector.setRenameLimit(MOST_COMPARED);
        detector.addAll(changes);
        var moved = new ArrayList<Moved>();
        for (var change : detector.compute()) {
            switch (change.getChangeType()) {
                case RENAME -> moved.add(new Moved(change.getOldPath(), change.getNewPath()));
                case DELETE -> moved.add(new Moved(change.getOldPath(), null));
                case ADD, MODIFY, COPY -> {}
            }
        }
        return moved;
    }
}

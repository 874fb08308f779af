package pantheon.night.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** A night's commits on its branch, oldest first, as git has them; what a {@link Person} committed there is left out. */
final class Branch {
    /**
     * A commit.
     *
     * @param journal the journal's head when it was made
     * @param paths what it changed
     */
    record Commit(String id, String parent, String task, String key, String journal, List<String> paths) {}

    private Branch() {}

    static List<Commit> of(Path repository, String run, String base) throws IOException {
        var commits = new ArrayList<Commit>();
        try (var git = Git.open(repository.toFile());
                var walk = new RevWalk(git.getRepository())) {
            var ref = git.getRepository().exactRef("refs/heads/night/" + run);
            if (ref == null) {
                return commits;
            }
            var commit = walk.parseCommit(ref.getObjectId());
            while (!commit.name().equals(base)) {
                if (commit.getParentCount() != 1) {
                    throw new AssertionError("the branch of %s does not begin at %s".formatted(run, base));
                }
                var parent = walk.parseCommit(commit.getParent(0));
                if (!Person.made(commit)) {
                    commits.addFirst(commit(git.getRepository(), commit, parent));
                }
                commit = parent;
            }
        }
        return commits;
    }

    private static Commit commit(Repository repository, RevCommit commit, RevCommit parent) throws IOException {
        return new Commit(
                commit.name(),
                parent.name(),
                trailer(commit, "Night-Task"),
                trailer(commit, "Night-Key"),
                trailer(commit, "Night-Journal"),
                paths(repository, commit, parent));
    }

    private static String trailer(RevCommit commit, String key) {
        return commit.getFooterLines(key).getFirst();
    }

    private static List<String> paths(Repository repository, RevCommit commit, RevCommit parent) throws IOException {
        var paths = new TreeSet<String>();
        try (var walk = new TreeWalk(repository)) {
            walk.setRecursive(true);
            walk.addTree(parent.getTree());
            walk.addTree(commit.getTree());
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                paths.add(walk.getPathString());
            }
        }
        return List.copyOf(paths);
    }
}

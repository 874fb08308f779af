package pantheon.night.workspace.branch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.Trailer;

/**
 * The commits of nights that no branch of people has, those of remotes included: neither as they are nor carried over,
 * which their trailers tell. One that was squashed into another without its trailers is not known again.
 */
public final class UnmergedCommits {
    private final Repository repository;

    public UnmergedCommits(Repository repository) {
        this.repository = repository;
    }

    /**
     * Those of some commits of a night.
     *
     * @param base the night's base commit
     */
    public List<String> of(Collection<String> commits, String base) throws IOException {
        var ids = new HashSet<String>();
        var keys = new HashSet<String>();
        try (var walk = new RevWalk(repository)) {
            for (var ref : repository.getRefDatabase().getRefs()) {
                if (isOfPeople(ref)) {
                    walk.markStart(walk.parseCommit(ref.getObjectId()));
                }
            }
            hide(base, walk);
            for (var commit : walk) {
                ids.add(commit.name());
                keys.addAll(commit.getFooterLines(Trailer.IDEMPOTENCY_KEY));
            }
        }
        return left(commits.stream().filter(id -> !ids.contains(id)).toList(), keys);
    }

    private List<String> left(List<String> commits, Set<String> keys) throws IOException {
        var left = new ArrayList<String>();
        try (var walk = new RevWalk(repository)) {
            for (var id : commits) {
                if (!isCarriedOver(walk.parseCommit(ObjectId.fromString(id)), keys)) {
                    left.add(id);
                }
            }
        }
        return left;
    }

    private static boolean isCarriedOver(RevCommit commit, Set<String> keys) {
        return commit.getFooterLines(Trailer.IDEMPOTENCY_KEY).stream().anyMatch(keys::contains);
    }

    /** A branch, here or of a remote, but those of nights; a symbolic one is another one once more. */
    private static boolean isOfPeople(Ref ref) {
        var name = ref.getName();
        var branch = name.startsWith(Constants.R_HEADS)
                ? name.substring(Constants.R_HEADS.length())
                : name.startsWith(Constants.R_REMOTES)
                        ? name.replaceFirst("^refs/remotes/[^/]*/", "")
                        : NightBranch.PREFIX;
        return !branch.startsWith(NightBranch.PREFIX) && !ref.isSymbolic() && ref.getObjectId() != null;
    }

    private static void hide(String base, RevWalk walk) throws IOException {
        try {
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(base)));
        } catch (MissingObjectException e) {
            // a base that was thrown away hides nothing
        }
    }
}

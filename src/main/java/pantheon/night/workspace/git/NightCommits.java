package pantheon.night.workspace.git;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;
import pantheon.night.KeptOrder;

/**
 * The commits of a night as the repository has them now: those on its branch, or where the branch is gone, those on any
 * other.
 */
public final class NightCommits {
    private final Map<String, NightCommit> commits;
    private final boolean branchExists;

    private NightCommits(Map<String, NightCommit> commits, boolean branchExists) {
        this.commits = commits;
        this.branchExists = branchExists;
    }

    /**
     * A commit.
     *
     * @param parent the id of its first parent, empty where it has none
     * @param trailers key → value; values of one key are joined by line ends
     */
    public record NightCommit(String id, String parent, Map<String, String> trailers) {
        public NightCommit {
            trailers = KeptOrder.map(trailers);
        }
    }

    public static NightCommits read(Repository repository, NightBranch branch, ObjectId base) throws IOException {
        var branchRef = repository.exactRef(branch.refName());
        var tips =
                branchRef == null ? repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS) : List.of(branchRef);
        return new NightCommits(reachable(repository, tips, base), branchRef != null);
    }

    private static Map<String, NightCommit> reachable(Repository repository, List<Ref> tips, ObjectId base)
            throws IOException {
        var found = new LinkedHashMap<String, NightCommit>();
        try (var walk = new RevWalk(repository)) {
            for (var tip : tips) {
                walk.markStart(walk.parseCommit(tip.getObjectId()));
            }
            markUninteresting(walk, base);
            for (var commit = walk.next(); commit != null; commit = walk.next()) {
                found.put(commit.name(), commit(commit));
            }
        }
        return found;
    }

    /** A base that was thrown away hides nothing. */
    private static void markUninteresting(RevWalk walk, ObjectId base) throws IOException {
        try {
            walk.markUninteresting(walk.parseCommit(base));
        } catch (MissingObjectException e) {
            return;
        }
    }

    private static NightCommit commit(RevCommit commit) {
        var trailers = new TreeMap<String, String>();
        for (var footer : commit.getFooterLines()) {
            trailers.merge(footer.getKey(), footer.getValue(), (one, other) -> one + "\n" + other);
        }
        var parent = commit.getParentCount() == 0 ? "" : commit.getParent(0).name();
        return new NightCommit(commit.name(), parent, trailers);
    }

    /** Whether the night's own branch is there. */
    public boolean branchExists() {
        return branchExists;
    }

    public Optional<NightCommit> find(String id) {
        return Optional.ofNullable(commits.get(id));
    }

    /** The tasks that they are the work of, by the trailers that each commit of a night has. */
    public Set<String> tasks() {
        return commits.values().stream()
                .map(NightCommit::trailers)
                .filter(trailers -> trailers.containsKey(Trailer.IDEMPOTENCY_KEY))
                .map(trailers -> trailers.get(Trailer.TASK))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All of them, newest first. */
    public List<NightCommit> all() {
        return List.copyOf(commits.values());
    }

    /**
     * What a commit changed, as a task's {@code diff.patch} has it.
     *
     * @throws IOException where an object of it cannot be read
     */
    public static String patch(Repository repository, String id) throws IOException {
        return GitPatch.format(changes(repository, id).values());
    }

    /**
     * What a commit changed against its first parent, by path.
     *
     * @throws IOException where an object of it cannot be read
     */
    public static Map<String, Diff.FileChange> changes(Repository repository, String id) throws IOException {
        var files = new TreeMap<String, Diff.FileChange>();
        try (var blobs = new Blobs(repository);
                var walk = new RevWalk(blobs.reader());
                var trees = new TreeWalk(blobs.reader())) {
            var commit = walk.parseCommit(ObjectId.fromString(id));
            trees.reset(walk.parseCommit(commit.getParent(0)).getTree(), commit.getTree());
            trees.setRecursive(true);
            trees.setFilter(TreeFilter.ANY_DIFF);
            while (trees.next()) {
                files.put(trees.getPathString(), change(trees, blobs));
            }
        }
        return files;
    }

    private static Diff.FileChange change(TreeWalk trees, Blobs blobs) throws IOException {
        var before = entry(trees, 0);
        var after = entry(trees, 1);
        var change = new Change(trees.getPathString(), before, after);
        return new Diff.FileChange(change, content(blobs, before), content(blobs, after));
    }

    private static Change.@Nullable Entry entry(TreeWalk trees, int side) {
        return trees.getRawMode(side) == 0
                ? null
                : new Change.Entry(
                        EntryMode.ofAny(trees.getFileMode(side)),
                        trees.getObjectId(side).name());
    }

    private static byte[] content(Blobs blobs, Change.@Nullable Entry entry) throws IOException {
        return entry == null || entry.mode() == EntryMode.SUBMODULE
                ? new byte[0]
                : blobs.read(ObjectId.fromString(entry.id()));
    }
}

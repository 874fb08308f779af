package pantheon.night.workspace.branch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.disk.RegularFile;
import pantheon.night.workspace.git.Blobs;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.WriteSteps;

/**
 * One commit on a branch of a night, made by compare-and-swap: objects are added, then the ref moves from the tip that
 * the commit was made for, or not at all. If somebody else moved it, the merge is done again for the new tip.
 */
public final class BranchCommit {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MOST_HEAD_BYTES = 1 << 16;

    private final Repository repository;
    private final CommitRequest request;
    private final MergeJudge judge;
    private final @Nullable ObjectId last;
    private final @Nullable ObjectId seen;
    private final @Nullable OwnBranch own;
    private final String refName;
    private final WriteSteps steps;
    private final SharedBranch shared;

    /**
     * @param last the commit that this program made on the branch last, null where it made none
     * @param seen where the branch must be since nobody else may move it, the zero id where it must not be there; null where
     *     others may
     * @param own by which it is moved where nobody else may move it, else null
     */
    public BranchCommit(
            Repository repository,
            CommitRequest request,
            MergeJudge judge,
            @Nullable ObjectId last,
            @Nullable ObjectId seen,
            @Nullable OwnBranch own,
            WriteSteps steps) {
        this.seen = seen;
        this.own = own;
        this.judge = judge;
        this.last = last;
        this.steps = steps;
        this.shared = SharedBranch.of(repository);
        this.repository = repository;
        this.request = request;
        this.refName = request.branch().refName();
    }

    public CommitResult commit() throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            requireFree(repository, request.branch());
            var result = attempt();
            if (result.isPresent()) {
                return result.get();
            }
            pause(PAUSE);
        } while (System.nanoTime() < deadline);
        throw locked();
    }

    private NightException locked() {
        return new NightException(
                ExitCode.CANT_CREATE,
                "the branch %s is locked or moving for longer than %d s. If no other git program works there, remove %s."
                        .formatted(
                                request.branch().name(),
                                PATIENCE.toSeconds(),
                                gitDirectory().resolve(refName + ".lock")));
    }

    /** Empty where the ref could not be taken. */
    private Optional<CommitResult> attempt() throws IOException {
        var expected = end();
        var tip = expected.equals(ObjectId.zeroId())
                ? ObjectId.fromString(request.diff().baseCommit())
                : expected;
        try (var blobs = new Blobs(repository);
                var walk = new RevWalk(blobs.reader());
                var inserter = repository.newObjectInserter()) {
            var tipCommit = walk.parseCommit(tip);
            requireKept(walk, expected);
            requireUnmoved(request.branch(), seen, expected);
            var merge = new BranchMerge(blobs, tipCommit.getTree(), request.diff());
            var problem = problem(merge, walk, tipCommit);
            return problem.isPresent()
                    ? Optional.of(new CommitResult.Refused(problem.get()))
                    : settle(merge, inserter, expected, tip);
        }
    }

    /** The commit that the branch ends in, the zero id where it does not exist yet. */
    private ObjectId end() throws IOException {
        var ref = repository.exactRef(refName);
        if (ref == null) {
            return ObjectId.zeroId();
        }
        if (ref.isSymbolic()) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s is a symbolic ref to %s. Expected a branch of its own: delete it, or name the run otherwise."
                            .formatted(refName, ref.getTarget().getName()));
        }
        return Objects.requireNonNull(ref.getObjectId());
    }

    private Optional<String> problem(BranchMerge merge, RevWalk walk, RevCommit tip) throws IOException {
        return merge.conflicts().isEmpty() && !merge.mergedPaths().isEmpty()
                ? new MergedFiles(repository, walk, tip, merge)
                        .problem(request.diff().baseCommit(), judge)
                : Optional.empty();
    }

    /** What was committed before must still be there, and where nothing was, the branch begins at the base commit. */
    private void requireKept(RevWalk walk, ObjectId end) throws IOException {
        boolean isThere = !end.equals(ObjectId.zeroId());
        if (last != null || isThere) {
            requireKept(
                    walk,
                    request.branch(),
                    last == null ? ObjectId.fromString(request.diff().baseCommit()) : last,
                    isThere ? end : null);
        }
    }

    private static void requireKept(RevWalk walk, NightBranch branch, ObjectId commit, @Nullable ObjectId end)
            throws IOException {
        if (end == null || !isOn(walk, commit, end)) {
            throw BranchLost.of(branch, commit.name(), end == null ? null : end.name());
        }
    }

    /** A commit that is no longer in the repository is on no branch. */
    private static boolean isOn(RevWalk walk, ObjectId commit, ObjectId end) throws IOException {
        try {
            return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(end));
        } catch (MissingObjectException e) {
            return false;
        }
    }

    /** A commit that was made on a branch must still be there. */
    public static void requireKept(Repository repository, NightBranch branch, ObjectId commit) throws IOException {
        try (var walk = new RevWalk(repository)) {
            var ref = repository.exactRef(branch.refName());
            requireKept(walk, branch, commit, ref == null ? null : ref.getObjectId());
        }
    }

    /** Where nobody else may move a branch, it is where it was left. */
    public static void requireUnmoved(NightBranch branch, @Nullable ObjectId seen, ObjectId end) {
        if (seen != null && !seen.equals(end)) {
            throw BranchLost.moved(branch, name(seen), name(end));
        }
    }

    private static @Nullable String name(ObjectId commit) {
        return commit.equals(ObjectId.zeroId()) ? null : commit.name();
    }

    /** A new night's branch is not there yet. */
    public static void requireNew(Repository repository, NightBranch branch) throws IOException {
        if (repository.exactRef(branch.refName()) != null) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the branch %s is there before its night has begun. Rename it, or start again for another run."
                            .formatted(branch.name()));
        }
    }

    private Optional<CommitResult> settle(BranchMerge merge, ObjectInserter inserter, ObjectId expected, ObjectId tip)
            throws IOException {
        if (!merge.conflicts().isEmpty()) {
            return Optional.of(new CommitResult.Conflict(merge.conflicts()));
        }
        if (merge.isEmpty()) {
            return Optional.of(new CommitResult.NothingToCommit());
        }
        steps.before(WriteSteps.Step.ADD_OBJECTS, gitDirectory());
        var commit = insertCommit(inserter, tip, merge.insert(inserter));
        shared.objects(merge.newObjects());
        shared.objects(Set.of(commit));
        return move(expected, commit)
                ? Optional.of(new CommitResult.Committed(commit.name(), merge.mergedPaths(), !merge.isAsLeft()))
                : Optional.empty();
    }

    private ObjectId insertCommit(ObjectInserter inserter, ObjectId parent, ObjectId tree) throws IOException {
        steps.before(WriteSteps.Step.ADD_COMMIT, gitDirectory());
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentId(parent);
        commit.setAuthor(person(request.author()));
        commit.setCommitter(person(request.committer()));
        commit.setMessage(request.fullMessage());
        var id = inserter.insert(commit);
        inserter.flush();
        return id;
    }

    private PersonIdent person(Identity identity) {
        return new PersonIdent(identity.name(), identity.email(), request.time(), ZoneOffset.UTC);
    }

    private boolean move(ObjectId from, ObjectId to) throws IOException {
        boolean moved = own == null ? moveShared(from, to) : own.move(from, to, person(request.committer()));
        if (moved) {
            shared.branch(request.branch().name());
            sync(gitDirectory().resolve(refName), steps);
        }
        return moved;
    }

    private boolean moveShared(ObjectId from, ObjectId to) throws IOException {
        var update = update(from, to);
        steps.before(WriteSteps.Step.MOVE_BRANCH, gitDirectory().resolve(refName));
        var result = update.update();
        return switch (result) {
            case NEW, FAST_FORWARD -> true;
            case LOCK_FAILURE, REJECTED -> false;
            default -> throw unwritable(result);
        };
    }

    /** Detached: whatever the ref may have become, no other ref is written through it. */
    private RefUpdate update(ObjectId from, ObjectId to) throws IOException {
        var update = repository.updateRef(refName, true);
        update.setExpectedOldObjectId(from);
        update.setNewObjectId(to);
        update.setRefLogIdent(person(request.committer()));
        update.setRefLogMessage("commit: pantheon-night", false);
        return update;
    }

    private NightException unwritable(RefUpdate.Result result) {
        return new NightException(
                ExitCode.CANT_CREATE,
                "the branch %s cannot be written: %s. Check that this user may write %s."
                        .formatted(request.branch().name(), result, gitDirectory()));
    }

    /** Makes the ref's new name durable; JGit has synced its content, and before it the objects. */
    public static void sync(Path ref, WriteSteps steps) throws IOException {
        steps.before(WriteSteps.Step.SYNC_BRANCH, ref);
        var directory = ref.getParent();
        if (directory != null) {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** The branch must be nobody's checked-out one, or their files would no longer match it, and its name must fit. */
    public static void requireFree(Repository repository, NightBranch branch) throws IOException {
        requireNoClash(repository, branch);
        requireNotCheckedOut(repository, branch);
    }

    private static void requireNoClash(Repository repository, NightBranch branch) throws IOException {
        var clashes = repository.getRefDatabase().getConflictingNames(branch.refName());
        if (!clashes.isEmpty()) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the branch %s cannot stand beside %s. Rename that ref, or name the run otherwise."
                            .formatted(branch.name(), String.join(", ", clashes)));
        }
    }

    private static void requireNotCheckedOut(Repository repository, NightBranch branch) throws IOException {
        for (var head : heads(repository)) {
            if (RegularFile.text(head, MOST_HEAD_BYTES).strip().equals("ref: " + branch.refName())) {
                throw new NightException(
                        ExitCode.CANT_CREATE,
                        "the branch %s is checked out (%s), so its files would change under its user."
                                        .formatted(branch.name(), head)
                                + " Switch to another branch there.");
            }
        }
    }

    /** HEAD of the repository and of every linked work tree. */
    private static List<Path> heads(Repository repository) throws IOException {
        var gitDirectory = repository.getCommonDirectory().toPath();
        var heads = new ArrayList<Path>(List.of(gitDirectory.resolve(Constants.HEAD)));
        var workTrees = gitDirectory.resolve("worktrees");
        if (Files.isDirectory(workTrees)) {
            try (var entries = Files.list(workTrees)) {
                entries.map(entry -> entry.resolve(Constants.HEAD))
                        .filter(Files::isRegularFile)
                        .forEach(heads::add);
            }
        }
        return heads;
    }

    private Path gitDirectory() {
        return repository.getCommonDirectory().toPath();
    }

    static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NightException(ExitCode.STOPPED, "stopped while waiting for a branch's lock", e);
        }
    }
}

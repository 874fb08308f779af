package pantheon.night.workspace.branch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.git.Blobs;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.git.NightCommits;
import pantheon.night.workspace.git.Trailer;
import pantheon.night.workspace.git.WriteSteps;

/**
 * A night's commits put on a branch of people, one after the other, each with its author, message and trailers. One that
 * follows the branch's end as it is stays the same commit; any other is carried over as the night's own are, by files
 * and lines. The branch moves once, from the end that all this was made for, or not at all.
 */
public final class BranchPick {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Repository repository;
    private final MergeTarget target;
    private final String base;
    private final Instant now;
    private final PickJudge judge;
    private final WriteSteps steps;
    private final SharedBranch shared;

    /**
     * What became of it.
     *
     * @param picked each commit, in order
     * @param end where the branch is now
     * @param isNew whether the branch was made
     */
    public record Result(List<Picked> picked, String end, boolean isNew) {
        public Result {
            picked = List.copyOf(picked);
        }
    }

    /**
     * @param base the night's base commit, where a branch begins that is not there yet
     * @param now the time of the new commits
     * @param judge is asked wherever text is merged
     */
    public BranchPick(
            Repository repository, MergeTarget target, String base, Instant now, PickJudge judge, WriteSteps steps) {
        this.repository = repository;
        this.target = target;
        this.base = base;
        this.now = now;
        this.judge = judge;
        this.steps = steps;
        this.shared = SharedBranch.of(repository);
    }

    /**
     * Puts commits on the branch; those that the branch has are left as they are.
     *
     * @param commits their ids, in the order in which the night made them
     */
    public Result pick(List<String> commits) throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            requireFree();
            var result = attempt(commits);
            if (result.isPresent()) {
                return result.get();
            }
            BranchCommit.pause(PAUSE);
        } while (System.nanoTime() < deadline);
        throw new NightException(
                ExitCode.CANT_CREATE,
                "the branch %s is locked or moving for longer than %d s, and nothing was merged. Try again."
                        .formatted(target.name(), PATIENCE.toSeconds()));
    }

    private void requireFree() throws IOException {
        var place = CheckedOut.where(repository, target.refName());
        if (place.isPresent()) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the branch %s is checked out (%s), so its files would change under its user; nothing was merged. Merge onto another branch, and take that over where %1$s is checked out: git merge BRANCH."
                            .formatted(target.name(), place.get()));
        }
        var clashes = repository.getRefDatabase().getConflictingNames(target.refName());
        if (!clashes.isEmpty()) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the branch %s cannot stand beside %s. Name another one."
                            .formatted(target.name(), String.join(", ", clashes)));
        }
    }

    /** The commit that the branch ends in, the zero id where it does not exist yet. */
    private ObjectId end() throws IOException {
        var ref = repository.exactRef(target.refName());
        if (ref != null && ref.isSymbolic()) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s is a symbolic ref to %s. Name that branch."
                            .formatted(target.refName(), ref.getTarget().getName()));
        }
        return ref == null ? ObjectId.zeroId() : Objects.requireNonNull(ref.getObjectId());
    }

    /** Empty where the branch could not be taken. */
    private Optional<Result> attempt(List<String> commits) throws IOException {
        var before = end();
        boolean isNew = before.equals(ObjectId.zeroId());
        try (var blobs = new Blobs(repository);
                var walk = new RevWalk(blobs.reader());
                var inserter = repository.newObjectInserter()) {
            var tip = walk.parseCommit(isNew ? ObjectId.fromString(base) : before);
            var there = there(tip);
            var picked = new ArrayList<Picked>();
            for (var commit : commits) {
                var next = walk.parseCommit(ObjectId.fromString(commit));
                var one = pick(next, tip, there, blobs, walk, inserter);
                picked.add(one);
                if (one instanceof Picked.Taken taken) {
                    tip = walk.parseCommit(ObjectId.fromString(taken.as()));
                    there.put(key(next), taken.as());
                }
            }
            boolean isAsBefore =
                    tip.equals(before) || (isNew && picked.stream().noneMatch(Picked.Taken.class::isInstance));
            return isAsBefore || move(before, tip)
                    ? Optional.of(new Result(picked, tip.name(), isNew && !isAsBefore))
                    : Optional.empty();
        }
    }

    /** The commits of nights that the branch gained since the night's base commit: key → id. */
    private Map<String, String> there(ObjectId tip) throws IOException {
        var there = new HashMap<String, String>();
        try (var walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(tip));
            try {
                walk.markUninteresting(walk.parseCommit(ObjectId.fromString(base)));
            } catch (MissingObjectException e) {
                // a base that was thrown away hides nothing
            }
            for (var commit : walk) {
                commit.getFooterLines(Trailer.IDEMPOTENCY_KEY).forEach(key -> there.put(key, commit.name()));
            }
        }
        return there;
    }

    private static String key(RevCommit commit) {
        var keys = commit.getFooterLines(Trailer.IDEMPOTENCY_KEY);
        return keys.isEmpty() ? "" : keys.getLast();
    }

    private Picked pick(
            RevCommit commit,
            RevCommit tip,
            Map<String, String> there,
            Blobs blobs,
            RevWalk walk,
            ObjectInserter inserter)
            throws IOException {
        if (walk.isMergedInto(commit, tip) || there.containsKey(key(commit))) {
            return new Picked.There(commit.name());
        }
        if (commit.getParent(0).equals(tip)) {
            return new Picked.Taken(commit.name(), commit.name(), false);
        }
        var diff = new Diff(commit.getParent(0).name(), NightCommits.changes(repository, commit.name()));
        var merge = new BranchMerge(blobs, walk.parseCommit(tip).getTree(), diff);
        var problem = merge.conflicts().isEmpty() && !merge.mergedPaths().isEmpty()
                ? new MergedLines(repository, blobs, walk, judge).problem(key(commit), tip, merge, there)
                : Optional.<String>empty();
        if (problem.isPresent()) {
            return new Picked.Refused(commit.name(), problem.get());
        }
        return picked(commit, tip, merge, inserter);
    }

    private Picked picked(RevCommit commit, RevCommit tip, BranchMerge merge, ObjectInserter inserter)
            throws IOException {
        if (!merge.conflicts().isEmpty()) {
            return new Picked.Conflict(commit.name(), merge.conflicts());
        }
        if (merge.isEmpty()) {
            return new Picked.There(commit.name());
        }
        boolean isUnchecked =
                judge.equals(PickJudge.NONE) && !merge.mergedPaths().isEmpty();
        var message = isUnchecked ? unchecked(commit.getFullMessage()) : commit.getFullMessage();
        return new Picked.Taken(
                commit.name(), insert(commit, message, tip, merge, inserter).name(), isUnchecked);
    }

    /** Whoever reads the branch later sees what was not asked. */
    private static String unchecked(String message) {
        return message.stripTrailing() + "\n" + new Trailer(Trailer.UNCHECKED, "merged lines");
    }

    private ObjectId insert(RevCommit of, String message, ObjectId parent, BranchMerge merge, ObjectInserter inserter)
            throws IOException {
        steps.before(WriteSteps.Step.ADD_OBJECTS, gitDirectory());
        var commit = new CommitBuilder();
        commit.setTreeId(merge.insert(inserter));
        commit.setParentId(parent);
        commit.setAuthor(of.getAuthorIdent());
        commit.setCommitter(person(of.getCommitterIdent()));
        commit.setMessage(message);
        var id = inserter.insert(commit);
        inserter.flush();
        shared.objects(merge.newObjects());
        shared.objects(Set.of(id));
        return id;
    }

    private PersonIdent person(PersonIdent of) {
        return new PersonIdent(of.getName(), of.getEmailAddress(), now, ZoneOffset.UTC);
    }

    private boolean move(ObjectId from, RevCommit to) throws IOException {
        var update = repository.updateRef(target.refName(), true);
        update.setExpectedOldObjectId(from);
        update.setNewObjectId(to);
        update.setRefLogIdent(person(to.getCommitterIdent()));
        update.setRefLogMessage("merge: pantheon-night", false);
        var result = update.update();
        if (result == RefUpdate.Result.NEW || result == RefUpdate.Result.FAST_FORWARD) {
            shared.branch(target.name());
            BranchCommit.sync(gitDirectory().resolve(target.refName()), steps);
            return true;
        }
        if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.REJECTED) {
            return false;
        }
        throw new NightException(
                ExitCode.CANT_CREATE,
                "the branch %s cannot be written: %s. Check that this user may write %s."
                        .formatted(target.name(), result, gitDirectory()));
    }

    private Path gitDirectory() {
        return repository.getCommonDirectory().toPath();
    }
}

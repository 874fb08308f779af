package pantheon.night.workspace.gather;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.branch.BranchCommit;
import pantheon.night.workspace.branch.MergeJudge;
import pantheon.night.workspace.branch.SharedBranch;
import pantheon.night.workspace.git.WriteSteps;

/**
 * The work of several nights on one new branch, in their order. All of it that fits is merged with its commits as they
 * are: by one merge of all nights where everything fits, else by one of each. A commit that does not fit is left out, and
 * those of its night behind it are made again. The branch is made once, when all that it holds is there.
 *
 * <p>Who does it again makes the same commits, since nothing of them depends on when they are made.
 */
public final class BranchGather {
    private final Repository repository;
    private final GatherRequest request;
    private final MergeJudge judge;
    private final WriteSteps steps;
    private final PersonIdent author;

    /** What was taken of a night: the first of its commits as they are, and single ones behind one that was left out. */
    private static final class Taken {
        private final GatheredPart part;
        private final List<Picked> picked = new ArrayList<>();
        private @Nullable String last;
        private ObjectId tree = ObjectId.zeroId();

        private Taken(GatheredPart part) {
            this.part = part;
        }

        private record Picked(String commit, ObjectId tree) {}
    }

    /** @param judge is asked about each text that was merged, always by the commit whose part it is */
    public BranchGather(Repository repository, GatherRequest request, MergeJudge judge, WriteSteps steps) {
        this.repository = repository;
        this.request = request;
        this.judge = judge;
        this.steps = steps;
        this.author =
                new PersonIdent(request.author().name(), request.author().email(), request.time(), ZoneOffset.UTC);
    }

    /**
     * Makes the branch.
     *
     * @throws NightException (73) where there is one of that name that ends elsewhere, or it cannot be written
     */
    public GatherResult gather() throws IOException {
        BranchCommit.requireFree(repository, request.branch());
        try (var walk = new RevWalk(repository);
                var inserter = inserter()) {
            var start = walk.parseCommit(ObjectId.fromString(request.start()));
            var tree = new GatheredTree(inserter, start.getTree());
            var judged = new GatherJudge(repository, walk, judge);
            var leftOut = new ArrayList<GatherResult.LeftOut>();
            var taken = new ArrayList<Taken>();
            for (var part : request.parts()) {
                if (!part.isEmpty()) {
                    taken.add(take(part, tree, new Writer(walk, inserter, judged, leftOut)));
                }
            }
            return made(taken, leftOut, start, tree, inserter);
        }
    }

    /** All new objects in one pack: there may be many, and single files are slow to write and to read. */
    private ObjectInserter inserter() {
        return repository.getObjectDatabase() instanceof ObjectDirectory objects
                ? objects.newPackInserter()
                : repository.newObjectInserter();
    }

    /** What merging needs. */
    private record Writer(
            RevWalk walk, ObjectInserter inserter, GatherJudge judged, List<GatherResult.LeftOut> leftOut) {}

    private Taken take(GatheredPart part, GatheredTree tree, Writer writer) throws IOException {
        var walk = writer.walk();
        var end = walk.parseCommit(ObjectId.fromString(part.commits().getLast()));
        var taken = new Taken(part);
        if (tree.take(walk.parseCommit(ObjectId.fromString(part.base())).getTree(), end.getTree())) {
            taken.last = end.name();
            taken.tree = tree.id();
            writer.judged().taken(part);
        } else {
            takeEach(taken, tree, writer);
        }
        return taken;
    }

    /** One commit after the other, since some paths were changed by nights before it. */
    private void takeEach(Taken taken, GatheredTree tree, Writer writer) throws IOException {
        boolean isWhole = true;
        for (var id : taken.part.commits()) {
            var commit = writer.walk().parseCommit(ObjectId.fromString(id));
            var parent = writer.walk().parseCommit(commit.getParent(0));
            boolean fits = tree.take(parent.getTree(), commit.getTree()) || merged(commit, tree, writer);
            if (!fits) {
                isWhole = false;
                continue;
            }
            writer.judged().taken(new GatheredPart(parent.name(), List.of(id)));
            if (isWhole) {
                taken.last = id;
                taken.tree = tree.id();
            } else {
                taken.picked.add(new Taken.Picked(id, tree.id()));
            }
        }
    }

    /** Whether a commit's change could be merged by files and lines, and what came of it passed the checks. */
    private boolean merged(RevCommit commit, GatheredTree tree, Writer writer) throws IOException {
        var tip = tree.commit(List.of(), author, author, "what " + commit.name() + " is merged with");
        writer.inserter().flush(); // merging reads through the repository
        var refused = writer.judged().merge(commit, tip, writer.inserter(), tree);
        refused.ifPresent(writer.leftOut()::add);
        return refused.isEmpty();
    }

    private GatherResult made(
            List<Taken> taken,
            List<GatherResult.LeftOut> leftOut,
            RevCommit start,
            GatheredTree tree,
            ObjectInserter inserter)
            throws IOException {
        var branch = new Made(start, tree);
        if (leftOut.isEmpty()) {
            branch.all(taken);
        } else {
            for (var one : taken) {
                branch.add(one);
            }
        }
        if (branch.tip.equals(start)) {
            return new GatherResult(null, 0, List.of(), leftOut);
        }
        steps.before(WriteSteps.Step.ADD_COMMIT, gitDirectory());
        inserter.flush();
        SharedBranch.of(repository).packs();
        move(branch.tip);
        return new GatherResult(branch.tip.name(), branch.merges, branch.carried, leftOut);
    }

    private Path gitDirectory() {
        return repository.getCommonDirectory().toPath();
    }

    /** The commits of the branch while they are made. */
    private final class Made {
        private final ObjectId start;
        private final GatheredTree tree;
        private final List<GatherResult.Carried> carried = new ArrayList<>();
        private ObjectId tip;
        private int merges;

        Made(ObjectId start, GatheredTree tree) {
            this.start = start;
            this.tree = tree;
            this.tip = start;
        }

        /** One merge of all nights; the work of a single one needs none. */
        void all(List<Taken> taken) throws IOException {
            var parents = new ArrayList<ObjectId>();
            boolean isAtStart = taken.stream().allMatch(one -> one.part.base().equals(start.name()));
            if (!isAtStart) {
                parents.add(start);
            }
            taken.forEach(one -> parents.add(last(one)));
            if (parents.size() < 2) {
                tip = parents.isEmpty() ? start : parents.getFirst();
            } else {
                merge(parents, tree.id());
            }
        }

        /** A merge of one night, and its commits behind what was left out. */
        void add(Taken one) throws IOException {
            if (one.last != null) {
                if (tip.equals(start) && one.part.base().equals(start.name())) {
                    tip = last(one);
                } else {
                    merge(List.of(tip, last(one)), one.tree);
                }
            }
            for (var picked : one.picked) {
                tree.become(picked.tree());
                tip = again(picked.commit());
                carried.add(new GatherResult.Carried(picked.commit(), tip.name()));
            }
        }

        private static ObjectId last(Taken one) {
            return ObjectId.fromString(Objects.requireNonNull(one.last));
        }

        private void merge(List<ObjectId> parents, ObjectId of) throws IOException {
            tree.become(of);
            tip = tree.commit(parents, author, author, request.message());
            merges++;
        }

        /** A commit with its author, message and trailers, on another one. */
        private ObjectId again(String commit) throws IOException {
            try (var walk = new RevWalk(repository)) {
                var of = walk.parseCommit(ObjectId.fromString(commit));
                return tree.commit(List.of(tip), of.getAuthorIdent(), author, of.getFullMessage());
            }
        }
    }

    private void move(ObjectId end) throws IOException {
        var ref = repository.exactRef(request.branch().refName());
        if (ref != null && end.equals(ref.getObjectId())) {
            return; // who was killed behind this did it
        }
        if (ref != null) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the branch %s is there, and ends elsewhere than what is gathered now. Look at it, delete it (git branch -D %1$s), and gather again."
                            .formatted(request.branch().name()));
        }
        NightRef.move(repository, request.branch(), ObjectId.zeroId(), end, author, steps);
    }
}

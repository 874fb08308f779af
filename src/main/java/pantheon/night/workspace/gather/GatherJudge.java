package pantheon.night.workspace.gather;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import pantheon.night.workspace.branch.BranchMerge;
import pantheon.night.workspace.branch.MergeJudge;
import pantheon.night.workspace.branch.MergedFiles;
import pantheon.night.workspace.git.Blobs;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.git.NightCommits;

/** Merges a commit by files and lines with what nights before it did, and has the merged texts judged. */
final class GatherJudge {
    private final Repository repository;
    private final RevWalk walk;
    private final MergeJudge judge;
    private final List<GatheredPart> taken = new ArrayList<>();

    GatherJudge(Repository repository, RevWalk walk, MergeJudge judge) {
        this.repository = repository;
        this.walk = walk;
        this.judge = judge;
    }

    /** What others are merged with from now on. */
    void taken(GatheredPart part) {
        taken.add(part);
    }

    /**
     * Merges a commit into a tree.
     *
     * @param tip a commit of the tree
     * @return why it does not fit; empty where it does, and then the tree has it
     */
    Optional<GatherResult.LeftOut> merge(RevCommit commit, ObjectId tip, ObjectInserter inserter, GatheredTree tree)
            throws IOException {
        try (var blobs = new Blobs(repository)) {
            var parent = commit.getParent(0).name();
            var diff = new Diff(parent, NightCommits.changes(repository, commit.name()));
            var merge = new BranchMerge(blobs, tree.id(), diff);
            if (!merge.conflicts().isEmpty()) {
                return Optional.of(new GatherResult.LeftOut(commit.name(), merge.conflicts(), null));
            }
            var problem = problem(commit, tip, merge);
            if (problem.isPresent()) {
                return Optional.of(new GatherResult.LeftOut(commit.name(), merge.mergedPaths(), problem.get()));
            }
            tree.become(merge.insert(inserter));
            return Optional.empty();
        }
    }

    private Optional<String> problem(RevCommit commit, ObjectId tip, BranchMerge merge) throws IOException {
        if (merge.mergedPaths().isEmpty()) {
            return Optional.empty();
        }
        MergeJudge named = part -> judge.problem(
                part.commit() == null ? new MergeJudge.Part(commit.name(), part.mergedPaths(), part.changes()) : part);
        return new MergedFiles(repository, walk, walk.parseCommit(tip), merge)
                .problem(earlier(merge.mergedPaths()), named);
    }

    /** The commits that were taken and changed one of some paths, the last one first. */
    private List<RevCommit> earlier(List<String> paths) throws IOException {
        var commits = new ArrayList<RevCommit>();
        for (var part : taken.reversed()) {
            var own = new HashSet<>(part.commits());
            try (var along = new RevWalk(repository)) {
                along.setTreeFilter(
                        AndTreeFilter.create(PathFilterGroup.createFromStrings(paths), TreeFilter.ANY_DIFF));
                along.markStart(
                        along.parseCommit(ObjectId.fromString(part.commits().getLast())));
                along.markUninteresting(along.parseCommit(ObjectId.fromString(part.base())));
                commits.addAll(own(along, own));
            }
        }
        return commits;
    }

    private static List<RevCommit> own(RevWalk along, Set<String> own) {
        var commits = new ArrayList<RevCommit>();
        for (var commit : along) {
            if (own.contains(commit.name())) {
                commits.add(commit);
            }
        }
        return commits;
    }
}

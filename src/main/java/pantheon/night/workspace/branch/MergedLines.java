package pantheon.night.workspace.branch;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import pantheon.night.workspace.git.Blobs;
import pantheon.night.workspace.git.Diff;

/** Whether lines that were merged with those of people still pass the checks of the tasks whose work is in them. */
record MergedLines(Repository repository, Blobs blobs, RevWalk walk, PickJudge judge) {
    /**
     * The first thing that is wrong; empty where nothing is. What was wrong on the branch before, for example since
     * somebody changed a task's work by hand, is not held against who comes later.
     *
     * @param key of the commit that is put on the branch
     * @param there the commits of nights that are on it: key → id
     */
    Optional<String> problem(String key, RevCommit tip, BranchMerge merge, Map<String, String> there)
            throws IOException {
        var merged = new MergedFiles(repository, walk, tip, merge);
        var before = new MergedFiles(repository, walk, tip, nothing(tip));
        var problem = merged.own(part -> judge.problem(key, part));
        var others = there.entrySet().iterator();
        while (problem.isEmpty() && others.hasNext()) {
            var other = others.next();
            MergeJudge whose = part -> judge.problem(other.getKey(), part);
            problem = merged.problem(other.getValue(), merge.mergedPaths(), whose);
            if (problem.isPresent()
                    && before.problem(other.getValue(), merge.mergedPaths(), whose)
                            .isPresent()) {
                problem = Optional.empty();
            }
        }
        return problem;
    }

    private BranchMerge nothing(RevCommit tip) throws IOException {
        return new BranchMerge(blobs, tip.getTree(), new Diff(tip.name(), new TreeMap<>()));
    }
}

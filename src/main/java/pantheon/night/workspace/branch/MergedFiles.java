package pantheon.night.workspace.branch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import pantheon.night.workspace.git.Change;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.git.NightCommits;
import pantheon.night.workspace.git.Snapshot;

/**
 * What a merge makes of the files, seen by each of the tasks that it is made of: against what the files would be without
 * that task's own change.
 */
public final class MergedFiles {
    private final Repository repository;
    private final RevWalk walk;
    private final RevCommit tip;
    private final BranchMerge merge;
    private final Snapshot merged;

    public MergedFiles(Repository repository, RevWalk walk, RevCommit tip, BranchMerge merge) {
        this.repository = repository;
        this.walk = walk;
        this.tip = tip;
        this.merge = merge;
        this.merged = new Snapshot(repository, new Diff(tip.name(), merge.changes()));
    }

    /**
     * The first thing that is wrong, empty where nothing is.
     *
     * @param base where the branch begins
     */
    Optional<String> problem(String base, MergeJudge judge) throws IOException {
        return problem(since(base), judge);
    }

    /**
     * The same, where the commits do not follow one another.
     *
     * @param earlier those whose work the tip has, newest first
     */
    public Optional<String> problem(List<RevCommit> earlier, MergeJudge judge) throws IOException {
        var problem = own(judge);
        var commits = earlier.iterator();
        while (problem.isEmpty() && commits.hasNext()) {
            problem = problem(commits.next().name(), merge.mergedPaths(), judge);
        }
        return problem;
    }

    /** What is wrong with the part of the commit that is to be made. */
    Optional<String> own(MergeJudge judge) {
        return judge.problem(new MergeJudge.Part(null, merge.mergedPaths(), merged));
    }

    /** The commits on the branch, along first parents. */
    private List<RevCommit> since(String base) throws IOException {
        var commits = new ArrayList<RevCommit>();
        for (var commit = tip; !commit.name().equals(base) && commit.getParentCount() > 0; ) {
            commits.add(commit);
            commit = walk.parseCommit(commit.getParent(0));
        }
        return commits;
    }

    /** What is wrong with the part of a commit that the branch has, where it changed one of some paths. */
    Optional<String> problem(String commit, List<String> paths, MergeJudge judge) throws IOException {
        var changes = NightCommits.changes(repository, commit);
        var shared = paths.stream().filter(changes::containsKey).toList();
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        var without = new TreeMap<String, Diff.FileChange>();
        for (var change : changes.values()) {
            var part = part(change);
            if (part.isEmpty()) {
                return Optional.of("in %s the changes of commit %s and of this task cannot be told apart"
                        .formatted(change.change().path(), commit));
            }
            part.get().forEach(file -> without.put(change.change().path(), file));
        }
        var changed = new Part(merged, new Diff(tip.name(), without));
        return judge.problem(new MergeJudge.Part(commit, shared, changed));
    }

    /** From the merged file without a commit's change to the merged file; empty where nobody can tell the first. */
    private Optional<List<Diff.FileChange>> part(Diff.FileChange commits) throws IOException {
        var change = commits.change();
        var now = merge.entryAt(change.path());
        if (Objects.equals(now, change.after())) {
            return Optional.of(List.of(commits));
        }
        if (now == null || change.before() == null || change.after() == null) {
            return Optional.empty();
        }
        var content = merge.contentAt(change.path(), now);
        return TextMerge.merge(commits.after(), content, commits.before())
                .map(without -> changed(change.path(), now, without, content));
    }

    private static List<Diff.FileChange> changed(String path, Change.Entry now, byte[] before, byte[] after) {
        var entry = new Change.Entry(now.mode(), BranchMerge.idOf(before).name());
        return entry.equals(now)
                ? List.of()
                : List.of(new Diff.FileChange(new Change(path, entry, now), before, after));
    }

    /** The merged files, and which of them one task changed. */
    private record Part(Snapshot merged, Diff part) implements TaskFiles.Changes {
        @Override
        public List<String> paths() {
            return part.changes().stream().map(Change::path).toList();
        }

        @Override
        public byte @Nullable [] original(String path) throws PathRefused {
            return paths().contains(path) ? part.before(path).orElse(null) : merged.content(path);
        }

        @Override
        public byte[] content(String path) throws PathRefused {
            return merged.content(path);
        }

        @Override
        public String patch() {
            return part.patch();
        }
    }
}

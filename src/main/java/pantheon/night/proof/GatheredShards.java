package pantheon.night.proof;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import pantheon.night.NightException;
import pantheon.night.journal.JournalReader.Entry;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.GatheredShard;
import pantheon.night.journal.NightEvent.NightGathered;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightLines;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.NightCommits.NightCommit;
import pantheon.night.workspace.git.Trailer;

/** The shards' nights that a gathered night names: each as it was written, and its work on the night's branch. */
final class GatheredShards {
    private final NightGathered gathered;
    private final Path journal;
    private final Verification.Expected expected;
    private final Map<String, CommitMade> commits = new HashMap<>();
    private String base = "";

    /** @param journal of the gathered night */
    GatheredShards(NightGathered gathered, Path journal, Verification.Expected expected) {
        this.gathered = gathered;
        this.journal = journal;
        this.expected = expected;
    }

    /**
     * Checks each shard's night.
     *
     * @param folder has the artifacts of all of them
     * @return how many files were compared
     */
    int check(Path folder, Workspace workspace, BiConsumer<Long, String> findings) {
        int files = 0;
        for (var shard : gathered.shards()) {
            files += check(shard, folder, workspace, findings);
        }
        return files;
    }

    private int check(GatheredShard shard, Path folder, Workspace workspace, BiConsumer<Long, String> findings) {
        var file = NightLines.file(journal, shard);
        var result = Verification.ofShard(shard, expected).all(file, folder, workspace);
        result.findings().forEach(finding -> findings.accept(0L, named(file, finding)));
        return result.artifacts();
    }

    private static String named(Path file, Verification.Finding finding) {
        return finding.line() == 0 || finding.what().startsWith(file + ":")
                ? finding.what()
                : "%s:%d: %s".formatted(file, finding.line(), finding.what());
    }

    /**
     * Checks that the work of all tasks is on the night's branch, but of those that it says were left out.
     *
     * @return how many commits were compared
     */
    int checkBranch(String run, Workspace workspace, BiConsumer<Long, String> findings) {
        try {
            NightLines.read(journal, this::take, (shard, entry) -> takeShards(entry));
        } catch (NightException e) {
            return 0; // told already
        }
        var branch = NightBranch.of(run);
        var there = workspace.commits(branch, base);
        commits.forEach((task, made) -> there.find(made.commit())
                .ifPresentOrElse(
                        found -> compare(made, found, findings),
                        () -> findings.accept(
                                0L,
                                "commit %s of task %s is not on the branch %s"
                                        .formatted(made.commit(), task, branch.name()))));
        if (gathered.commit() != null && there.find(gathered.commit()).isEmpty()) {
            findings.accept(
                    0L,
                    "commit %s, in which the branch %s ended, is not on it"
                            .formatted(gathered.commit(), branch.name()));
        }
        return commits.size();
    }

    private void take(Entry entry) {
        switch (entry.event()) {
            case NightStarted started -> base = started.baseCommit();
            case CommitMade made -> commits.put(made.task(), made); // made again, behind what was left out
            case TaskFinished finished -> commits.remove(finished.task()); // its work was left out
            default -> {}
        }
    }

    private void takeShards(Entry entry) {
        if (entry.event() instanceof CommitMade made) {
            commits.put(made.task(), made);
        }
    }

    private static void compare(CommitMade made, NightCommit found, BiConsumer<Long, String> findings) {
        if (!made.key().equals(found.trailers().get(Trailer.IDEMPOTENCY_KEY))) {
            findings.accept(
                    0L,
                    "commit %s has another %s than the journal says".formatted(made.commit(), Trailer.IDEMPOTENCY_KEY));
        }
    }
}

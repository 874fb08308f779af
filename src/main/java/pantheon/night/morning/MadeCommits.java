package pantheon.night.morning;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import pantheon.night.KeptOrder;
import pantheon.night.journal.JournalReader.Entry;
import pantheon.night.journal.NightEvent.CommitIntended;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightLines;
import pantheon.night.past.CommittedTask;

/** The commits that a night made, with what their tasks were asked and what they answered. */
public final class MadeCommits {
    private final Map<String, TaskStarted> started = new HashMap<>();
    private final Map<String, CommitIntended> intended = new HashMap<>();
    private final Map<String, CommittedTask> made = new HashMap<>();

    private MadeCommits() {}

    /**
     * Those of a night, by their idempotency keys.
     *
     * @throws pantheon.night.NightException with exit code 65 where its journal is broken
     */
    public static Map<String, CommittedTask> of(Path journal) {
        var commits = new MadeCommits();
        NightLines.read(journal, commits::take);
        return KeptOrder.map(commits.made);
    }

    private void take(Entry entry) {
        switch (entry.event()) {
            case TaskStarted task -> started.put(task.task(), task);
            case CommitIntended intent -> intended.put(intent.task(), intent);
            case CommitMade commit -> take(commit);
            default -> {}
        }
    }

    private void take(CommitMade commit) {
        var begun = started.get(commit.task());
        var intent = intended.get(commit.task());
        if (begun != null && intent != null) {
            made.put(
                    commit.key(),
                    new CommittedTask(commit.commit(), begun, intent.ending().output()));
        }
    }
}

package pantheon.night.past;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
import pantheon.night.artifact.Artifacts;
import pantheon.night.disk.Disk;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.AgentStopped;
import pantheon.night.journal.NightEvent.CommitIntended;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.WorkingTime;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.proof.Claims;
import pantheon.night.proof.Statements;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.Trailer;

/**
 * A night that ended without its last word, folded from its journal, so that it can go on.
 *
 * <p>Tasks that ended stay ended. A commit is announced in the journal before it is made, with what then becomes of its
 * task; so where the commit is there, its task has ended, and all that is missing is written down. Any other task that
 * was under way starts afresh.
 */
public final class PastNight {
    private final String run;
    private final Map<String, CommitIntended> intents = new LinkedHashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Map<String, TaskStarted> started = new HashMap<>();
    private final Set<String> journaled = new HashSet<>();
    private final List<CommittedTask> made = new ArrayList<>();
    private final Map<String, FinishReason> reasons = new LinkedHashMap<>();
    private final AlikeEndings alike = new AlikeEndings();
    private final Claims claims = new Claims();
    private final WorkingTime time = new WorkingTime();
    private long outputTokens;
    private JournalReader.@Nullable End end;
    private @Nullable String baseCommit;
    private boolean ended;

    PastNight(String run) {
        this.run = run;
    }

    void take(JournalReader.Entry entry) {
        claims.take(entry.event());
        time.take(entry);
        switch (entry.event()) {
            case NightStarted started -> baseCommit = started.baseCommit();
            case NightResumed night -> ended = false;
            case NightFinished finished -> ended = finished.outcome().isEnd();
            case TaskStarted task -> {
                begun.add(task.task());
                started.put(task.task(), task);
                intents.remove(task.task());
                journaled.remove(task.task());
            }
            case AgentStopped stopped -> alike.beginAnew(stopped.agent());
            case GenerationReceived turn -> outputTokens += turn.tokens().output();
            case CommitIntended intent -> intents.put(intent.task(), intent);
            case CommitMade commit -> {
                journaled.add(commit.task());
                note(commit.task(), commit.commit());
            }
            case TaskFinished finished -> {
                begun.add(finished.task()); // one that was given up has no other line
                intents.remove(finished.task());
                reasons.put(finished.task(), finished.reason());
                note(finished);
            }
            default -> {}
        }
    }

    /** Remembers a commit that was made for a task as it was begun and announced last. */
    private void note(String task, String commit) {
        var begun = started.get(task);
        var intent = intents.get(task);
        if (begun != null && intent != null) {
            made.add(new CommittedTask(commit, begun, intent.ending().output()));
        }
    }

    /** Remembers how a task of its agent ended; one that was given up was not begun. */
    private void note(TaskFinished finished) {
        var begun = started.get(finished.task());
        if (begun != null) {
            alike.ended(begun.agent(), finished.reason(), finished.ending().message());
        }
    }

    /** Its journal has been read. */
    void readTo(JournalReader.End journalsEnd) {
        end = journalsEnd;
    }

    /**
     * Makes sure that its journal holds what the night left elsewhere.
     *
     * @throws NightException with exit code 65 where it has lost lines
     */
    void requireWhole(Path log, Traces traces) throws IOException {
        var missing = traces.missing(run, end == null ? 0 : end.lines(), ended);
        if (missing.isPresent()) {
            throw History.lost(Journal.file(log, run), missing.get());
        }
    }

    /** Goes on with its journal, which nobody has written since it was read. */
    public Journal.Opened resume(Disk disk, Path log, InstantSource clock) {
        if (end == null) {
            throw new IllegalStateException("the journal of %s was not read to its end".formatted(run));
        }
        return Journal.resume(disk, log, run, end, clock);
    }

    /**
     * Whether it was killed, or failed. One that ended because its window closed or because it was stopped has ended;
     * what it left is for the next night.
     */
    public boolean isToGoOn() {
        return !ended;
    }

    /** Whether it has ended and was cut off before its statement was signed. */
    public boolean isUnsigned() {
        return ended && claims.nightIsDue();
    }

    public String run() {
        return run;
    }

    /** The commit that the night's tasks are done on; empty where it was interrupted before its first line. */
    public Optional<String> baseCommit() {
        return Optional.ofNullable(baseCommit);
    }

    /** How many tasks have ended for each reason; left out are the settled ones, and those that go on with the night. */
    public Map<FinishReason, Integer> finished() {
        var finished = new EnumMap<FinishReason, Integer>(FinishReason.class);
        reasons.values().stream()
                .filter(reason -> !reason.isNightsEnd())
                .forEach(reason -> finished.merge(reason, 1, Integer::sum));
        return finished;
    }

    /** The tasks that have ended in this night, but not for good: on its base commit they would end like that again. */
    public List<String> leftOver() {
        return reasons.entrySet().stream()
                .filter(entry ->
                        entry.getValue().carriesOver() && !entry.getValue().isNightsEnd())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The tasks whose commit was announced and is there. */
    public List<String> committed(Map<String, String> commits) {
        var tasks = new ArrayList<String>();
        intents.forEach((task, intent) -> {
            if (commits.containsKey(intent.key())) {
                tasks.add(task);
            }
        });
        return tasks;
    }

    /**
     * Writes down what became of the tasks whose commit is there.
     *
     * @param commits the commits on the night's branch by their idempotency keys
     */
    public void settle(Map<String, String> commits, Journal journal) {
        intents.forEach((task, intent) -> {
            var commit = commits.get(intent.key());
            if (commit == null) {
                return;
            }
            if (!journaled.contains(task)) {
                journal.append(intent.recovered(commit));
            }
            journal.append(new TaskFinished(task, intent.ending()));
        });
    }

    /**
     * The tasks whose work is on its branch, in the order of their commits.
     *
     * @param commits the commits on the night's branch by their idempotency keys
     */
    public List<CommittedTask> committedTasks(Map<String, String> commits) {
        var tasks = new ArrayList<>(made);
        intents.forEach((task, intent) -> {
            var commit = commits.get(intent.key());
            var begun = started.get(task);
            if (commit != null && begun != null && !journaled.contains(task)) {
                tasks.add(new CommittedTask(commit, begun, intent.ending().output()));
            }
        });
        return tasks;
    }

    /** How its tasks failed alike so far. */
    public AlikeEndings alike() {
        return alike;
    }

    /** How long it was at work, all its starts together. */
    public Duration elapsed() {
        return time.elapsed();
    }

    /** How many tokens were generated in it, also those of attempts that were cut off. */
    public long outputTokens() {
        return outputTokens;
    }

    /** The tasks that it has lines for. */
    public Set<String> begun() {
        return begun;
    }

    /** What its journal claims, for the statements that are to come. */
    public Claims claims() {
        return claims;
    }

    /** Signs what the night was cut off before. */
    public void sign(Journal journal, Statements.Signing signing) {
        new Statements(claims, signing, journal).sign();
    }

    /** Ends the night where it is, for a new one to start; its commits stay, and their tasks have ended. */
    public void abandon(Workspace workspace, Journal journal, Statements.Signing signing) {
        var statements = new Statements(claims, signing, journal);
        if (baseCommit == null) {
            return; // nothing was begun
        }
        var branch = NightBranch.of(run);
        workspace.takeOver(branch);
        Artifacts.putStrangersAside(signing.disk(), signing.artifacts(), begun);
        var commits = workspace.commitsByTrailer(Trailer.IDEMPOTENCY_KEY, branch);
        settle(commits, journal);
        var finished = finished();
        committed(commits).forEach(task -> finished.merge(FinishReason.ACCEPTED, 1, Integer::sum));
        journal.append(new NightFinished(
                NightOutcome.ABANDONED,
                finished,
                elapsed().toMillis(),
                null,
                List.of(),
                statements.areSigned(),
                List.of()));
        statements.sign();
    }
}

package pantheon.night.gather;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.JournalReader.Entry;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.Model;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.Session;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.outcome.FinishReason;
import pantheon.night.proof.Claims;

/** One night of a shard, folded from its journal as far as gathering asks. */
public final class ShardNight {
    private final Path journal;
    private final Claims claims = new Claims();
    private final List<String> commits = new ArrayList<>();
    private final Map<FinishReason, Integer> ended = new EnumMap<>(FinishReason.class);
    private final Map<String, Model> models = new TreeMap<>();
    private @Nullable NightStarted started;
    private @Nullable NightFinished finished;
    private Instant first = Instant.EPOCH;
    private Instant last = Instant.EPOCH;
    private JournalReader.@Nullable End end;

    private ShardNight(Path journal) {
        this.journal = journal;
    }

    /**
     * Reads a journal.
     *
     * @throws pantheon.night.NightException with exit code 65 where it is broken
     */
    static ShardNight of(Path journal) {
        var night = new ShardNight(journal);
        night.end = JournalReader.readToEnd(journal, night::take);
        return night;
    }

    private void take(Entry entry) {
        claims.take(entry.event());
        last = entry.time();
        if (entry.event() instanceof Session session) {
            finished = null;
            session.models().forEach(model -> models.put(model.name(), model));
        }
        switch (entry.event()) {
            case NightStarted night -> {
                started = night;
                first = entry.time();
            }
            case CommitMade made -> commits.add(made.commit());
            case TaskFinished task -> ended(task);
            case NightFinished night -> finished = night;
            default -> {}
        }
    }

    private void ended(TaskFinished task) {
        if (!task.reason().carriesOver()) {
            ended.merge(task.reason(), 1, Integer::sum);
        }
    }

    /** Whether nothing of it is still to come: neither a task nor a signature. */
    boolean hasEnded() {
        return finished != null && finished.outcome().isEnd() && !claims.nightIsDue();
    }

    /** Whether it was killed before its first line. */
    boolean isEmpty() {
        return started == null;
    }

    public String run() {
        return Journal.run(journal);
    }

    Path journal() {
        return journal;
    }

    NightStarted started() {
        return Objects.requireNonNull(started, "a night without its first line is not gathered");
    }

    NightFinished finished() {
        return Objects.requireNonNull(finished, "a night that has not ended is not gathered");
    }

    JournalReader.End end() {
        return Objects.requireNonNull(end);
    }

    /** The hash of the last line of its journal. */
    public String head() {
        return end().head();
    }

    Instant first() {
        return first;
    }

    Instant last() {
        return last;
    }

    /** Those that it made, in their order. */
    List<String> commits() {
        return List.copyOf(commits);
    }

    /** How many tasks ended for good, by their reasons. */
    Map<FinishReason, Integer> ended() {
        return ended;
    }

    /** How many of them were accepted. */
    public int accepted() {
        return ended.getOrDefault(FinishReason.ACCEPTED, 0);
    }

    /** How many ended for good. */
    public int endedTasks() {
        return ended.values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<String, Model> models() {
        return models;
    }
}

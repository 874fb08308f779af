package pantheon.night.past;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last attempt at each piece of work, which is an agent's on an input, under whatever id it was queued. Folded from
 * journals that are shown from the oldest to the newest, as {@link History#of(java.nio.file.Path,
 * java.util.function.BiConsumer)} does.
 */
public final class LastAttempts {
    /**
     * The last time that an agent began work on an input.
     *
     * @param baseCommit what the night did its tasks on
     * @param commit its commit on the night's branch, null where it made none
     * @param ended whether it ended for good; one that was cut off has not
     */
    public record Attempt(
            String run,
            TaskStarted started,
            String baseCommit,
            @Nullable String commit,
            boolean ended) {
        public String task() {
            return started.task();
        }

        private Attempt committed(String made) {
            return new Attempt(run, started, baseCommit, made, ended);
        }

        private Attempt atItsEnd() {
            return new Attempt(run, started, baseCommit, commit, true);
        }
    }

    private record Work(String agent, String input) {
        static Work of(String agent, ObjectNode input) {
            return new Work(agent, Json.write(input));
        }
    }

    private final Map<Work, Attempt> attempts = new LinkedHashMap<>();
    private final Map<String, Work> works = new HashMap<>();
    private String baseCommit = "";

    /**
     * Takes the next line of a journal.
     *
     * @param run the night's id
     */
    public void take(String run, JournalReader.Entry entry) {
        switch (entry.event()) {
            case NightStarted night -> baseCommit = night.baseCommit();
            case TaskStarted started -> begun(new Attempt(run, started, baseCommit, null, false));
            case CommitMade made -> change(made.task(), attempt -> attempt.committed(made.commit()));
            case TaskFinished finished -> {
                if (!finished.reason().carriesOver()) {
                    change(finished.task(), Attempt::atItsEnd);
                }
            }
            default -> {}
        }
    }

    private void begun(Attempt attempt) {
        var work = Work.of(attempt.started().agent(), attempt.started().input());
        works.put(attempt.task(), work);
        attempts.put(work, attempt);
    }

    /** A night can end a task that it did not begin: one that was begun too often, say. */
    private void change(String task, UnaryOperator<Attempt> change) {
        var work = works.get(task);
        if (work != null) {
            attempts.computeIfPresent(work, (any, last) -> last.task().equals(task) ? change.apply(last) : last);
        }
    }

    /** The last attempt at some work; empty where there was none. */
    public Optional<Attempt> of(String agent, ObjectNode input) {
        return Optional.ofNullable(attempts.get(Work.of(agent, input)));
    }

    /** All of them, in the order in which their works were begun first. */
    public List<Attempt> all() {
        return List.copyOf(attempts.values());
    }
}

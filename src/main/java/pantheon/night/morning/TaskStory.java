package pantheon.night.morning;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.JournalReader.Entry;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.journal.NightEvent.TaskEvent;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightLines;

/**
 * All that one night's journal says of one task, attempt by attempt.
 *
 * @param attempts oldest first; none where the night only gave it up
 * @param entries all its lines, statements left out
 */
public record TaskStory(String task, List<Attempt> attempts, List<Entry> entries) {
    public TaskStory {
        attempts = List.copyOf(attempts);
        entries = List.copyOf(entries);
    }

    /**
     * One attempt at a task.
     *
     * @param started null where the night did not begin it
     * @param events what happened in it, its beginning and its end left out
     * @param ending null where it was cut off
     */
    public record Attempt(
            @Nullable TaskStarted started,
            Instant begun,
            List<TaskEvent> events,
            @Nullable TaskEnding ending) {
        public Attempt {
            events = List.copyOf(events);
        }

        /** The id of its commit on the night's branch, empty where it made none. */
        public Optional<String> commit() {
            return of(CommitMade.class).map(CommitMade::commit).reduce((first, last) -> last);
        }

        /** The events of one kind, in order. */
        public <T extends TaskEvent> Stream<T> of(Class<T> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast);
        }
    }

    /**
     * Reads a journal for one task.
     *
     * @throws pantheon.night.NightException with exit code 65 where it is broken
     */
    public static TaskStory of(Path journal, String task) {
        var entries = new ArrayList<Entry>();
        NightLines.read(journal, entry -> {
            if (entry.event() instanceof TaskEvent event && event.task().equals(task)) {
                entries.add(entry);
            }
        });
        return new TaskStory(task, attempts(entries), entries);
    }

    private static List<Attempt> attempts(List<Entry> entries) {
        var attempts = new ArrayList<Attempt>();
        for (int from = 0, to; from < entries.size(); from = to) {
            to = from + 1;
            while (to < entries.size() && !(entries.get(to).event() instanceof TaskStarted)) {
                to++;
            }
            attempts.add(attempt(entries.subList(from, to)));
        }
        return attempts;
    }

    private static Attempt attempt(List<Entry> entries) {
        TaskStarted started = null;
        TaskEnding ending = null;
        var events = new ArrayList<TaskEvent>();
        for (var entry : entries) {
            switch (entry.event()) {
                case TaskStarted begun -> started = begun;
                case TaskFinished finished -> ending = finished.ending();
                case TaskEvent event -> events.add(event);
                default -> {}
            }
        }
        return new Attempt(started, entries.getFirst().time(), events, ending);
    }

    /** The last attempt; empty where the journal has no line of the task. */
    public Optional<Attempt> last() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
    }
}

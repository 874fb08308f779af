package pantheon.night.morning;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import pantheon.night.NightException;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightLines;

/** The tasks of nights by their ids, each with the nights that began or ended it. */
public final class TaskIndex {
    private final TreeMap<String, Set<Path>> tasks = new TreeMap<>();
    private final String where;

    TaskIndex(String where) {
        this.where = where;
    }

    /**
     * A task, and the nights that began or ended it.
     *
     * @param task its id, whole
     * @param journals of the nights, oldest first; at least one
     */
    public record Found(String task, List<Path> journals) {
        public Found {
            journals = List.copyOf(journals);
        }

        /** The journal of the last one. */
        public Path journal() {
            return journals.getLast();
        }

        /** The ids of those before it. */
        public List<String> earlier() {
            return journals.subList(0, journals.size() - 1).stream()
                    .map(Journal::run)
                    .toList();
        }

        /** That night's id. */
        public String run() {
            return Journal.run(journal());
        }
    }

    void read(Path journal, Consumer<String> warnings) {
        try {
            NightLines.read(journal, entry -> {
                if (entry.event() instanceof TaskStarted started) {
                    add(started.task(), journal);
                } else if (entry.event() instanceof TaskFinished finished) {
                    add(finished.task(), journal);
                }
            });
        } catch (NightException e) {
            warnings.accept("this journal was not looked at: " + e.getMessage());
        }
    }

    private void add(String task, Path journal) {
        tasks.computeIfAbsent(task, any -> new LinkedHashSet<>()).add(journal);
    }

    /** Whether there is a task of exactly this id. */
    public boolean has(String id) {
        return tasks.containsKey(id);
    }

    /**
     * The task of a name.
     *
     * @param name its id, or as much of its beginning as no other has
     * @throws NightException with exit code 64 where there is none, or several begin so
     */
    public Found find(String name) {
        var whole = tasks.get(name);
        if (whole != null) {
            return new Found(name, List.copyOf(whole));
        }
        var beginning = tasks.tailMap(name).keySet().stream()
                .takeWhile(task -> task.startsWith(name))
                .toList();
        if (beginning.size() != 1) {
            throw Nights.unknown("task", name, beginning, "in " + where);
        }
        return find(beginning.getFirst());
    }
}

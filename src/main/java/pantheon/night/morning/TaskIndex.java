package pantheon.night.morning;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import pantheon.night.NightException;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightLines;

/**
 * The tasks of nights by their ids, each with the nights that began or ended it. Journals are read as they are needed, the
 * newest first: a task that is named by its whole id is of the newest night that has it.
 */
public final class TaskIndex {
    private final TreeMap<String, NavigableSet<Path>> tasks = new TreeMap<>();
    private final Deque<Path> unread = new ArrayDeque<>();
    private final Consumer<String> warnings;
    private final String where;

    /**
     * @param journals oldest first
     * @param warnings takes a line about each journal that is broken, and so not looked at
     */
    TaskIndex(String where, List<Path> journals, Consumer<String> warnings) {
        this.where = where;
        this.warnings = warnings;
        unread.addAll(journals.reversed());
    }

    /**
     * A task in a night.
     *
     * @param task its id, whole
     * @param journal of the last night that began or ended it
     */
    public record Found(String task, Path journal) {
        /** That night's id. */
        public String run() {
            return Journal.run(journal);
        }
    }

    private void readNext() {
        var journal = unread.removeFirst();
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
        tasks.computeIfAbsent(task, any -> new TreeSet<>()).add(journal);
    }

    /** Whether there is a task of exactly this id. */
    public boolean has(String id) {
        while (!tasks.containsKey(id) && !unread.isEmpty()) {
            readNext();
        }
        return tasks.containsKey(id);
    }

    /** The ids of the nights before a task's that began or ended it, too, oldest first. */
    public List<String> earlier(Found found) {
        while (!unread.isEmpty()) {
            readNext();
        }
        return tasks.getOrDefault(found.task(), new TreeSet<>()).headSet(found.journal()).stream()
                .map(Journal::run)
                .toList();
    }

    /**
     * The task of a name.
     *
     * @param name its id, or as much of its beginning as no other has
     * @throws NightException with exit code 64 where there is none, or several begin so
     */
    public Found find(String name) {
        if (has(name)) {
            return new Found(name, Objects.requireNonNull(tasks.get(name)).last());
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

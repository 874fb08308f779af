package pantheon.night.morning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightLines;

/**
 * The tasks of nights by their ids, each with the nights that began or ended it. Nights are asked as they are needed, the
 * newest first: a task that is named by its whole id is of the newest night that has it. A journal that does not mention a
 * name is not taken apart for it.
 */
public final class TaskIndex {
    private final List<Night> nights;
    private final Consumer<String> warnings;
    private final String where;

    /**
     * @param journals oldest first
     * @param warnings takes a line about each journal that is broken, and so not looked at
     */
    TaskIndex(String where, List<Path> journals, Consumer<String> warnings) {
        this.where = where;
        this.warnings = warnings;
        this.nights = journals.reversed().stream().map(Night::new).toList();
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

    /** A night, and its tasks once they are known. */
    private final class Night {
        /** How many names a journal is searched for; for more of them it is read. */
        private static final int MOST_SEARCHES = 2;

        /** A gathered night has its tasks in other journals. */
        private static final Mention GATHERED = new Mention(EventType.NIGHT_GATHERED.type());

        private final Path journal;
        private @Nullable NavigableSet<String> tasks;
        private int searches;

        Night(Path journal) {
            this.journal = journal;
        }

        /** The ids of its tasks that begin so. */
        NavigableSet<String> beginning(String name) {
            if (tasks == null && (searches++ >= MOST_SEARCHES || mentions(name))) {
                tasks = read();
            }
            return tasks == null
                    ? Collections.emptyNavigableSet()
                    : tasks.subSet(name, true, name + Character.MAX_VALUE, true);
        }

        boolean has(String id) {
            return beginning(id).contains(id);
        }

        private boolean mentions(String name) {
            try {
                return new Mention('"' + name).isIn(journal) || (mayBeGathered() && GATHERED.isIn(journal));
            } catch (IOException e) {
                throw new NightException(
                        ExitCode.IO,
                        "%s cannot be read: %s. Check its permissions.".formatted(journal, IoReason.of(e, journal)),
                        e);
            }
        }

        private boolean mayBeGathered() {
            return Files.exists(new LogFolder(journal.resolveSibling("")).shards());
        }

        private NavigableSet<String> read() {
            var ids = new TreeSet<String>();
            try {
                NightLines.read(journal, entry -> {
                    if (entry.event() instanceof TaskStarted started) {
                        ids.add(started.task());
                    } else if (entry.event() instanceof TaskFinished finished) {
                        ids.add(finished.task());
                    }
                });
            } catch (NightException e) {
                warnings.accept("this journal was not looked at: " + e.getMessage());
                ids.clear();
            }
            return ids;
        }
    }

    /** Whether there is a task of exactly this id. */
    public boolean has(String id) {
        return nights.stream().anyMatch(night -> night.has(id));
    }

    /** The ids of the nights before a task's that began or ended it, too, oldest first. */
    public List<String> earlier(Found found) {
        return nights.reversed().stream()
                .takeWhile(night -> !night.journal.equals(found.journal()))
                .filter(night -> night.has(found.task()))
                .map(night -> Journal.run(night.journal))
                .toList();
    }

    /**
     * The task of a name.
     *
     * @param name its id, or as much of its beginning as no other has
     * @throws NightException with exit code 64 where there is none, or several begin so
     */
    public Found find(String name) {
        var beginning = new TreeMap<String, Path>();
        for (var night : nights) {
            night.beginning(name).forEach(id -> beginning.putIfAbsent(id, night.journal));
            if (beginning.containsKey(name)) {
                return new Found(name, night.journal);
            }
        }
        if (beginning.size() != 1) {
            throw Nights.unknown("task", name, List.copyOf(beginning.keySet()), "in " + where);
        }
        return new Found(beginning.firstKey(), beginning.firstEntry().getValue());
    }
}

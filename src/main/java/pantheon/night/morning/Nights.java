package pantheon.night.morning;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.past.History;

/**
 * The nights of a log, by the names that a person gives them and their tasks: an id, or as much of its beginning as no
 * other has.
 */
public record Nights(LogFolder log) {
    private static final int MOST_NAMED = 5;

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

    /** All journals, oldest first. */
    public List<Path> journals() {
        return History.journals(log.path());
    }

    /**
     * The journal of a night.
     *
     * @param run its id or the beginning of it, null for the last night
     * @throws NightException with exit code 64 where there is none, or several begin so
     */
    public Path journal(@Nullable String run) {
        var journals = journals();
        if (journals.isEmpty()) {
            throw new NightException(
                    ExitCode.USAGE,
                    "there is no journal in %s, so no night to look at. Run one, or set log to where they are."
                            .formatted(log.path()));
        }
        return run == null ? journals.getLast() : named(run, journals);
    }

    private Path named(String run, List<Path> journals) {
        var beginning = journals.stream()
                .filter(file -> Journal.run(file).startsWith(run))
                .toList();
        return beginning.stream()
                .filter(file -> Journal.run(file).equals(run))
                .findFirst()
                .or(() -> beginning.size() == 1 ? beginning.stream().findFirst() : Optional.empty())
                .orElseThrow(() -> unknown(
                        "night",
                        run,
                        beginning.stream().map(Journal::run).toList(),
                        "in %s; the last one is %s".formatted(log.path(), Journal.run(journals.getLast()))));
    }

    private static NightException unknown(String what, String name, List<String> beginning, String where) {
        return new NightException(
                ExitCode.USAGE,
                beginning.isEmpty()
                        ? "there is no %s \"%s\" %s. pantheon-night list names them.".formatted(what, name, where)
                        : "%s \"%s\" could be %s%s. Write more of it."
                                .formatted(
                                        what,
                                        name,
                                        String.join(", ", beginning.subList(0, Math.min(MOST_NAMED, beginning.size()))),
                                        beginning.size() > MOST_NAMED
                                                ? " and %d more".formatted(beginning.size() - MOST_NAMED)
                                                : ""));
    }

    /**
     * The task of a name, among those that were begun or ended in any night.
     *
     * @param run the night to look in, as {@link #journal} takes it; null for all
     * @param warnings takes a line about each journal that is broken, and so not looked at
     * @throws NightException with exit code 64 where there is none, or several begin so
     */
    public Found find(String name, @Nullable String run, Consumer<String> warnings) {
        var nights = new LinkedHashMap<String, Set<Path>>();
        for (var journal : run == null ? journals() : List.of(journal(run))) {
            look(journal, name, nights, warnings);
        }
        var whole = nights.get(name);
        if (whole != null) {
            return new Found(name, List.copyOf(whole));
        }
        if (nights.size() != 1) {
            throw unknown(
                    "task", name, List.copyOf(nights.keySet()), "in " + (run == null ? log.path() : "night " + run));
        }
        var only = nights.entrySet().iterator().next();
        return new Found(only.getKey(), List.copyOf(only.getValue()));
    }

    private static void look(Path journal, String name, Map<String, Set<Path>> nights, Consumer<String> warnings) {
        try {
            JournalReader.read(journal, entry -> {
                var event = entry.event();
                var task = event.task();
                boolean isOfTask = event instanceof TaskStarted || event instanceof TaskFinished;
                if (isOfTask && task != null && task.startsWith(name)) {
                    nights.computeIfAbsent(task, any -> new LinkedHashSet<>()).add(journal);
                }
            });
        } catch (NightException e) {
            warnings.accept("this journal was not looked at: " + e.getMessage());
        }
    }
}

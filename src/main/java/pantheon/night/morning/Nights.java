package pantheon.night.morning;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.Journal;
import pantheon.night.journal.LogFolder;
import pantheon.night.past.History;

/**
 * The nights of a log, by the names that a person gives them and their tasks: an id, or as much of its beginning as no
 * other has.
 */
public record Nights(LogFolder log) {
    private static final int MOST_NAMED = 5;

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

    static NightException unknown(String what, String name, List<String> beginning, String where) {
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
     * The tasks that were begun or ended.
     *
     * @param run the night to look in, as {@link #journal} takes it; null for all
     * @param warnings takes a line about each journal that is broken, and so not looked at
     */
    public TaskIndex tasks(@Nullable String run, Consumer<String> warnings) {
        return run == null
                ? new TaskIndex(log.path().toString(), journals(), warnings)
                : new TaskIndex("night " + run, List.of(journal(run)), warnings);
    }
}

package pantheon.night.past;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.RunId;
import pantheon.night.journal.StateFolder;
import pantheon.night.outcome.NightOutcome;
import tools.jackson.core.JacksonException;

/**
 * What nights left beside their journals, by which a journal shows that has lost lines: it was emptied, shortened,
 * replaced by an older copy, or removed.
 *
 * <p>A crash loses lines too, and must not look like that. It loses those that were not synced, and a report is written
 * after the night's end was.
 */
public record Traces(StateFolder state) {
    private static final int LARGEST_SUMMARY_BYTES = 1 << 28;

    /**
     * Makes sure that the journals tell of all nights that were: else their work would be done again.
     *
     * @param history of the log's journals
     * @throws NightException with exit code 65 where a journal is gone or has lost lines
     */
    public void require(History history, LogFolder log) {
        history.requireJournals(log.path());
        try {
            requireJournals(history, log, reported(), "the night has a report");
            requireJournals(history, log, worked(), "the night has artifacts");
            if (history.newest().isPresent()) {
                history.newest().get().requireWhole(log.path(), this);
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "%s cannot be read: %s. Check its owner and the disk."
                            .formatted(state.path(), IoReason.of(e, state.path())),
                    e);
        }
    }

    private static void requireJournals(History history, LogFolder log, List<String> runs, String trace) {
        for (var run : runs) {
            if (!history.runs().contains(run)) {
                throw History.lost(log.journal(run), trace);
            }
        }
    }

    /** The nights that have a report, oldest first. */
    private List<String> reported() throws IOException {
        return named(state.path().resolve("reports")).stream()
                .filter(run -> Files.exists(summary(run)))
                .toList();
    }

    /** The nights that left artifacts of their own, oldest first; those that are links were made by shards' nights. */
    private List<String> worked() throws IOException {
        var worked = new ArrayList<String>();
        for (var run : named(state.artifacts())) {
            if (hasArtifacts(run)) {
                worked.add(run);
            }
        }
        return worked;
    }

    /** Whether a night did a task here. Its journal was on the disk before. */
    boolean hasArtifacts(String run) throws IOException {
        if (!Files.isDirectory(state.artifacts(run))) {
            return false;
        }
        try (var tasks = Files.list(state.artifacts(run))) {
            return tasks.anyMatch(task -> Files.isDirectory(task, LinkOption.NOFOLLOW_LINKS));
        }
    }

    /** The nights that have something in a folder, oldest first. */
    private static List<String> named(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var folders = Files.list(folder)) {
            return folders.map(one -> one.getFileName().toString())
                    .filter(RunId::isOne)
                    .sorted()
                    .toList();
        }
    }

    /**
     * What a journal should hold of a night and does not; empty where it holds all that is known.
     *
     * @param lines how many it has
     * @param hasEnded whether it tells of the night's end
     */
    Optional<String> missing(String run, long lines, boolean hasEnded) throws IOException {
        var outcome = outcome(run);
        if (lines == 0 && outcome.isPresent()) {
            return Optional.of("the night has a report, and the journal no line");
        }
        if (!hasEnded && outcome.filter(NightOutcome::isEnd).isPresent()) {
            return Optional.of("its report tells how the night ended, and the journal does not");
        }
        return Optional.empty();
    }

    private Path summary(String run) {
        return state.report(run).resolve("summary.json");
    }

    /** How the night stood when its report was written; empty where there is none that can be read. */
    private Optional<NightOutcome> outcome(String run) throws IOException {
        if (!Files.exists(summary(run))) {
            return Optional.empty();
        }
        try {
            var summary = Json.parse(RegularFile.text(summary(run), LARGEST_SUMMARY_BYTES));
            return Stream.of(NightOutcome.values())
                    .filter(outcome ->
                            outcome.code().equals(summary.path("outcome").asString("")))
                    .findFirst();
        } catch (JacksonException e) {
            return Optional.empty(); // half of it is no witness
        }
    }
}

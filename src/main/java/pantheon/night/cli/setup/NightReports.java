package pantheon.night.cli.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.calibration.EveryChoice;
import pantheon.night.cli.console.Output;
import pantheon.night.decision.Decisions;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader.Entry;
import pantheon.night.metrics.Metrics;
import pantheon.night.metrics.StartMetrics;
import pantheon.night.past.History;
import pantheon.night.report.MorningReport;
import pantheon.night.report.record.NightTrend;
import pantheon.night.report.record.UnmergedNight;
import pantheon.night.report.section.Places;
import pantheon.night.workspace.Workspace;

/** The reports of a setup's nights, with where they go. */
public final class NightReports {
    private final Setup setup;

    public NightReports(Setup setup) {
        this.setup = setup;
    }

    Path journal(String run) {
        return setup.log().journal(run);
    }

    /**
     * Writes metrics and the report of a night that has just ended; gives the report, null where it could not be written. That is said, and the night has
     * ended as it has: its work and its journal are there, and {@code pantheon-night report} can try again.
     */
    public @Nullable Path afterNight(String run, Output output) {
        var journal = journal(run);
        if (!Files.exists(journal)) {
            return null; // it failed before it began
        }
        var counted = new Metrics();
        var report = tried(run, output, () -> read(journal, counted::take, folder(journal), output));
        writeMetrics(journal, report == null ? null : counted, output);
        return report == null ? null : tried(run, output, () -> written(report, run, output));
    }

    /** What comes of a step of a report, null where that fails. */
    private static <T> @Nullable T tried(String run, Output output, Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            output.warn("the night's report was not written, try pantheon-night report %s: %s"
                    .formatted(run, e instanceof NightException ? e.getMessage() : Contained.why(e)));
            return null;
        }
    }

    private Path written(MorningReport report, String run, Output output) {
        var html = report.write();
        pointAt(run, output);
        return html;
    }

    /** Has the link to the latest report lead to this night's, so that nobody has to know its id. */
    private void pointAt(String run, Output output) {
        var link = setup.state().latestReport();
        var next = link.resolveSibling(".latest.new");
        try {
            Files.deleteIfExists(next);
            Files.createSymbolicLink(next, Path.of(run));
            Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            output.warn("%s does not lead to the night's report: %s".formatted(link, IoReason.of(e, link)));
        }
    }

    /** Tells monitoring how a start ended, also where no night began; where that fails, it is said. */
    public void afterStart(ExitCode exitCode, Instant now, Output output) {
        try {
            new StartMetrics(exitCode, now).write(setup.state().metrics());
        } catch (NightException e) {
            output.warn("how this start ended was not written for monitoring: " + e.getMessage());
        }
    }

    /**
     * Writes the metrics of all nights, the one that has just ended included; where that fails, it is said.
     *
     * @param counted those of its journal, null where it has not been read to its end
     */
    private void writeMetrics(Path journal, @Nullable Metrics counted, Output output) {
        try {
            var journals = History.journals(setup.config().log());
            var metrics = counted != null && journal.equals(journals.getLast())
                    ? counted.after(journals.subList(0, journals.size() - 1))
                    : Metrics.of(journals);
            metrics.write(setup.state().metrics());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            output.warn("the metrics were not written: "
                    + (e instanceof NightException ? e.getMessage() : Contained.why(e)));
        }
    }

    /** Where the report of a night goes by itself. */
    public Path folder(Path journal) {
        return setup.state().report(Journal.run(journal));
    }

    /** A report does without decisions that cannot be read, and says so. */
    private Decisions decisions(Output output) {
        try {
            return Decisions.of(setup.state());
        } catch (NightException e) {
            output.warn("decisions are left out: " + e.getMessage());
            return Decisions.none();
        }
    }

    /** What waits to be merged as far as the repository can be asked; where it cannot, that is said. */
    private List<UnmergedNight> unmerged(List<NightTrend> nights, Decisions decisions, Output output) {
        try (var workspace = Workspace.open(setup.config().workspace())) {
            return new Unmerged(workspace, decisions).of(nights);
        } catch (NightException e) {
            output.warn("the report does not tell which nights are not merged: " + e.getMessage());
            return List.of();
        }
    }

    /** Writes a night's report, and gives the HTML file's path; what had to be left out is said. */
    public Path write(Path journal, Path target, Output output) {
        return read(journal, entry -> {}, target, output).write();
    }

    /** @param beside looks at the night's lines too */
    private MorningReport read(Path journal, Consumer<Entry> beside, Path target, Output output) {
        var earlier = History.journals(setup.config().log()).stream()
                .filter(file -> file.getFileName().compareTo(journal.getFileName()) < 0)
                .toList();
        var places = new Places(
                setup.config().workspace(),
                setup.state().artifacts(Journal.run(journal)),
                target,
                ZoneId.systemDefault());
        var decisions = decisions(output);
        var report = MorningReport.of(journal, beside, earlier, new EveryChoice(setup.state(), decisions), places)
                .unmerged(nights -> unmerged(nights, decisions, output));
        report.problems().forEach(output::warn);
        return report;
    }
}

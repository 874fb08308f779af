package pantheon.night.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.calibration.EveryChoice;
import pantheon.night.contract.Json;
import pantheon.night.disk.WholeFile;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader.Entry;
import pantheon.night.report.page.HtmlPage;
import pantheon.night.report.page.MarkdownPage;
import pantheon.night.report.page.Page;
import pantheon.night.report.page.Section;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.NightTrend;
import pantheon.night.report.record.UnmergedNight;
import pantheon.night.report.section.AcceptedTasks;
import pantheon.night.report.section.Amount;
import pantheon.night.report.section.ConfidenceSection;
import pantheon.night.report.section.FailBins;
import pantheon.night.report.section.ForecastSection;
import pantheon.night.report.section.Glance;
import pantheon.night.report.section.LoadSection;
import pantheon.night.report.section.Places;
import pantheon.night.report.section.ProofSection;
import pantheon.night.report.section.ReportSource;
import pantheon.night.report.section.ReviewSection;
import pantheon.night.report.section.TaskArtifacts;
import pantheon.night.report.section.TrendSection;
import pantheon.night.review.Review;
import pantheon.night.review.Reviews;
import tools.jackson.databind.node.ObjectNode;

/** A night's report: one HTML file that needs nothing beside it, the same as Markdown, and {@code summary.json}. */
public final class MorningReport {
    /** How many nights are looked at, this one included. */
    private static final int NIGHTS = 14;

    private final ReportSource source;

    private MorningReport(ReportSource source) {
        this.source = source;
    }

    /**
     * Folds a night's journal, and those of the nights before it.
     *
     * @param earlier the journals of the nights before it, oldest first; one that cannot be read is left out, and said
     * @param choices takes what the models of these nights chose, and knows what people decided
     * @throws NightException with exit code 65 where the night's own journal is broken
     */
    public static MorningReport of(Path journal, List<Path> earlier, EveryChoice choices, Places places) {
        return of(journal, entry -> {}, earlier, choices, places);
    }

    /**
     * The same, while somebody else looks at the night's lines too.
     *
     * @throws NightException as above
     */
    public static MorningReport of(
            Path journal, Consumer<Entry> beside, List<Path> earlier, EveryChoice choices, Places places) {
        var nights = new ArrayList<NightTrend>();
        var broken = new ArrayList<String>();
        for (var file : earlier.subList(Math.max(0, earlier.size() - NIGHTS + 1), earlier.size())) {
            try {
                nights.add(NightTrend.of(NightRecord.of(file, choices.night(Journal.run(file)))));
            } catch (NightException e) {
                broken.add(e.getMessage());
            }
        }
        var night = NightRecord.of(journal, choices.night(Journal.run(journal)).andThen(beside));
        nights.add(NightTrend.of(night));
        var reviews = reviews(night, choices.reviews(night.run()), places);
        return new MorningReport(new ReportSource(night, nights, broken, reviews, choices, List.of(), places));
    }

    private static Reviews reviews(NightRecord night, Map<String, Review> decided, Places places) {
        var texts = new LinkedHashMap<String, String>();
        for (var task : night.tasks()) {
            new TaskArtifacts(places, task.id()).text(Review.FILE).ifPresent(text -> texts.put(task.id(), text));
        }
        return Reviews.of(texts, decided);
    }

    /** The same, with what somebody knows of those of its nights, oldest first, whose work is not merged. */
    public MorningReport unmerged(Function<List<NightTrend>, List<UnmergedNight>> known) {
        return new MorningReport(source.with(known.apply(source.nights())));
    }

    /** What was left out because it could not be read: earlier journals, and reviews; each with what is wrong. */
    public List<String> problems() {
        return Stream.concat(
                        source.broken().stream(),
                        source.reviews().broken().stream().map(review -> "a review is left out: " + review))
                .toList();
    }

    private Page page() {
        var night = source.night();
        var zone = source.places().zone();
        return new Page(
                "Night " + night.run()
                        + (night.shard() == null ? "" : ", " + night.shard().words()),
                "%s to %s (%s), %s: %s"
                        .formatted(
                                Amount.minute(night.begun(), zone),
                                Amount.minute(night.last(), zone),
                                zone.getId(),
                                Amount.time(night.elapsed()),
                                outcome(night)),
                sections(),
                "Written by pantheon-night %s from the journal of night %s; nothing in this page was fetched or can be."
                        .formatted(night.version(), night.run()),
                zone);
    }

    private List<Section> sections() {
        return Stream.of(
                        Stream.of(
                                Glance.of(source),
                                AcceptedTasks.of(source),
                                FailBins.of(source),
                                ForecastSection.section(source),
                                LoadSection.of(source),
                                TrendSection.of(source)),
                        ConfidenceSection.of(source).stream(),
                        Stream.of(ReviewSection.of(source), ProofSection.of(source)))
                .flatMap(sections -> sections)
                .toList();
    }

    private static String outcome(NightRecord night) {
        var how = switch (night.outcome()) {
            case DONE -> "the queue was done";
            case WINDOW_CLOSED -> "the window closed";
            case STOPPED -> "it was stopped";
            case FAILED -> "it failed";
            case ABANDONED -> "it was left as it was";
            case UNFINISHED -> "it has not ended";
        };
        return night.resumptions() == 0 ? how : how + ", after " + Amount.of(night.resumptions(), "interruption");
    }

    public String html() {
        return HtmlPage.write(page());
    }

    public String markdown() {
        return MarkdownPage.write(page());
    }

    public ObjectNode summary() {
        var json = SummaryJson.of(source);
        var violations = SummaryJson.SCHEMA.check(json);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("summary.json breaks its schema: " + violations);
        }
        return json;
    }

    /**
     * Writes {@code report.html}, {@code report.md} and {@code summary.json}, each whole or not at all.
     *
     * @return the path of the HTML file
     * @throws NightException with exit code 73 where one cannot be written
     */
    public Path write() {
        var folder = source.places().target();
        try {
            Files.createDirectories(folder);
            WholeFile.replace(
                    folder.resolve("summary.json"),
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(summary()) + "\n");
            var page = page(); // of a large night it takes a while
            WholeFile.replace(folder.resolve("report.md"), MarkdownPage.write(page));
            WholeFile.replace(folder.resolve("report.html"), HtmlPage.write(page));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the report cannot be written to %s: %s. Check its owner and the disk, then run pantheon-night report %s."
                            .formatted(
                                    folder,
                                    IoReason.of(e, folder),
                                    source.night().run()),
                    e);
        }
        return folder.resolve("report.html");
    }
}

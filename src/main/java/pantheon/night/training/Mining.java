package pantheon.night.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pantheon.night.ExitCode;
import pantheon.night.InOrder;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.decision.Decisions;
import pantheon.night.disk.FileTree;
import pantheon.night.grammar.TypesOfArguments;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.DialogueReader;
import pantheon.night.training.duplicates.Duplicates;
import pantheon.night.training.duplicates.Split;
import pantheon.night.training.secrets.ComposedText;
import pantheon.night.training.secrets.KnownSecrets;
import pantheon.night.training.secrets.SecondSearch;
import pantheon.night.training.secrets.Secrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes training data of past nights.
 *
 * <p>A fold over journals: each trace takes its conversation from its artifacts, where the journal's hash of the prompt
 * shows that it is the one that was sent. Secrets are taken out first, duplicates second; what is kept waits on the disk
 * until all groups and all secrets are known, is searched again, and is then written split by split, the easiest first.
 * The same journals give the same bytes.
 */
public final class Mining {
    /**
     * A night to mine: its journal, and the folder with a folder of artifacts for each task.
     *
     * @param decisions what people decided of its tasks
     */
    public record Source(String run, Path journal, Path artifacts, Decisions decisions) {
        /** A night of whose tasks nobody decided anything. */
        public Source(String run, Path journal, Path artifacts) {
            this(run, journal, artifacts, Decisions.none());
        }
    }

    private final MiningOptions options;
    private final Secrets secrets = new Secrets();
    private final KnownSecrets known = new KnownSecrets();
    private final SecondSearch search = new SecondSearch(secrets, known);
    private final ChatFormat format;
    private final DialogueReader dialogues;
    private final Openings openings;
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private long removedSecrets;
    private long written;

    /** Of conversations in the usual format. */
    public Mining(MiningOptions options) {
        this(options, ChatFormats.QWEN);
    }

    /** @param format in which the conversations are written; a journal does not name it, and others are left out */
    public Mining(MiningOptions options, ChatFormat format) {
        this.options = options;
        this.format = format;
        dialogues = format.reader(TypesOfArguments::of);
        openings = new Openings(dialogues, secrets);
    }

    /**
     * Writes the training data of some nights into a folder.
     *
     * @param folder is made; must not exist
     * @return the manifest
     * @throws NightException with exit code 65 where a journal is broken or the manifest itself would hold a secret, 73 where
     *     the folder exists, 74 where it cannot be written; the folder is then not there
     */
    public ObjectNode mine(List<Source> sources, Path folder) {
        if (Files.exists(folder)) {
            throw new NightException(
                    ExitCode.CANT_CREATE, "%s exists already. Name another folder, or remove it.".formatted(folder));
        }
        var making = folder.resolveSibling(folder.getFileName() + ".making");
        try {
            FileTree.remove(making);
            try {
                var manifest = make(sources, Files.createDirectories(making));
                Files.move(making, folder);
                return manifest;
            } finally {
                FileTree.remove(making);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "training data cannot be written to %s: %s. Free some space, or name another folder."
                            .formatted(folder, IoReason.of(e, folder)),
                    e);
        }
    }

    private ObjectNode make(List<Source> sources, Path folder) throws IOException {
        var manifest = manifest();
        var dataset = new Dataset(folder);
        try (dataset;
                var kept = new Kept(options, folder.resolve("kept"))) {
            for (var source : sources) {
                manifest.withArray("/sources").add(read(source, kept));
            }
            write(kept, dataset);
            writeFailed(kept, dataset);
            var empty = manifest.putArray("empty_splits");
            for (var split : Split.values()) {
                if (options.percent().getOrDefault(split, 0) > 0 && !dataset.has(split)) {
                    empty.add(split.folder());
                }
            }
        }
        manifest.put("kept", written);
        manifest.put("secrets_removed", removedSecrets);
        var counts = manifest.putObject("left_out");
        leftOut.forEach(counts::put);
        manifest.set("files", dataset.json());
        Files.writeString(folder.resolve("chat_template.jinja"), format.template());
        text(folder.resolve("dataset_info.json"), dataset.info());
        search.requireClean("manifest.json", text(folder.resolve("manifest.json"), manifest));
        return manifest;
    }

    private JsonNode read(Source source, Kept kept) {
        var reader = new CandidateReader(source, secrets, format, dialogues, options.mayLeaveUnchanged());
        try (var inOrder = new InOrder<Trace, Candidate>(reader::read, candidate -> take(candidate, kept))) {
            var end = new TraceReader(source.run(), options.licence(), inOrder::add).read(source.journal());
            return Json.object()
                    .put("run", source.run())
                    .put("lines", end.lines())
                    .put("head", end.head());
        }
    }

    private void take(Candidate candidate, Kept kept) {
        removedSecrets += candidate.removed().size();
        known.add(candidate.removed());
        try {
            switch (candidate) {
                case Candidate.LeftOut out -> leaveOut(out.reason());
                case Candidate.Failed failed -> kept.failed().add(failed.row());
                case Candidate.Green green -> {
                    switch (kept.add(green)) {
                        case SAME -> leaveOut("duplicate");
                        case NEARLY_SAME -> leaveOut("near_duplicate");
                        case NEW -> {}
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void leaveOut(String reason) {
        leftOut.merge(reason, 1, Integer::sum);
    }

    private void write(Kept kept, Dataset dataset) throws IOException {
        long training = options.stages() > 1 ? kept.size(Split.TRAIN) : 0;
        long[] placed = new long[1];
        try (var inOrder = new InOrder<Placed, Lines>(this::lines, lines -> add(lines, dataset))) {
            kept.easiestFirst((split, sample) -> {
                var ending = ".jsonl";
                if (split == Split.TRAIN && options.stages() > 1) {
                    ending = ".stage-" + (placed[0]++ * options.stages() / training + 1) + ending;
                }
                inOrder.add(new Placed(new Dataset.Place(split.folder(), ending), sample), sample.length());
            });
        }
    }

    /** A sample as it was written, and the files that its rows go to. */
    private record Placed(Dataset.Place place, String sample) {}

    /**
     * A sample's rows.
     *
     * @param reason why they may not be written
     */
    private record Lines(Dataset.Place place, Map<String, List<byte[]>> byForm, Optional<String> reason) {}

    private Lines lines(Placed placed) {
        var rows = new Rows(Sample.read(placed.sample()), dialogues, openings, secrets);
        var byForm = rows.lines(options.openAi());
        var reason = search.reason(rows.sample(placed.sample()), byForm.values());
        var lines = new LinkedHashMap<String, List<byte[]>>();
        if (reason.isEmpty()) {
            byForm.forEach((form, all) ->
                    lines.put(form, all.stream().map(DatasetFile::line).toList()));
        }
        return new Lines(placed.place(), lines, reason);
    }

    private void add(Lines lines, Dataset dataset) {
        lines.reason().ifPresentOrElse(this::leaveOut, () -> {
            try {
                dataset.add(lines.place(), lines.byForm());
                written++;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A row of a trace that failed, and why it may not be written. */
    private record Row(FailedRows.Failed failed, Optional<String> reason) {}

    private void writeFailed(Kept kept, Dataset dataset) throws IOException {
        try (var inOrder = new InOrder<FailedRows.Failed, Row>(this::row, row -> add(row, dataset))) {
            kept.failed().each(failed -> inOrder.add(failed, failed.line().length));
        }
    }

    private Row row(FailedRows.Failed failed) {
        var line = ComposedText.of(new String(failed.line(), StandardCharsets.UTF_8));
        return new Row(failed, search.reason(line, List.of(List.of(line))));
    }

    private void add(Row row, Dataset dataset) {
        leaveOut(row.reason().orElse(row.failed().reason()));
        if (row.reason().isEmpty()) {
            try {
                dataset.addFailed(row.failed().line());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ObjectNode manifest() {
        var manifest = Json.object();
        manifest.put("format", "pantheon-night training data 2");
        manifest.put("seed", options.seed());
        var percent = manifest.putObject("split_percent");
        for (var split : Split.values()) {
            percent.put(split.folder(), options.percent().getOrDefault(split, 0));
        }
        manifest.put("group_by", options.groupBy().word());
        manifest.put("stages", options.stages());
        manifest.put("near_duplicate_threshold", Duplicates.THRESHOLD);
        manifest.putArray("sources");
        return manifest;
    }

    private static String text(Path file, JsonNode json) throws IOException {
        var text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        Files.writeString(file, text);
        return text;
    }
}

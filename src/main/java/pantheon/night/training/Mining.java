package pantheon.night.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.FileTree;
import pantheon.night.InOrder;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.prompt.ChatTemplate;
import pantheon.night.prompt.Dialogue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes training data of past nights.
 *
 * <p>A fold over journals: each trace takes its conversation from its artifacts, where the journal's hash of the prompt
 * shows that it is the one that was sent. Secrets are taken out first, duplicates second; what is kept waits on the disk
 * until the groups are known, and is then written split by split, the easiest first. The same journals give the same
 * bytes.
 */
public final class Mining {
    /** A night to mine: its journal, and the folder with a folder of artifacts for each task. */
    public record Source(String run, Path journal, Path artifacts) {}

    private final MiningOptions options;
    private final Secrets secrets = new Secrets();
    private final Duplicates duplicates = new Duplicates();
    private final Groups groups = new Groups();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private int removedSecrets;

    public Mining(MiningOptions options) {
        this.options = options;
    }

    /**
     * Writes the training data of some nights into a folder.
     *
     * @param folder is made; must not exist
     * @return the manifest
     * @throws NightException with exit code 65 where a journal is broken or a secret is left, 73 where the folder
     *     exists, 74 where it cannot be written; the folder is then not there
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
                            .formatted(folder, e),
                    e);
        }
    }

    private ObjectNode make(List<Source> sources, Path folder) throws IOException {
        var manifest = manifest();
        var dataset = new Dataset(folder);
        try (dataset;
                var spool = new Spool(folder.resolve("spool"))) {
            for (var source : sources) {
                manifest.withArray("/sources").add(read(source, spool, dataset));
            }
            write(spool, dataset);
            manifest.put("kept", spool.size());
        }
        requireNoSecrets(folder, dataset.names());
        manifest.put("secrets_removed", removedSecrets);
        var counts = manifest.putObject("left_out");
        leftOut.forEach(counts::put);
        manifest.set("files", dataset.json());
        text(folder.resolve("dataset_info.json"), dataset.info());
        text(folder.resolve("manifest.json"), manifest);
        return manifest;
    }

    private JsonNode read(Source source, Spool spool, Dataset dataset) {
        try (var inOrder = new InOrder<Trace, Candidate>(
                trace -> candidate(trace, source.artifacts()), candidate -> take(candidate, spool, dataset))) {
            var end = new TraceReader(source.run(), options.licence(), inOrder::add).read(source.journal());
            return Json.object()
                    .put("run", source.run())
                    .put("lines", end.lines())
                    .put("head", end.head());
        }
    }

    /**
     * A trace with its conversation.
     *
     * @param text empty where its artifacts do not have it
     * @param fingerprint null where it is not to be learned from
     */
    private record Candidate(
            Trace trace, Optional<Secrets.Scrubbed> text, Duplicates.@Nullable Fingerprint fingerprint) {}

    private Candidate candidate(Trace trace, Path artifacts) {
        try {
            var text = conversation(trace, artifacts.resolve(trace.provenance().task()))
                    .map(secrets::scrub);
            var fingerprint = text.filter(scrubbed -> trace.isGreen())
                    .flatMap(scrubbed -> Dialogue.read(scrubbed.text()))
                    .map(dialogue -> Duplicates.Fingerprint.of(
                            afterSystem(text.orElseThrow().text())))
                    .orElse(null);
            return new Candidate(trace, text, fingerprint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(Candidate candidate, Spool spool, Dataset dataset) {
        var trace = candidate.trace();
        if (candidate.text().isEmpty() && trace.steps() > 0) {
            leaveOut("artifacts_missing_or_changed");
            return;
        }
        var text = candidate.text().orElse(new Secrets.Scrubbed("", 0));
        removedSecrets += text.secrets();
        try {
            if (!trace.isGreen()) {
                leaveOut(trace.finishReason().equals("accepted") ? "corrected_on_the_way" : trace.finishReason());
                dataset.addFailed(failed(trace, text));
            } else if (candidate.fingerprint() == null) {
                leaveOut("not_rendered_alike");
            } else {
                switch (duplicates.take(candidate.fingerprint())) {
                    case SAME -> leaveOut("duplicate");
                    case NEARLY_SAME -> leaveOut("near_duplicate");
                    case NEW ->
                        spool.add(
                                Sample.of(trace, text),
                                trace.difficulty(),
                                groups.group(options.groupBy().keys(trace)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void leaveOut(String reason) {
        leftOut.merge(reason, 1, Integer::sum);
    }

    /** The whole conversation, if the artifacts have the prompt that the journal says was sent last. */
    private static Optional<String> conversation(Trace trace, Path folder) throws IOException {
        if (trace.promptHashes().isEmpty()) {
            return Optional.empty();
        }
        String text;
        try {
            text = Files.readString(folder.resolve("prompt.txt"));
        } catch (NoSuchFileException | CharacterCodingException e) {
            return Optional.empty();
        }
        int answer = text.lastIndexOf(ChatTemplate.GENERATION_PROMPT) + ChatTemplate.GENERATION_PROMPT.length();
        boolean sent = answer <= text.length()
                && Sha256.hex(text.substring(0, answer))
                        .equals(trace.promptHashes().getLast());
        return sent ? Optional.of(Trace.closed(text)) : Optional.empty();
    }

    private static String afterSystem(String text) {
        return text.substring(text.indexOf(ChatTemplate.TURN_END) + ChatTemplate.TURN_END.length());
    }

    private ObjectNode failed(Trace trace, Secrets.Scrubbed text) {
        var row = Json.object();
        row.put("task", trace.provenance().task());
        row.put("finish_reason", trace.finishReason());
        row.put("message", secrets.scrub(trace.message()).text());
        row.set("input", Json.parse(secrets.scrub(Json.write(trace.input())).text()));
        row.put("failures", trace.failures());
        row.put("text", text.text());
        row.set("difficulty", Sample.of(trace, text).difficulty().json());
        row.set("provenance", trace.provenance().json());
        return row;
    }

    private void write(Spool spool, Dataset dataset) throws IOException {
        var splits = groups.splits(options.seed(), options.percent());
        Function<Integer, Split> splitOf = group -> splits.getOrDefault(group, Split.TRAIN);
        int[] training = new int[2]; // how many there are, and how many are written
        spool.countGroups(group -> training[0] += splitOf.apply(group) == Split.TRAIN ? 1 : 0);
        try (var inOrder = new InOrder<Placed, Lines>(this::lines, lines -> add(lines, dataset))) {
            spool.easiestFirst((group, sample) -> {
                var split = splitOf.apply(group);
                var place = split.folder() + "/%s.jsonl";
                if (split == Split.TRAIN && options.stages() > 1) {
                    long stage = (long) training[1]++ * options.stages() / training[0] + 1;
                    place = split.folder() + "/%s.stage-" + stage + ".jsonl";
                }
                inOrder.add(new Placed(place, sample));
            });
        }
    }

    /** A sample as JSON, and the files that its rows go to. */
    private record Placed(String place, String sample) {}

    /** A sample's rows. */
    private record Lines(String place, Map<String, List<byte[]>> byForm) {}

    private Lines lines(Placed placed) {
        var sample = Sample.of(Json.parse(placed.sample()));
        var rows = new Rows(sample, Dialogue.read(sample.text()).orElseThrow());
        return new Lines(placed.place(), rows.lines(options.openAi()));
    }

    private static void add(Lines lines, Dataset dataset) {
        try {
            dataset.add(lines.place(), lines.byForm());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads back all that was written; what still looks like a secret must not leave the machine. */
    private void requireNoSecrets(Path folder, List<String> names) throws IOException {
        for (var name : names) {
            int[] number = new int[1];
            try (var lines = Files.lines(folder.resolve(name));
                    var inOrder = new InOrder<String, List<String>>(
                            line -> secrets.find(line.getBytes(StandardCharsets.UTF_8)),
                            found -> requireNone(found, name, ++number[0]))) {
                lines.forEachOrdered(inOrder::add);
            }
        }
    }

    private static void requireNone(List<String> found, String file, int line) {
        if (!found.isEmpty()) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s line %d would still hold what looks like a secret (%s); nothing was written."
                                    .formatted(file, line, String.join(", ", found))
                            + " Leave that night out, and report the form of the secret.");
        }
    }

    private ObjectNode manifest() {
        var manifest = Json.object();
        manifest.put("format", "pantheon-night training data 1");
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

    private static void text(Path file, JsonNode json) throws IOException {
        Files.writeString(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }
}

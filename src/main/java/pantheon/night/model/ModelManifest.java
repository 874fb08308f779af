package pantheon.night.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.RegularFile;
import pantheon.night.disk.WholeFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The list of a model folder's files with their digests, {@code manifest.json} in the folder.
 *
 * @param name what the model is called
 * @param agents the names of those that it was trained for, none where it may serve any
 * @param files path inside the folder, {@code /} between its parts → SHA-256 in hex
 */
public record ModelManifest(String name, List<String> agents, SortedMap<String, String> files) {
    public static final String FILE = "manifest.json";

    private static final int MOST_BYTES = 1 << 22;

    private static final Schema SCHEMA = Schema.resource("/schema/model/manifest.json");

    public ModelManifest {
        agents = List.copyOf(agents);
    }

    /** SHA-256 over the lines {@code <digest>  <path>}, sorted by path: it stands for the whole model, whatever it is called and for. */
    public String digest() {
        return Sha256.hex(files.entrySet().stream()
                .map(file -> file.getValue() + "  " + file.getKey() + "\n")
                .collect(Collectors.joining()));
    }

    /** Whether the model was trained for an agent, or for none in particular. */
    public boolean knows(String agent) {
        return agents.isEmpty() || agents.contains(agent);
    }

    /** Makes the manifest of a folder from the files in it, and writes it there. */
    public static ModelManifest write(Path folder, String name, List<String> agents) {
        var manifest = new ModelManifest(name, agents, ModelFiles.digests(folder));
        var file = folder.resolve(FILE);
        try {
            WholeFile.replace(file, manifest.text());
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be written: %s. Check the folder's owner.".formatted(file, IoReason.of(e, file)),
                    e);
        }
        return manifest;
    }

    private String text() {
        var json = Json.object().put("format", 1).put("name", name);
        if (!agents.isEmpty()) {
            agents.forEach(json.putArray("agents")::add);
        }
        var digests = json.putObject("files");
        files.forEach(digests::put);
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    /**
     * Reads a folder's manifest and compares every file with it.
     *
     * @throws NightException with exit code 69 that names every file that is missing, surplus, or different
     */
    public static ModelManifest verified(Path folder) {
        var manifest = read(folder);
        var problems = manifest.problems(ModelFiles.digests(folder));
        if (!problems.isEmpty()) {
            throw new NightException(
                    ExitCode.UNAVAILABLE,
                    "model folder %s is not what its manifest says: %s. Restore it from its source, or check it and run pantheon-night model manifest --replace %s."
                            .formatted(folder, sentences(problems), folder));
        }
        return manifest;
    }

    /** What is wrong with the files whose digests were found, by path. */
    private Map<String, String> problems(Map<String, String> actual) {
        var problems = new TreeMap<String, String>();
        files.forEach((path, digest) -> {
            var found = actual.get(path);
            if (found == null) {
                problems.put(path, "is missing");
            } else if (!found.equals(digest)) {
                problems.put(path, "has SHA-256 %s; expected %s".formatted(found, digest));
            }
        });
        actual.keySet().stream()
                .filter(path -> !files.containsKey(path))
                .forEach(path -> problems.put(path, "is not in the manifest"));
        return problems;
    }

    /** A folder's manifest, its files unread; empty where there is none that can be read. */
    public static Optional<ModelManifest> peek(Path folder) {
        try {
            return Optional.of(read(folder));
        } catch (NightException e) {
            return Optional.empty();
        }
    }

    private static String sentences(Map<String, String> problems) {
        return problems.entrySet().stream()
                .map(problem -> problem.getKey() + " " + problem.getValue())
                .collect(Collectors.joining("; "));
    }

    private static ModelManifest read(Path folder) {
        var file = existing(folder);
        try {
            var json = Json.parse(RegularFile.text(file, MOST_BYTES));
            var violations = SCHEMA.check(json);
            if (!violations.isEmpty()) {
                throw unusable("%s is no manifest: %s".formatted(file, violations.getFirst()), folder, null);
            }
            return of(json);
        } catch (IOException | JacksonException e) {
            throw unusable("%s cannot be read: %s".formatted(file, IoReason.of(e, file)), folder, e);
        }
    }

    /** A folder without a manifest is told as that, before anything in it is looked at. */
    static void requireThere(Path folder) {
        existing(folder);
    }

    /** The manifest's file, which is there. */
    private static Path existing(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new NightException(
                    ExitCode.UNAVAILABLE,
                    "model folder %s does not exist; expected a folder with config.json, tokenizer.json and model.onnx. Set the model's path in the configuration."
                            .formatted(folder.toAbsolutePath()));
        }
        var file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new NightException(
                    ExitCode.UNAVAILABLE,
                    "model folder %s has no %s, so nobody can tell whether its files are the right ones. Check where they come from, then run pantheon-night model manifest %s."
                            .formatted(folder, FILE, folder));
        }
        return file;
    }

    private static ModelManifest of(JsonNode json) {
        var files = new TreeMap<String, String>();
        json.get("files")
                .properties()
                .forEach(entry -> files.put(entry.getKey(), entry.getValue().stringValue()));
        return new ModelManifest(
                json.get("name").stringValue(),
                json.path("agents").valueStream().map(JsonNode::stringValue).toList(),
                files);
    }

    private static NightException unusable(String what, Path folder, @Nullable Exception cause) {
        return new NightException(
                ExitCode.UNAVAILABLE,
                "%s. Make it anew with pantheon-night model manifest --replace %s.".formatted(what, folder),
                cause);
    }
}

package pantheon.night.model.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The tensors of a model's folder: in one file, {@code model.safetensors}, or in those that
 * {@code model.safetensors.index.json} names. Where both are there the one file is read, as transformers does.
 */
public final class SafetensorsFolder implements AutoCloseable {
    /** The file that holds all of them. */
    public static final String SINGLE = "model.safetensors";
    /** The file that says which file holds which. */
    public static final String INDEX = "model.safetensors.index.json";

    private static final int MOST_INDEX_BYTES = 1 << 24;
    private static final int MOST_FILES = 1 << 10;

    private final List<SafetensorsFile> files;
    private final Map<String, Held> tensors;

    /** A tensor, and the file that it is in. */
    public record Held(SafetensorsFile file, Safetensor tensor) {}

    private SafetensorsFolder(List<SafetensorsFile> files, Map<String, Held> tensors) {
        this.files = files;
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /** Whether a folder has any. */
    public static boolean isThere(Path folder) {
        return Files.exists(folder.resolve(SINGLE)) || Files.exists(folder.resolve(INDEX));
    }

    /**
     * Opens a folder's files and reads their headers.
     *
     * @throws NightException with exit code 65 where one is missing, damaged, or has other tensors than the index says
     */
    public static SafetensorsFolder open(Path folder) {
        if (Files.exists(folder.resolve(SINGLE))) {
            return open(List.of(folder.resolve(SINGLE)));
        }
        var index = index(folder.resolve(INDEX));
        var opened =
                open(new TreeSet<>(index.values()).stream().map(folder::resolve).toList());
        try {
            opened.requireAsIn(folder.resolve(INDEX), index);
            return opened;
        } catch (NightException e) {
            opened.close();
            throw e;
        }
    }

    private static SafetensorsFolder open(List<Path> paths) {
        var files = new ArrayList<SafetensorsFile>();
        var folder = new SafetensorsFolder(files, new LinkedHashMap<>());
        try {
            var tensors = new LinkedHashMap<String, Held>();
            for (var path : paths) {
                var file = SafetensorsFile.open(path);
                files.add(file);
                file.tensors().forEach((name, tensor) -> put(tensors, new Held(file, tensor)));
            }
            return new SafetensorsFolder(files, tensors);
        } catch (NightException e) {
            folder.close();
            throw e;
        }
    }

    private static void put(Map<String, Held> tensors, Held held) {
        var name = held.tensor().name();
        var other = tensors.put(name, held);
        if (other != null) {
            throw SafetensorsHeader.broken(
                    held.file().path(),
                    "tensor %s is also in %s"
                            .formatted(
                                    VisibleText.line(name), other.file().path().getFileName()));
        }
    }

    /** Tensor → file. */
    private static Map<String, String> index(Path file) {
        var map = json(file).path("weight_map");
        var index = new LinkedHashMap<String, String>();
        for (var entry : map.properties()) {
            var name = entry.getValue().asString("");
            if (name.isEmpty() || name.contains("/") || name.startsWith(".")) {
                throw SafetensorsHeader.broken(
                        file,
                        "it says that tensor %s is in %s; expected a file beside it"
                                .formatted(VisibleText.line(entry.getKey()), VisibleText.line(name)));
            }
            index.put(entry.getKey(), name);
        }
        long files = index.values().stream().distinct().count();
        if (files < 1 || files > MOST_FILES) {
            throw SafetensorsHeader.broken(
                    file, "its weight_map names %d files; expected 1 to %d".formatted(files, MOST_FILES));
        }
        return index;
    }

    private static JsonNode json(Path file) {
        try {
            return Json.parse(RegularFile.text(file, MOST_INDEX_BYTES));
        } catch (IOException | JacksonException e) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s cannot be read: %s. Check that it is there and its permissions."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    private void requireAsIn(Path file, Map<String, String> index) {
        index.forEach((name, expected) -> {
            var held = tensors.get(name);
            if (held == null || !held.file().path().endsWith(expected)) {
                throw SafetensorsHeader.broken(
                        file,
                        "it says that tensor %s is in %s, which is not so"
                                .formatted(VisibleText.line(name), VisibleText.line(expected)));
            }
        });
        for (var held : tensors.values()) {
            if (!index.containsKey(held.tensor().name())) {
                throw SafetensorsHeader.broken(
                        held.file().path(),
                        "tensor %s is not named by %s"
                                .formatted(VisibleText.line(held.tensor().name()), file.getFileName()));
            }
        }
    }

    /** The tensors by their names. */
    public Map<String, Held> tensors() {
        return tensors;
    }

    /** The files, in the order of their names. */
    public List<Path> files() {
        return files.stream().map(SafetensorsFile::path).toList();
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}

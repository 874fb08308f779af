package pantheon.night.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pantheon.night.contract.Json;
import pantheon.night.training.duplicates.Split;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The files of training data that are being written, one a form, a split and a stage. */
final class Dataset implements AutoCloseable {
    /** The forms that are always written; OpenAI's on request. */
    static final String CONVERSATIONS = "sft_tools";

    static final String TURNS = "sft_gen";
    /** The same conversations with strings alone, as ShareGPT had them. */
    static final String STRINGS = "sft_sharegpt";

    static final String CALLS = "calls";
    static final String OUTPUTS = "outputs";
    static final String OPEN_AI = "sft_tools.openai";
    static final String FAILED = "failed";

    private final Path folder;
    private final Map<String, DatasetFile> files = new TreeMap<>();

    Dataset(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the rows of one sample.
     *
     * @param lines by form
     */
    void add(Place place, Map<String, List<byte[]>> lines) throws IOException {
        for (var form : lines.entrySet()) {
            if (!form.getValue().isEmpty()) {
                var file = file(place.folder() + "/" + form.getKey() + place.ending());
                for (var line : form.getValue()) {
                    file.add(line);
                }
            }
        }
    }

    /**
     * Where a sample's rows go.
     *
     * @param ending of the files' names, with the stage where there are several, for example {@code .stage-2.jsonl}
     */
    record Place(String folder, String ending) {}

    void addFailed(byte[] line) throws IOException {
        file(FAILED + ".jsonl").add(line);
    }

    private DatasetFile file(String name) throws IOException {
        var there = files.get(name);
        if (there == null) {
            there = new DatasetFile(folder, name);
            files.put(name, there);
        }
        return there;
    }

    /** Whether a split got any rows. */
    boolean has(Split split) {
        return files.keySet().stream().anyMatch(name -> name.startsWith(split.folder() + "/"));
    }

    /** The files with their rows, bytes and digests, sorted by name; closed before. */
    ArrayNode json() {
        var json = Json.MAPPER.createArrayNode();
        files.values().forEach(file -> json.add(file.json()));
        return json;
    }

    /** The index that LLaMA-Factory reads: the files that its reader leaves as they are, and their forms. */
    ObjectNode info() {
        var info = Json.object();
        for (var name : files.keySet()) {
            var form = name.substring(name.indexOf('/') + 1).replaceFirst("(\\.stage-\\d+)?\\.jsonl$", "");
            var entry = Json.object().put("file_name", name);
            switch (form) {
                case STRINGS -> {
                    entry.put("formatting", "sharegpt");
                    entry.putObject("columns")
                            .put("messages", "conversations")
                            .put("system", "system")
                            .put("tools", "tools");
                    entry.putObject("tags")
                            .put("role_tag", "from")
                            .put("content_tag", "value")
                            .put("user_tag", "human")
                            .put("assistant_tag", "gpt")
                            .put("observation_tag", "observation")
                            .put("function_tag", "function_call");
                }
                case TURNS -> entry.putObject("columns").put("prompt", "prompt").put("response", "completion");
                default -> {
                    continue; // its reader takes the others for tables, whose rows all have the same keys
                }
            }
            info.set("pantheon_night_" + name.replaceFirst("\\.jsonl$", "").replaceAll("[^a-z0-9]+", "_"), entry);
        }
        return info;
    }

    @Override
    public void close() {
        for (var file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package pantheon.night.engine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The model behind an engine.
 *
 * @param name the folder's or the server's name for it
 * @param digest lower-case SHA-256 in hex over the model's manifest
 * @param contextTokens the most tokens that prompt and generation may have together
 * @param controlTexts the texts that the tokenizer turns into control tokens
 * @param origin where it runs, always on this machine, for example {@code process:onnx}
 * @param sequences how many conversations it goes on with at once before one waits for another, 1 or more
 * @param facts what else decides how it answers, by name, for the journal: its runtime's version, its precision, how it
 *     decodes
 */
public record EngineModel(
        String name,
        String digest,
        int contextTokens,
        List<String> controlTexts,
        String origin,
        int sequences,
        Map<String, String> facts) {
    /** One that goes on with a single conversation, and of which nothing else is told. */
    public EngineModel(String name, String digest, int contextTokens, List<String> controlTexts, String origin) {
        this(name, digest, contextTokens, controlTexts, origin, 1, Map.of());
    }

    public EngineModel {
        if (contextTokens < 1) {
            throw new IllegalArgumentException("contextTokens is " + contextTokens + "; expected 1 or more");
        }
        if (sequences < 1) {
            throw new IllegalArgumentException("sequences is " + sequences + "; expected 1 or more");
        }
        controlTexts = List.copyOf(controlTexts);
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }
}

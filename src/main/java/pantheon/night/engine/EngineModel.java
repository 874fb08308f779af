package pantheon.night.engine;

import java.util.List;

/**
 * The model behind an engine.
 *
 * @param name the folder's or the server's name for it
 * @param digest lower-case SHA-256 in hex over the model's manifest
 * @param contextTokens the most tokens that prompt and generation may have together
 * @param controlTexts the texts that the tokenizer turns into control tokens
 * @param origin where it runs, always on this machine, for example {@code process:onnx}
 */
public record EngineModel(String name, String digest, int contextTokens, List<String> controlTexts, String origin) {
    public EngineModel {
        if (contextTokens < 1) {
            throw new IllegalArgumentException("contextTokens is " + contextTokens + "; expected 1 or more");
        }
        controlTexts = List.copyOf(controlTexts);
    }
}

package pantheon.night.engine.openvino;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import pantheon.night.engine.Decoding;
import pantheon.night.prompt.ChatFormat;

/**
 * How a model is run.
 *
 * @param libraries the folder of OpenVINO's libraries, null for the usual ones
 * @param device {@code CPU}, {@code GPU} or {@code NPU}, possibly with a number as in {@code GPU.1}
 * @param threads the threads of one operation on a CPU, 1 to 64
 * @param contextTokens the most tokens of prompt and generation together; 0 for what the model claims
 * @param sequences how many conversations go on at once before one waits for another, 1 to 64
 * @param format how it has conversations written, and so what ends an answer
 * @param decoding how the tokens behind a prompt are computed
 */
public record OpenVinoOptions(
        @Nullable Path libraries,
        String device,
        Precision precision,
        int threads,
        int contextTokens,
        int sequences,
        ChatFormat format,
        Decoding decoding) {
    public OpenVinoOptions {
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads is " + threads + "; expected 1 to 64");
        }
        if (sequences < 1 || sequences > 64) {
            throw new IllegalArgumentException("sequences is " + sequences + "; expected 1 to 64");
        }
        if (contextTokens < 0) {
            throw new IllegalArgumentException("contextTokens is " + contextTokens + "; expected 0 or more");
        }
    }
}

package pantheon.night.engine.onnx;

import pantheon.night.prompt.ChatFormat;

/**
 * How a model is run.
 *
 * @param threads the threads of one operation, 1 to 64
 * @param contextTokens the most tokens of prompt and generation together; 0 for what the model claims
 * @param format how it has conversations written, and so what ends an answer
 */
public record OnnxOptions(int threads, int contextTokens, ChatFormat format) {
    public OnnxOptions {
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads is " + threads + "; expected 1 to 64");
        }
        if (contextTokens < 0) {
            throw new IllegalArgumentException("contextTokens is " + contextTokens + "; expected 0 or more");
        }
    }
}

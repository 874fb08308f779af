package pantheon.night.engine.server;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pantheon.night.prompt.ChatFormat;

/**
 * How a model is asked of a server.
 *
 * @param socket the server's Unix socket, an absolute path
 * @param model the model's name at the server, null where it serves one alone
 * @param adapter the name of a LoRA adapter at the server, null for none
 * @param tokenizer a folder with the model's {@code tokenizer.json}, null where there is none at hand: then prompts are
 *     sent as text, and the server tells which of it are control tokens
 * @param contextTokens the most tokens of prompt and generation together; 0 for what the server has
 * @param sequences how many requests it is asked at once; 0 for as many as it says that it serves
 * @param format how the model has conversations written
 * @param patience how long it may take to be ready, at the start and after it was lost, and to begin an answer
 * @param silence how long it may say nothing within an answer
 */
public record ServerOptions(
        Path socket,
        @Nullable String model,
        @Nullable String adapter,
        @Nullable Path tokenizer,
        int contextTokens,
        int sequences,
        ChatFormat format,
        Duration patience,
        Duration silence) {
    public ServerOptions {
        if (contextTokens < 0 || sequences < 0) {
            throw new IllegalArgumentException(
                    "contextTokens is %d, sequences %d; expected 0 or more".formatted(contextTokens, sequences));
        }
    }
}

package pantheon.night.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/**
 * One task's folder of artifacts, append-only, for a person to look at by day.
 *
 * <p>{@code input.json}, {@code prompt.txt}, {@code tool_calls.jsonl}, {@code output.json}, {@code diff.patch},
 * {@code tests.log}, {@code metrics.json}, and where the task was not accepted {@code error.json}.
 */
final class Artifacts {
    private final @Nullable Path folder;

    private Artifacts() {
        folder = null;
    }

    /** @param folder is made; what an interrupted attempt left there is put aside first */
    Artifacts(Path folder) {
        this.folder = folder;
        try {
            if (Files.exists(folder)) {
                putAside(folder);
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /** Artifacts that nobody keeps, for a replay. */
    static Artifacts none() {
        return new Artifacts();
    }

    /** Moves it to {@code .interrupted/<task>.<attempt>} beside it; no task's id begins with a dot. */
    private static void putAside(Path folder) throws IOException {
        var aside = Files.createDirectories(folder.resolveSibling(".interrupted"));
        int attempt = 1;
        while (Files.exists(aside.resolve(folder.getFileName() + "." + attempt))) {
            attempt++;
        }
        Files.move(folder, aside.resolve(folder.getFileName() + "." + attempt));
    }

    void json(String name, JsonNode value) {
        text(name, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
    }

    void text(String name, String content) {
        write(name, content, StandardOpenOption.TRUNCATE_EXISTING);
    }

    void append(String name, String line) {
        write(name, line + "\n", StandardOpenOption.APPEND);
    }

    private void write(String name, String content, StandardOpenOption how) {
        if (folder == null) {
            return;
        }
        var file = folder.resolve(name);
        try {
            Files.writeString(
                    file,
                    content.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF) ? paired(content) : content,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    how);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** The same text with each half surrogate pair as U+FFFD, since UTF-8 has none. */
    private static String paired(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static NightException failed(Path file, IOException e) {
        return new NightException(
                ExitCode.IO,
                "%s cannot be written: %s. Check the disk's free space and the folder's owner.".formatted(file, e),
                e);
    }
}

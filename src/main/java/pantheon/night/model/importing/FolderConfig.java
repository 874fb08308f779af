package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A Hugging Face folder's {@code config.json}, or another file of settings, with what is said where a value is missing. */
record FolderConfig(Path file, JsonNode json) {
    private static final int MOST_BYTES = 1 << 24;

    /**
     * Reads a file that has to be there.
     *
     * @throws NightException with exit code 65 where it is no JSON object
     */
    static FolderConfig of(Path file) {
        try {
            var json = Json.parse(RegularFile.text(file, MOST_BYTES));
            if (json.isObject()) {
                return new FolderConfig(file, json);
            }
            throw Foreign.broken(file, "it is no JSON object");
        } catch (IOException | JacksonException e) {
            throw Foreign.broken(file, "it cannot be read: " + IoReason.of(e, file));
        }
    }

    static Optional<FolderConfig> find(Path file) {
        return Files.exists(file) ? Optional.of(of(file)) : Optional.empty();
    }

    /** Whether something stands there, and not null. */
    boolean has(String key) {
        return json.hasNonNull(key);
    }

    /** A whole number, or another where there is none. */
    int number(String key, int otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    int number(String key) {
        var value = json.path(key);
        if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
            throw Foreign.broken(
                    file, "its %s is %s; expected a whole number".formatted(key, VisibleText.line(written(value))));
        }
        return value.intValue();
    }

    double decimal(String key, double otherwise) {
        var value = json.path(key);
        if (has(key) && !value.isNumber()) {
            throw Foreign.broken(
                    file, "its %s is %s; expected a number".formatted(key, VisibleText.line(written(value))));
        }
        return has(key) ? value.doubleValue() : otherwise;
    }

    /** False where nothing is said. */
    boolean flag(String key) {
        var value = json.path(key);
        if (has(key) && !value.isBoolean()) {
            throw Foreign.broken(
                    file, "its %s is %s; expected true or false".formatted(key, VisibleText.line(written(value))));
        }
        return value.asBoolean(false);
    }

    /** A text, or another where there is none. */
    String text(String key, String otherwise) {
        return json.path(key).asString(otherwise);
    }

    private static String written(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }
}

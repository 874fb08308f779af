package pantheon.night.prompt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.RegularFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The chat template that a model's folder ships, as the file {@code chat_template.jinja} or in its tokenizer's settings. */
record ModelTemplate(Path file, String text) {
    private static final int MOST_BYTES = 1 << 24;

    /** Empty where the folder has none, or none that can be read; the model itself then cannot be loaded either. */
    static Optional<ModelTemplate> of(Path folder) {
        return file(folder.resolve("chat_template.jinja")).or(() -> settings(folder.resolve("tokenizer_config.json")));
    }

    String digest() {
        return Sha256.hex(text);
    }

    private static Optional<ModelTemplate> settings(Path file) {
        return file(file)
                .flatMap(settings -> template(settings.json().path("chat_template"))
                        .filter(JsonNode::isString)
                        .map(template -> new ModelTemplate(file, template.stringValue())));
    }

    /** Some models have several, by their names; the one that shows tools is ours. */
    private static Optional<JsonNode> template(JsonNode given) {
        return given.isArray()
                ? Stream.of("tool_use", "default")
                        .flatMap(name -> given.valueStream()
                                .filter(each -> each.path("name").asString("").equals(name)))
                        .map(each -> each.path("template"))
                        .findFirst()
                : Optional.of(given);
    }

    private JsonNode json() {
        try {
            return Json.parse(text);
        } catch (JacksonException e) {
            throw new NightException(
                    ExitCode.UNAVAILABLE,
                    "%s is no JSON: %s. Restore the model folder from its source.".formatted(file, Json.why(e)),
                    e);
        }
    }

    private static Optional<ModelTemplate> file(Path file) {
        try {
            return Optional.of(new ModelTemplate(file, RegularFile.text(file, MOST_BYTES)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

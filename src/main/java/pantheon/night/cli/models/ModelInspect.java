package pantheon.night.cli.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.cli.option.OutputOptions;
import pantheon.night.model.importing.ModelFacts;
import pantheon.night.prompt.ChatFormats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what a model is, before it is loaded. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Says what a model is and how much memory it needs; it is not loaded.")
final class ModelInspect implements Callable<Integer> {
    @Parameters(paramLabel = "FILE|FOLDER", description = "A GGUF file, a Hugging Face folder, or a model folder.")
    private Path place = Path.of("");

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var facts = ModelFacts.of(place);
        if (Files.isDirectory(place)) {
            format(facts);
        }
        var words = output.output();
        words.result(facts);
        facts.properties().forEach(fact -> words.say(fact.getKey() + ": " + said(fact.getKey(), fact.getValue())));
        return 0;
    }

    private static String said(String name, JsonNode value) {
        if (name.equals("types")) {
            return each(value, (type, share) -> "%s %.1f %%".formatted(type, 100 * share.asDouble()));
        }
        if (name.equals("memoryBytes")) {
            return each(value, (slots, bytes) -> "%s at %s".formatted(megabytes(bytes), slots));
        }
        if (value.isObject()) {
            return each(value, (key, part) -> key + " " + VisibleText.line(part.asString()));
        }
        return name.equals("weightBytes") ? megabytes(value) : VisibleText.line(value.asString());
    }

    private static String each(JsonNode parts, BiFunction<String, JsonNode, String> said) {
        return parts.properties().stream()
                .map(part -> said.apply(VisibleText.line(part.getKey()), part.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String megabytes(JsonNode bytes) {
        return "%,d MB".formatted(Math.ceilDiv(bytes.asLong(), 1_000_000));
    }

    private void format(ObjectNode facts) {
        try {
            var found = ChatFormats.found(place);
            facts.put("chatFormat", found.format().name());
            found.note().ifPresent(note -> facts.put("chatNote", note));
        } catch (NightException e) {
            facts.put("chatNote", String.valueOf(e.getMessage()));
        }
    }
}

package pantheon.night.prompt;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pantheon.night.ExitCode;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.contract.Sha256;

/** The chat formats that are known, and which of them a model has. */
public final class ChatFormats {
    public static final ChatFormat QWEN = KnownFormats.QWEN;

    /** Another name of Qwen's: JSON calls as Hermes has them, in turns of ChatML. */
    private static final String HERMES = "hermes";

    private static final List<ChatFormat> ALL =
            Stream.concat(Stream.of(QWEN), KnownFormats.ALL.stream()).toList();

    /** SHA-256 of a template → the format that writes the same bytes in a tool loop. */
    static final Map<String, ChatFormat> BY_TEMPLATE = byTemplate();

    private ChatFormats() {}

    private static Map<String, ChatFormat> byTemplate() {
        var own = ALL.stream().collect(Collectors.toMap(format -> Sha256.hex(format.template()), format -> format));
        own.putAll(KnownFormats.BY_TEMPLATE);
        return KeptOrder.map(own);
    }

    /**
     * The format of a model, and how it was found.
     *
     * @param note what is to be said of it; empty where the template writes the same bytes
     */
    public record Found(ChatFormat format, Optional<String> note) {}

    /** What configuration may name. */
    public static List<String> names() {
        return Stream.concat(Stream.of(HERMES), ALL.stream().map(ChatFormat::name))
                .toList();
    }

    /** The format of a name that is one of {@link #names}. */
    public static ChatFormat named(String name) {
        return ALL.stream()
                .filter(format -> format.name().equals(name) || (name.equals(HERMES) && format.equals(QWEN)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no format " + name + "; expected one of " + names()));
    }

    /**
     * The format of a model's folder: by its chat template, Qwen's where it ships none.
     *
     * @throws NightException with exit code 78 where the template is not known
     */
    public static ChatFormat of(Path folder) {
        return found(folder).format();
    }

    /**
     * As {@link #of}, with what is to be said of it.
     *
     * @throws NightException with exit code 78 where the template is not known
     */
    public static Found found(Path folder) {
        return found(folder, BY_TEMPLATE);
    }

    static Found found(Path folder, Map<String, ChatFormat> byTemplate) {
        return ModelTemplate.of(folder)
                .map(template -> found(template, byTemplate))
                .orElseGet(() -> new Found(QWEN, Optional.empty()));
    }

    private static Found found(ModelTemplate template, Map<String, ChatFormat> byTemplate) {
        var known = byTemplate.get(template.digest());
        if (known != null) {
            return new Found(known, Optional.empty());
        }
        return switch (TemplateMarkers.in(template.text())) {
            case TemplateMarkers.Found.Of of ->
                new Found(
                        of.format(),
                        Optional.of(
                                "the chat template in %s is none of those that were compared; by what stands in it, its conversations are written as %s"
                                        .formatted(template.file(), of.format().name())));
            case TemplateMarkers.Found.NoTools noTools ->
                new Found(
                        QWEN,
                        Optional.of(
                                "the chat template in %s shows no tools and no calls; conversations are written as %s has them, so the model learns of calls by its prompt alone"
                                        .formatted(template.file(), HERMES)));
            case TemplateMarkers.Found.Unknown unknown -> throw unknown(template, unknown.words());
        };
    }

    private static NightException unknown(ModelTemplate template, String words) {
        return new NightException(
                ExitCode.CONFIG,
                "the chat template in %s is not known: %s; its SHA-256 is %s. Set the model's format to one of %s if its conversations are written so, or name another model."
                        .formatted(template.file(), words, template.digest(), names()));
    }
}

package pantheon.night.prompt;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Sha256;

/** The chat formats that are known, and which of them a model has. */
public final class ChatFormats {
    public static final ChatFormat QWEN = new QwenFormat();

    private static final List<ChatFormat> ALL = List.of(QWEN);

    /** SHA-256 of a template → the format that writes the same bytes in a tool loop. */
    static final Map<String, ChatFormat> BY_TEMPLATE = Map.of(
            "cd8e9439f0570856fd70470bf8889ebd8b5d1107207f67a5efb46e342330527f",
            QWEN, // Qwen2.5-Instruct
            "a55ee1b1660128b7098723e0abcd92caa0788061051c62d51cbe87d9cf1974d8",
            QWEN, // Qwen3
            "64f85b198065d0fba2a81f37e10ed68161ce2c19a754c7100e67e0ca2ee9c326",
            QWEN, // Qwen3-Instruct-2507
            Sha256.hex(QWEN.template()),
            QWEN); // what mining writes

    private ChatFormats() {}

    /** What configuration may name. */
    public static List<String> names() {
        return ALL.stream().map(ChatFormat::name).toList();
    }

    /** The format of a name that is one of {@link #names}. */
    public static ChatFormat named(String name) {
        return ALL.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no format " + name + "; expected one of " + names()));
    }

    /**
     * The format of a model's folder: by its chat template, Qwen's where it ships none.
     *
     * @throws NightException with exit code 78 where the template is not known
     */
    public static ChatFormat of(Path folder) {
        return of(folder, BY_TEMPLATE);
    }

    static ChatFormat of(Path folder, Map<String, ChatFormat> byTemplate) {
        return ModelTemplate.of(folder)
                .map(template -> known(template, byTemplate))
                .orElse(QWEN);
    }

    private static ChatFormat known(ModelTemplate template, Map<String, ChatFormat> byTemplate) {
        var format = byTemplate.get(template.digest());
        if (format == null) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "the chat template in %s is not known; its SHA-256 is %s. Set the model's format to one of %s if its conversations are written so, or name another model."
                            .formatted(template.file(), template.digest(), names()));
        }
        return format;
    }
}

package pantheon.night.cli.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.prompt.ChatFormats;
import picocli.CommandLine.Option;

/** What runs the sample's model: this process, or a server. */
public final class DemoEngine {
    /** Most models' own, or near to it; a model whose format is another needs to be told. */
    private static final String USUAL = "hermes";

    @Option(
            names = "--engine",
            paramLabel = "SOCKET",
            description = "The Unix socket of a server whose model runs the demo, in place of the embedded model.")
    private @Nullable Path socket;

    @Option(
            names = "--tokenizer",
            paramLabel = "DIR",
            description = "With --engine: a folder with the tokenizer of the server's model.")
    private @Nullable Path tokenizer;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description =
                    "With --engine: how the server's model has conversations written; what the folder of --tokenizer says, else hermes.")
    private @Nullable String format;

    /** Asks that the options fit together. */
    public void require() {
        if (socket == null && (tokenizer != null || format != null)) {
            throw new NightException(
                    ExitCode.USAGE,
                    "%s says something of a server's model, but no server is named. Name its socket with --engine."
                            .formatted(tokenizer == null ? "--format" : "--tokenizer"));
        }
        if (format != null && !ChatFormats.names().contains(format)) {
            throw new NightException(
                    ExitCode.USAGE,
                    "--format is \"%s\"; expected one of %s. Correct it.".formatted(format, ChatFormats.names()));
        }
    }

    public boolean isServer() {
        return socket != null;
    }

    /**
     * The model's keys in the configuration, in YAML.
     *
     * @param embedded the folder of the embedded model
     */
    public String keys(Path embedded) {
        if (socket == null) {
            return key("path", embedded.toString());
        }
        return key("engine", "server")
                + key("socket", socket.toAbsolutePath().toString())
                + (tokenizer == null
                        ? ""
                        : key("tokenizer", tokenizer.toAbsolutePath().toString()))
                + (format == null && tokenizer != null ? "" : key("format", format == null ? USUAL : format));
    }

    private static String key(String name, String value) {
        return "    %s: %s\n".formatted(name, Json.quote(value));
    }
}

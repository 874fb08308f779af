package pantheon.night.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every command has: where the configuration is, and how much is said. */
public final class ConfigOptions {
    private static final List<Path> PLACES =
            List.of(Path.of("pantheon-night.yaml"), Path.of("/etc/pantheon-night/pantheon-night.yaml"));

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = {
                "The configuration. Without it: the variable",
                "PANTHEON_NIGHT_CONFIG, ./pantheon-night.yaml,",
                "/etc/pantheon-night/pantheon-night.yaml."
            })
    private @Nullable Path config;

    public Path file() {
        var file = find().orElseThrow(() -> new NightException(
                ExitCode.CONFIG,
                "no configuration found; looked at %s. Name one with --config, or try pantheon-night demo DIR."
                        .formatted(PLACES)));
        output().aside("config:    " + file.toAbsolutePath().normalize());
        return file;
    }

    /** The configuration, empty where none was named and none is in its places. */
    public Optional<Path> find() {
        var named = named();
        if (named.isPresent()) {
            return named;
        }
        var variable = System.getenv("PANTHEON_NIGHT_CONFIG");
        if (variable != null) {
            return Optional.of(notEmpty(Path.of(variable), "PANTHEON_NIGHT_CONFIG", ExitCode.CONFIG));
        }
        return PLACES.stream().filter(Files::exists).findFirst();
    }

    /** The configuration that an option names, empty where none does. */
    public Optional<Path> named() {
        return Optional.ofNullable(config)
                .or(() -> GivenAbove.value(spec, "--config"))
                .map(file -> notEmpty(file, "--config", ExitCode.USAGE));
    }

    private static Path notEmpty(Path file, String namedBy, ExitCode exitCode) {
        if (file.toString().isEmpty()) {
            throw new NightException(
                    exitCode,
                    "%s is empty; expected the configuration's file. Name it, or leave it out.".formatted(namedBy));
        }
        return file;
    }

    public Output output() {
        return output.output();
    }
}

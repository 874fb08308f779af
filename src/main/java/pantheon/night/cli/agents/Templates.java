package pantheon.night.cli.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;

/** Files to begin with. */
final class Templates {
    private Templates() {}

    /** A file that ships inside of the program. */
    static String text(String name) {
        try (var in = Objects.requireNonNull(Templates.class.getResourceAsStream("/template/" + name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a file that is not there yet.
     *
     * @throws NightException with exit code 73 where it is, or cannot be written
     */
    static void write(Path file, String text) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be written: %s. Name another, or remove it."
                            .formatted(file, Files.exists(file) ? "it is there already" : IoReason.of(e, file)),
                    e);
        }
    }
}

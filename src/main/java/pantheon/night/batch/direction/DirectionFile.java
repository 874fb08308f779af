package pantheon.night.batch.direction;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.disk.RegularFile;
import pantheon.night.disk.WholeFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The file in the state folder through which a night that runs is directed: a person's command replaces it, and the night
 * reads it. It names the night that it is meant for, and says nothing to another one.
 */
public final class DirectionFile {
    private static final int MOST_BYTES = 1 << 12;
    private static final Schema SCHEMA = Schema.resource("/schema/direction.json");

    private final Path file;

    /** @param file need not be there */
    public DirectionFile(Path file) {
        this.file = file;
    }

    /**
     * What a night is directed to, {@link Direction#NONE} where nobody did.
     *
     * @throws NightException with exit code 65 where the file is none, 74 where it cannot be read
     */
    public Direction read(String run) {
        try {
            var json = Json.parse(RegularFile.text(file, MOST_BYTES));
            var wrong = SCHEMA.check(json);
            if (!wrong.isEmpty()) {
                throw broken(wrong.getFirst().toString(), null);
            }
            return run.equals(json.get("run").stringValue()) ? direction(json) : Direction.NONE;
        } catch (NoSuchFileException e) {
            return Direction.NONE;
        } catch (JacksonException | DateTimeException e) {
            throw broken(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "%s cannot be read: %s. Check its permissions.".formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    private static Direction direction(JsonNode json) {
        var until = json.get("until");
        return new Direction(
                json.get("paused").booleanValue(), until == null ? null : Instant.parse(until.stringValue()));
    }

    private NightException broken(String what, @Nullable Throwable cause) {
        return new NightException(
                ExitCode.DATA,
                "%s directs no night: %s. Remove it; pantheon-night pause, resume and until write it anew."
                        .formatted(file, what),
                cause);
    }

    /**
     * Directs a night.
     *
     * @throws NightException with exit code 73 where the file cannot be written
     */
    public void write(String run, Direction direction) {
        var json = Json.object().put("run", run).put("paused", direction.paused());
        var until = direction.until();
        if (until != null) {
            json.put("until", until.toString());
        }
        try {
            WholeFile.replace(file, Json.write(json) + "\n");
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the night cannot be directed: %s cannot be written: %s. Ask as the night's own user, or as root."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }
}

package pantheon.night.past;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import pantheon.night.disk.WholeFile;
import pantheon.night.journal.Shard;
import pantheon.night.journal.StateFolder;
import tools.jackson.core.JacksonException;

/**
 * Which shard a state folder is for: what {@code shard.json} in it says, else what its nights say. A number of shards that
 * changed would have tasks done twice, or by nobody.
 */
public record ShardState(StateFolder state) {
    private static final int MOST_BYTES = 4096;

    /**
     * Takes the folder for a shard, or for a whole queue.
     *
     * @param shard null for a whole queue
     * @throws NightException with exit code 64 where it is another one's, 65 where its file cannot be read, 73 where it
     *     cannot be written
     */
    public void claim(@Nullable Shard shard, History history) {
        var file = state.shard();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            require(read(file), shard);
        } else {
            if (!history.runs().isEmpty()) {
                require(history.shard(), shard);
            }
            if (shard != null) {
                write(file, shard);
            }
        }
    }

    /**
     * What the file says; empty where there is none.
     *
     * @throws NightException with exit code 65 where it cannot be read
     */
    public Optional<Shard> known() {
        var file = state.shard();
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(read(file)) : Optional.empty();
    }

    private void require(@Nullable Shard known, @Nullable Shard shard) {
        if (!Shard.isSame(known, shard)) {
            throw new NightException(
                    ExitCode.USAGE,
                    "%s is the state of %s, and this start is for %s. %s, or set state and log to folders of its own."
                            .formatted(state.path(), words(known), words(shard), remedy(known)));
        }
    }

    private static String words(@Nullable Shard shard) {
        return shard == null ? "a whole queue" : shard.words();
    }

    private static String remedy(@Nullable Shard known) {
        return known == null ? "Leave --shard and shards out" : "Say --shard " + known.text();
    }

    private static Shard read(Path file) {
        try {
            var json = Json.parse(RegularFile.text(file, MOST_BYTES));
            var shard = Shard.of(json);
            if (shard.isPresent() && json.path("hash").asString("").equals(Shard.HASH)) {
                return shard.get();
            }
            throw broken(file, "it is no shard whose hash is " + Shard.HASH, null);
        } catch (IOException | JacksonException e) {
            throw broken(file, IoReason.of(e, file), e);
        }
    }

    private static NightException broken(Path file, String why, @Nullable Exception cause) {
        return new NightException(
                ExitCode.DATA,
                "%s cannot be read: %s. Put back what this program wrote there, or remove it: the first line of the newest journal says the same."
                        .formatted(file, why),
                cause);
    }

    private static void write(Path file, Shard shard) {
        var json = shard.json().put("hash", Shard.HASH);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeFile.replace(file, Json.write(json) + "\n");
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be written: %s. Check the folder's owner and the disk's free space."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }
}

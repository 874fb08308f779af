package pantheon.night.gather;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.config.ConfigLoader;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.Shard;
import pantheon.night.journal.StateFolder;
import pantheon.night.past.History;
import pantheon.night.past.ShardState;

/**
 * Where a shard's nights are.
 *
 * @param named as a person named it
 * @param repository in which it worked, where that is known
 */
public record ShardPlace(
        Path named,
        StateFolder state,
        LogFolder log,
        @Nullable Path repository) {
    private static final String CONFIGURATION = "pantheon-night.yaml";

    /**
     * Finds a shard by what a person named: its configuration file, a folder with one, a folder with the shard's {@code
     * state} and {@code log}, or the state folder itself with {@code log} beside it.
     *
     * @return empty where there is nothing yet
     * @throws NightException with exit code 64 where something else is there
     */
    public static Optional<ShardPlace> find(Path named) {
        var place = named.toAbsolutePath().normalize();
        if (!Files.exists(place)) {
            return Optional.empty();
        }
        if (Files.isRegularFile(place)) {
            return Optional.of(configured(named, place));
        }
        if (Files.isRegularFile(place.resolve(CONFIGURATION))) {
            return Optional.of(configured(named, place.resolve(CONFIGURATION)));
        }
        if (Files.isDirectory(place.resolve("state")) || Files.isDirectory(place.resolve("log"))) {
            return Optional.of(beside(named, place, place.resolve("state")));
        }
        var folder = place.getParent();
        if (folder != null && isState(place)) {
            return Optional.of(beside(named, folder, place));
        }
        throw new NightException(
                ExitCode.USAGE,
                "%s is no shard's: it has neither state nor log in it, is no state folder with log beside it, and has no %s. Name one of these."
                        .formatted(named, CONFIGURATION));
    }

    /** The journals of its nights, oldest first. */
    List<Path> journals() {
        return History.journals(log.path());
    }

    /** Which shard it is, as its newest night says, else its state; empty where neither does. */
    Optional<Shard> shard() {
        return journals().reversed().stream()
                .flatMap(journal -> JournalReader.first(journal).stream())
                .findFirst()
                .map(entry -> entry.event() instanceof NightStarted started
                        ? Optional.ofNullable(started.shard())
                        : Optional.<Shard>empty())
                .orElseGet(() -> new ShardState(state).known());
    }

    private static boolean isState(Path place) {
        return Files.exists(place.resolve("shard.json"))
                || Files.exists(place.resolve("lock"))
                || Files.isDirectory(place.resolve("artifacts"));
    }

    private static ShardPlace beside(Path named, Path folder, Path state) {
        var workspace = folder.resolve("workspace");
        return new ShardPlace(
                named,
                new StateFolder(state),
                new LogFolder(folder.resolve("log")),
                Files.isDirectory(workspace) ? workspace : null);
    }

    private static ShardPlace configured(Path named, Path file) {
        var config = ConfigLoader.load(file, Map.of(), Map.of()).config();
        return new ShardPlace(named, new StateFolder(config.state()), new LogFolder(config.log()), config.workspace());
    }
}

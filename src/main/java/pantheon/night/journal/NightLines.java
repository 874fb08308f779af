package pantheon.night.journal;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.JournalReader.Entry;
import pantheon.night.journal.NightEvent.GatheredShard;
import pantheon.night.journal.NightEvent.NightGathered;

/**
 * The lines of a night for whoever wants to know what became of its tasks: those of its journal, and where it was
 * gathered, those of its shards' tasks, from the journals that lie beside it.
 */
public final class NightLines {
    private NightLines() {}

    /**
     * Reads a night.
     *
     * @param entries takes each line; what a shard says of itself, and no task, is left out
     * @throws NightException with exit code 65 where one of the journals is broken, or is not the one that was gathered
     */
    public static JournalReader.End read(Path journal, Consumer<Entry> entries) {
        return read(journal, entries, (shard, entry) -> {
            if (isOfItsTasks(entry.event())) {
                entries.accept(entry);
            }
        });
    }

    /** Takes the lines of a shard's night. */
    @FunctionalInterface
    public interface ShardLines {
        void take(GatheredShard shard, Entry entry);
    }

    /** The same; the lines of shards are somebody else's, all of them. */
    public static JournalReader.End read(Path journal, Consumer<Entry> entries, ShardLines shards) {
        return JournalReader.readToEnd(journal, entry -> {
            entries.accept(entry);
            if (entry.event() instanceof NightGathered gathered) {
                gathered.shards().forEach(shard -> read(journal, shard, shards));
            }
        });
    }

    /** Where the journal of a gathered shard is. */
    public static Path file(Path journal, GatheredShard shard) {
        var log = new LogFolder(Objects.requireNonNull(journal.toAbsolutePath().getParent()));
        return log.shard(shard.run());
    }

    private static void read(Path journal, GatheredShard shard, ShardLines lines) {
        var file = file(journal, shard);
        var end = JournalReader.readToEnd(file, entry -> lines.take(shard, entry));
        if (!end.head().equals(shard.head())) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s has the head %s; expected %s, as %s says. Put back the journal that was gathered; it is in the log of shard %d too."
                            .formatted(file, end.head(), shard.head(), journal, shard.index()));
        }
    }

    private static boolean isOfItsTasks(NightEvent event) {
        return event.task() != null || event instanceof NightEvent.EgressProven;
    }
}

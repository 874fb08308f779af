package pantheon.night.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import tools.jackson.databind.JsonNode;

/**
 * What must be known of nights whose journals are gone, above all which tasks have ended: a journal of its own in
 * {@code pruned/index.jsonl}, whose head the first line of every later night carries.
 */
public final class PrunedNights {
    private static final String NAME = "index";

    private final Map<String, Night> nights = new LinkedHashMap<>();
    private final Set<String> hashes = new HashSet<>();
    private @Nullable String head;

    private PrunedNights() {}

    /**
     * A night that was pruned.
     *
     * @param head its journal's
     * @param ended the tasks that ended in it for good
     */
    public record Night(String run, Instant time, long lines, String head, List<String> ended) {
        public Night {
            ended = List.copyOf(ended);
        }
    }

    private static Path folder(Path log) {
        return log.resolve("pruned");
    }

    private static Path file(Path log) {
        return folder(log).resolve(NAME + ".jsonl");
    }

    /**
     * Reads the list of a folder of journals.
     *
     * @throws pantheon.night.NightException with exit code 65 where it is broken
     */
    public static PrunedNights of(Path log) {
        var pruned = new PrunedNights();
        if (Files.exists(file(log))) {
            JournalReader.read(file(log), pruned::take);
        }
        return pruned;
    }

    private void take(JournalReader.Entry entry) {
        head = entry.hash();
        hashes.add(entry.hash());
        if (entry.event().type() == EventType.NIGHT_PRUNED) {
            var data = entry.event().data();
            var run = data.get("night.run").stringValue();
            nights.put(
                    run,
                    new Night(
                            run,
                            entry.time(),
                            data.get("night.lines").longValue(),
                            data.get("night.head").stringValue(),
                            data.get("night.ended")
                                    .valueStream()
                                    .map(JsonNode::stringValue)
                                    .toList()));
        }
    }

    /** Opens the list to write to; half a line that a crash left never counted. */
    static Journal open(Path log, InstantSource clock) {
        return Files.exists(file(log))
                ? Journal.resume(folder(log), NAME, clock).journal()
                : Journal.create(folder(log), NAME, clock);
    }

    /** The nights, oldest first. */
    public List<Night> nights() {
        return List.copyOf(nights.values());
    }

    public Optional<Night> find(String run) {
        return Optional.ofNullable(nights.get(run));
    }

    /** The hash of the list's last line; empty where nothing was ever pruned. */
    Optional<String> head() {
        return Optional.ofNullable(head);
    }

    /** The hashes of all its lines. */
    public Set<String> hashes() {
        return Set.copyOf(hashes);
    }
}

package pantheon.night.gather;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.NightEvent.GatheredShard;
import pantheon.night.journal.NightEvent.NightGathered;
import pantheon.night.journal.NightEvent.Previous;
import pantheon.night.past.History;
import pantheon.night.past.PrunedNights;

/**
 * What was gathered before in a log.
 *
 * @param gatherings by the nights that they became, oldest first
 * @param pruned the nights of shards that became nights whose journals are gone
 * @param previous the newest night of the log, null where there is none
 * @param prunedHead of the list of pruned nights, null where there is none
 */
record PastGatherings(
        Map<String, NightGathered> gatherings,
        Set<String> pruned,
        @Nullable Previous previous,
        @Nullable String prunedHead) {
    /**
     * Reads the journals of a log.
     *
     * @throws pantheon.night.NightException with exit code 65 where one is broken
     */
    static PastGatherings of(LogFolder log) {
        var gatherings = new LinkedHashMap<String, NightGathered>();
        var history = History.of(log.path(), (run, entry) -> {
            if (entry.event() instanceof NightGathered gathered) {
                gatherings.put(run, gathered);
            }
        });
        return new PastGatherings(
                gatherings,
                PrunedNights.of(log.path()).nights().stream()
                        .flatMap(night -> night.pruned().shards().stream())
                        .collect(Collectors.toSet()),
                history.previous().orElse(null),
                history.prunedHead().orElse(null));
    }

    /** The nights of shards that need not be looked at again: those that were gathered without any shard missing. */
    Set<String> settled() {
        var settled = new HashSet<>(pruned);
        gatherings.values().stream()
                .filter(NightGathered::isWhole)
                .forEach(gathered -> gathered.shards().forEach(shard -> settled.add(shard.run())));
        return settled;
    }

    /** The night that some shards' nights became already; empty where they were not gathered as they are now. */
    Optional<String> same(List<GatheredShard> shards, List<Integer> missing) {
        return gatherings.entrySet().stream()
                .filter(entry -> entry.getValue().shards().equals(shards)
                        && entry.getValue().missing().equals(missing))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The last night that was gathered. */
    Optional<String> last() {
        return gatherings.keySet().stream().reduce((one, next) -> next);
    }
}

package pantheon.night.gather;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.gather.FoundShard.Standing;
import pantheon.night.journal.Journal;
import pantheon.night.journal.Shard;

/**
 * The shards of a night, by their numbers.
 *
 * @param of how many there are
 * @param absent what a person named, and where nothing is
 */
public record FoundShards(int of, List<FoundShard> shards, List<Path> absent) {
    public FoundShards {
        shards = List.copyOf(shards);
        absent = List.copyOf(absent);
    }

    /**
     * Finds the shards that a person named. Their nights and their state tell which ones they are; where none does, they
     * are counted as they were named.
     *
     * @param settled the nights that are not looked at again
     * @param hasTasks whether a shard that has no night was asked for any task
     * @throws NightException with exit code 64 where something else was named, 65 where a journal is broken, or the
     *     shards are not of one queue
     */
    static FoundShards find(List<Path> named, Set<String> settled, Predicate<Shard> hasTasks) {
        var places = new ArrayList<ShardPlace>();
        var absent = new ArrayList<Path>();
        for (var path : named) {
            ShardPlace.find(path).ifPresentOrElse(places::add, () -> absent.add(path));
        }
        return places.stream().anyMatch(place -> place.shard().isPresent())
                ? numbered(places, absent, settled, hasTasks)
                : counted(named, settled);
    }

    private static FoundShards numbered(
            List<ShardPlace> places, List<Path> absent, Set<String> settled, Predicate<Shard> hasTasks) {
        var found = new TreeMap<Integer, FoundShard>();
        int of = places.stream()
                .flatMap(place -> place.shard().stream())
                .mapToInt(Shard::of)
                .findFirst()
                .orElseThrow();
        for (var place : places) {
            var shard = place.shard().orElse(null);
            if (shard == null && place.journals().isEmpty()) {
                absent.add(place.named()); // it was never started
            } else if (shard == null || shard.of() != of || found.containsKey(shard.index())) {
                throw foreign(place, of, shard == null ? null : found.get(shard.index()));
            } else {
                found.put(shard.index(), found(shard, place, settled, hasTasks));
            }
        }
        for (int i = 0; i < of; i++) {
            found.putIfAbsent(i, new FoundShard(i, null, List.of(), Standing.MISSING));
        }
        return new FoundShards(of, List.copyOf(found.values()), absent);
    }

    private static NightException foreign(ShardPlace place, int of, @Nullable FoundShard other) {
        return new NightException(
                ExitCode.DATA,
                "%s is %s, and it is gathered with %s. Name each shard of one queue once."
                        .formatted(
                                place.named(),
                                place.shard().map(Shard::words).orElse("of a whole queue"),
                                other == null
                                        ? "shards of " + of
                                        : Objects.requireNonNull(other.place()).named()));
    }

    private static FoundShard found(Shard shard, ShardPlace place, Set<String> settled, Predicate<Shard> hasTasks) {
        if (place.journals().isEmpty()) {
            return new FoundShard(
                    shard.index(), place, List.of(), hasTasks.test(shard) ? Standing.MISSING : Standing.EMPTY);
        }
        return found(shard.index(), place, settled);
    }

    private static FoundShards counted(List<Path> named, Set<String> settled) {
        var shards = new ArrayList<FoundShard>();
        var absent = new ArrayList<Path>();
        for (int i = 0; i < named.size(); i++) {
            var place =
                    ShardPlace.find(named.get(i)).filter(one -> !one.journals().isEmpty());
            if (place.isEmpty()) {
                absent.add(named.get(i));
            }
            int index = i;
            shards.add(place.map(one -> found(index, one, settled))
                    .orElseGet(() -> new FoundShard(index, null, List.of(), Standing.MISSING)));
        }
        return new FoundShards(named.size(), shards, absent);
    }

    private static FoundShard found(int index, ShardPlace place, Set<String> settled) {
        var nights = place.journals().stream()
                .filter(journal -> !settled.contains(Journal.run(journal)))
                .map(ShardNight::of)
                .toList();
        var ended = nights.stream().filter(ShardNight::hasEnded).toList();
        return new FoundShard(index, place, ended, standing(nights));
    }

    private static Standing standing(List<ShardNight> nights) {
        if (nights.isEmpty()) {
            return Standing.GATHERED;
        }
        return nights.getLast().hasEnded() ? Standing.ENDED : Standing.UNFINISHED;
    }

    /** All nights that are to be gathered, in the order of their shards. */
    Stream<ShardNight> nights() {
        return shards.stream().flatMap(shard -> shard.nights().stream());
    }

    /** The numbers of the shards that are missed. */
    public List<Integer> missing() {
        return shards.stream()
                .filter(shard -> !shard.standing().isWhole())
                .map(FoundShard::index)
                .toList();
    }
}

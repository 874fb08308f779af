package pantheon.night.gather;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import pantheon.night.contract.Sha256;
import pantheon.night.journal.RunId;
import pantheon.night.workspace.git.Identity;

/** What a gathered night is called, and when it was: of its shards' nights, and of nothing else. */
final class GatheredId {
    private static final int MARK = 6;

    private final String run;
    private final Instant first;
    private final Instant last;

    GatheredId(FoundShards found, Identity author, ZoneId zone) {
        var nights = found.nights().toList();
        first = nights.stream().map(ShardNight::first).min(Instant::compareTo).orElseThrow();
        last = nights.stream().map(ShardNight::last).max(Instant::compareTo).orElseThrow();
        var all = nights.stream()
                .map(night -> night.run() + " " + night.end().head())
                .collect(Collectors.joining("\n", author + "\n", "\n" + found.missing()));
        var runs = List.copyOf(nights.stream().map(ShardNight::run).toList());
        run = RunId.next(
                runs, LocalDateTime.ofInstant(last, zone), Sha256.hex(all).substring(0, MARK));
    }

    /** The night's id, behind those of all its shards. */
    String run() {
        return run;
    }

    /** When the first shard began. */
    Instant first() {
        return first;
    }

    /** When the last shard wrote its last line. */
    Instant last() {
        return last;
    }
}

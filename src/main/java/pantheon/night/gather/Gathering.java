package pantheon.night.gather;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.disk.FileTree;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent.GatheredShard;
import pantheon.night.workspace.gather.GatherRequest;
import pantheon.night.workspace.gather.GatherResult;
import pantheon.night.workspace.gather.GatheredPart;
import pantheon.night.workspace.git.NightBranch;

/**
 * Gathers what shards did into one night: their journals are copied and verified, their branches fetched, their work is
 * merged, and a journal of its own says so, which is there last of all. Until then nothing has been gathered, and whoever
 * was killed on the way gathers again and comes to the same: the night's id, its commits and its journal follow from the
 * shards' journals alone.
 */
public final class Gathering {
    private final GatherSite site;
    private final List<Path> repositories;
    private final Consumer<String> told;

    /**
     * @param repositories where the shards' branches may be, beside those that the shards themselves name
     * @param told takes a line about each shard that was taken
     */
    public Gathering(GatherSite site, List<Path> repositories, Consumer<String> told) {
        this.site = site;
        this.repositories = List.copyOf(repositories);
        this.told = told;
    }

    /**
     * Gathers; the one who calls holds the lock.
     *
     * @param named the shards, as a person named them
     * @param partial whether to do so where some are missing, too
     */
    public GatheredNight gather(List<Path> named, boolean partial) {
        removeIncoming(); // of one who was killed
        var past = PastGatherings.of(site.log());
        var found = FoundShards.find(named, past.settled(), site.hasTasks());
        var nights = found.nights().toList();
        requireDistinct(nights);
        if (!found.missing().isEmpty() && !partial) {
            return GatheredNight.none(found);
        }
        var before = nights.isEmpty() ? past.last() : past.same(lines(found), found.missing());
        if (before.isPresent() || nights.isEmpty()) {
            return GatheredJournal.read(site.log(), before.orElse(null), found);
        }
        return gather(found, past);
    }

    private static void requireDistinct(List<ShardNight> nights) {
        var runs = new HashSet<String>();
        for (var night : nights) {
            if (!runs.add(night.run())) {
                throw new NightException(
                        ExitCode.DATA,
                        "two shards have a night %s: %s is one of them. Name each shard once, and give each a log of its own."
                                .formatted(night.run(), night.journal()));
            }
        }
    }

    private GatheredNight gather(FoundShards found, PastGatherings past) {
        var id = new GatheredId(found, site.author(), site.zone());
        var parts = new LinkedHashMap<ShardNight, GatheredPart>();
        for (var shard : found.shards()) {
            for (var night : shard.nights()) {
                parts.put(night, take(shard, night, id));
            }
        }
        var start = start(found);
        var merged = site.workspace()
                .gather(
                        new GatherRequest(
                                NightBranch.of(id.run()),
                                start,
                                List.copyOf(parts.values()),
                                site.author(),
                                id.last(),
                                message(found, id)),
                        site.checks(found.nights().toList()));
        var journal = new GatheredJournal(site, found, id);
        return write(journal, start, merged, past);
    }

    /** The journal is there last: with it the night is gathered. */
    private GatheredNight write(GatheredJournal journal, String start, GatherResult merged, PastGatherings past) {
        var night = journal.write(start, merged, past, lines(journal.found()));
        try {
            site.disk()
                    .move(
                            site.log().incoming().resolve(journal.file()),
                            site.log().path().resolve(journal.file()));
            site.disk().syncFolder(site.log().path());
        } catch (IOException e) {
            throw failed(site.log().path(), e);
        }
        removeIncoming();
        return night;
    }

    private void removeIncoming() {
        try {
            FileTree.remove(site.log().incoming());
        } catch (IOException e) {
            throw failed(site.log().incoming(), e);
        }
    }

    /** What a gathering says of the shards' nights. */
    private static List<GatheredShard> lines(FoundShards found) {
        var lines = new ArrayList<GatheredShard>();
        for (var shard : found.shards()) {
            for (var night : shard.nights()) {
                var commits = night.commits();
                lines.add(new GatheredShard(
                        night.run(),
                        shard.index(),
                        night.end().lines(),
                        night.end().head(),
                        night.started().baseCommit(),
                        commits.isEmpty() ? null : commits.getLast(),
                        commits.size()));
            }
        }
        return lines;
    }

    /** Brings a shard's night here, once it is sure that it is as it was written. */
    private GatheredPart take(FoundShard shard, ShardNight night, GatheredId id) {
        var place = Objects.requireNonNull(shard.place());
        var copy = copy(night);
        var part = new ShardBranch(site, place, night, repositories).take(copy);
        keep(copy, night);
        new ShardArtifacts(site.state(), id.run()).link(place.state().artifacts(night.run()));
        told.accept("shard %d: night %s, %s ended, %d accepted"
                .formatted(shard.index(), night.run(), Count.of(night.endedTasks(), "task"), night.accepted()));
        return part;
    }

    /** What is verified is the copy: the shard's own may change at any time. */
    private Path copy(ShardNight night) {
        var copy = Journal.file(site.log().incoming(), night.run());
        try {
            site.disk().createFolder(site.log().incoming());
            Files.copy(night.journal(), copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException e) {
            throw failed(copy, e);
        }
    }

    private void keep(Path copy, ShardNight night) {
        try (var out = site.disk().open(copy)) {
            out.sync();
            Files.move(
                    copy, site.log().shard(night.run()), StandardCopyOption.ATOMIC_MOVE); // an earlier one is the same
            site.disk().syncFolder(site.log().shards());
        } catch (IOException e) {
            throw failed(copy, e);
        }
    }

    private static NightException failed(Path file, IOException e) {
        return new NightException(
                ExitCode.CANT_CREATE,
                "%s cannot be written: %s. Check the folder's owner and the disk, and gather again."
                        .formatted(file, IoReason.of(e, file)),
                e);
    }

    /** The newest of the commits that the nights were begun on; people may have committed while they began. */
    private String start(FoundShards found) {
        var bases = found.nights()
                .map(night -> night.started().baseCommit())
                .distinct()
                .toList();
        var start = bases.getFirst();
        for (var base : bases) {
            start = site.workspace().leadsTo(start, base) ? base : start;
        }
        for (var base : bases) {
            if (!site.workspace().leadsTo(base, start)) {
                throw new NightException(
                        ExitCode.DATA,
                        "the shards' nights were begun on commits %s and %s, and neither leads to the other. Gather those apart that belong together."
                                .formatted(base, start));
            }
        }
        return start;
    }

    private static String message(FoundShards found, GatheredId id) {
        return "Gather night %s\n\nThe work of %s.\n"
                .formatted(
                        id.run(),
                        String.join(", ", found.nights().map(ShardNight::run).toList()));
    }
}

package pantheon.night.past;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.disk.Disk;
import pantheon.night.disk.FileTree;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.NightEvent.GatheredShard;
import pantheon.night.journal.NightEvent.NightGathered;
import pantheon.night.journal.NightEvent.NightPruned;
import pantheon.night.journal.NightLines;
import pantheon.night.journal.StateFolder;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.NightBranch;

/**
 * Which old nights are kept, and how the others go. The newest night stays in any case, and so does every night with a
 * task that has not ended for good. One whose journal is broken stays until a person sets it aside. The caller holds
 * the night's locks, so no night is running.
 */
public final class Retention {
    /** Reaches nothing. */
    private static final String NO_COMMIT = "0".repeat(40);

    /**
     * A night on the disk.
     *
     * @param bytes of its journal and its artifacts
     * @param gathered what it was gathered from, where it was
     * @param ended the tasks that ended in it for good
     * @param open the tasks of it that have not ended for good, in no night
     */
    public record KeptNight(
            String run,
            Path journal,
            Path artifacts,
            long bytes,
            Gathered gathered,
            JournalReader.End end,
            List<String> ended,
            List<String> open) {}

    /**
     * The nights of shards that a night was gathered from.
     *
     * @param runs by their ids
     * @param isWhole whether no shard was missing
     */
    public record Gathered(List<String> runs, boolean isWhole) {
        static final Gathered NONE = new Gathered(List.of(), false);

        static Gathered of(NightGathered night) {
            return new Gathered(night.shards().stream().map(GatheredShard::run).toList(), night.isWhole());
        }
    }

    /**
     * What is to be done.
     *
     * @param pruned the nights that go, oldest first
     * @param held the nights that would go, but for their open tasks
     * @param keptBytes what is left
     * @param keptShards the nights of shards that those which stay were gathered from
     */
    public record Plan(
            List<KeptNight> pruned, List<KeptNight> held, int keptNights, long keptBytes, Set<String> keptShards) {
        /** How much is freed. */
        public long freedBytes() {
            return pruned.stream().mapToLong(KeptNight::bytes).sum();
        }
    }

    private final LogFolder log;
    private final StateFolder state;
    private final InstantSource clock;
    private final Consumer<String> warnings;

    /** @param warnings takes lines about what was mended on the way */
    public Retention(LogFolder log, StateFolder state, InstantSource clock, Consumer<String> warnings) {
        this.log = log;
        this.state = state;
        this.clock = clock;
        this.warnings = warnings;
    }

    /**
     * Finds the nights that go, from the oldest on, until the others are within both limits.
     *
     * @param nights how many may stay; 0 for any number
     * @param bytes how much may stay; 0 for any size
     */
    public Plan plan(int nights, long bytes) {
        var history = History.of(log.path());
        var all = History.journals(log.path()).stream()
                .map(journal -> night(journal, history))
                .toList();
        var pruned = new ArrayList<KeptNight>();
        var held = new ArrayList<KeptNight>();
        int left = all.size();
        long size = all.stream().mapToLong(KeptNight::bytes).sum();
        for (var night : all.subList(0, Math.max(0, all.size() - 1))) {
            boolean over = (nights > 0 && left > nights) || (bytes > 0 && size > bytes);
            if (!over) {
                break;
            }
            if (night.open().isEmpty()) {
                pruned.add(night);
                left--;
                size -= night.bytes();
            } else {
                held.add(night);
            }
        }
        var kept = all.stream()
                .filter(night -> !pruned.contains(night))
                .flatMap(night -> night.gathered().runs().stream())
                .collect(Collectors.toSet());
        return new Plan(pruned, held, left, size, kept);
    }

    private KeptNight night(Path journal, History history) {
        var tasks = new NightTasks();
        var gathered = new AtomicReference<>(Gathered.NONE);
        var end = NightLines.read(journal, entry -> {
            tasks.take(entry.event());
            if (entry.event() instanceof NightGathered night) {
                gathered.set(Gathered.of(night));
            }
        });
        var folder = state.artifacts(Journal.run(journal));
        return new KeptNight(
                Journal.run(journal),
                journal,
                folder,
                size(journal) + size(folder) + shards(gathered.get()),
                gathered.get(),
                end,
                tasks.ended(),
                tasks.named().stream().filter(task -> !history.isDone(task)).toList());
    }

    private long shards(Gathered gathered) {
        return gathered.runs().stream().mapToLong(run -> size(log.shard(run))).sum();
    }

    private static long size(Path path) {
        try {
            return FileTree.size(path);
        } catch (IOException e) {
            throw failed(path, "read", e);
        }
    }

    /**
     * Removes the nights of a plan. What must be known of one is on the disk before it goes; its artifacts go first and
     * its journal last, so that what a crash leaves is pruned the next time.
     */
    public void prune(Plan plan) {
        if (plan.pruned().isEmpty()) {
            return;
        }
        var known = PrunedNights.of(log.path());
        try (var list = PrunedNights.open(log.path(), clock, warnings)) {
            for (var night : plan.pruned()) {
                boolean listed = known.find(night.run())
                        .filter(before -> before.head().equals(night.end().head()))
                        .isPresent();
                if (!listed) {
                    var end = night.end();
                    list.append(new NightPruned(
                            night.run(),
                            end.lines(),
                            end.head(),
                            night.bytes(),
                            night.ended(),
                            null,
                            night.gathered().isWhole() ? night.gathered().runs() : List.of()));
                }
                remove(night.artifacts());
                remove(night.journal());
            }
        }
        removeShards(plan.keptShards());
    }

    /** Journals of shards go behind the nights that were gathered from them, so that no night is without them. */
    private void removeShards(Set<String> kept) {
        if (!Files.isDirectory(log.shards())) {
            return;
        }
        History.journals(log.shards()).stream()
                .filter(journal -> !kept.contains(Journal.run(journal)))
                .forEach(Retention::remove);
    }

    /**
     * A night whose journal is broken.
     *
     * @param brokenLine the first line that is, from 1
     * @param lines how many lines before it can be relied on
     * @param head the hash of the last of those
     * @param ended the tasks that ended for good in those, and those whose commits stand on the night's branch
     * @param open the tasks in those whose end is not known from them nor from any other night
     * @param aside where its journal goes
     */
    public record BrokenNight(
            String run,
            Path journal,
            long brokenLine,
            long lines,
            String head,
            List<String> ended,
            List<String> open,
            Path aside) {}

    /**
     * Reads a night's journal as far as it can be relied on; of other nights too what can be relied on. A task whose work
     * is committed has ended, whatever the journal has lost.
     *
     * @param workspace where its commits are
     * @return empty where no line of it is broken
     */
    public Optional<BrokenNight> broken(Path journal, Workspace workspace) {
        var sound = SoundLines.of(journal);
        if (sound.areAll() && !hasLost(journal, sound)) {
            return Optional.empty();
        }
        var run = Journal.run(journal);
        var own = new LinkedHashSet<>(sound.tasks().ended());
        own.addAll(workspace
                .commits(NightBranch.of(run), sound.baseCommit().orElse(NO_COMMIT))
                .tasks());
        var ended = new HashSet<>(own);
        PrunedNights.of(log.path()).nights().forEach(night -> ended.addAll(night.ended()));
        for (var other : History.journals(log.path())) {
            if (!other.equals(journal)) {
                ended.addAll(SoundLines.of(other).tasks().ended());
            }
        }
        return Optional.of(new BrokenNight(
                run,
                journal,
                sound.brokenLine(),
                sound.count(),
                sound.head(),
                List.copyOf(own),
                sound.tasks().named().stream()
                        .filter(task -> !ended.contains(task))
                        .toList(),
                aside(run)));
    }

    /** Whether lines are missing that others tell of, though all that are there are sound. */
    private boolean hasLost(Path journal, SoundLines sound) {
        var run = Journal.run(journal);
        var next = History.told(sane(History.journals(log.path()))).get(run);
        var traces = new Traces(state);
        try {
            return (next != null && !next.previousHead().equals(sound.head()))
                    || (!Files.exists(journal) && traces.hasArtifacts(run))
                    || (next == null
                            && traces.missing(run, sound.count(), sound.hasEnded())
                                    .isPresent());
        } catch (IOException e) {
            throw failed(state.path(), "read", e);
        }
    }

    /** Journals whose first line can be relied on. */
    private static List<Path> sane(List<Path> journals) {
        return journals.stream().filter(file -> SoundLines.of(file).count() > 0).toList();
    }

    /** Where the broken journal of a night goes, or the broken list of nights that were pruned. */
    private Path aside(String run) {
        return log.broken(run);
    }

    /**
     * The list of pruned nights, where it is broken.
     *
     * @param lines how many of its first lines can be relied on
     * @param aside where the whole of it goes
     */
    public record BrokenList(long lines, Path aside) {}

    /** Reads the list of pruned nights; empty where no line of it is broken. */
    public Optional<BrokenList> brokenList() {
        var lines = PrunedNights.soundLines(log.path());
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new BrokenList(lines.getAsLong(), aside(PrunedNights.NAME)));
    }

    /** Keeps of the list of pruned nights what can be relied on. */
    public void setAside(BrokenList list) {
        PrunedNights.setAside(log.path(), list.lines(), list.aside());
    }

    /** Puts a broken journal where no night reads it; which tasks ended in it for good is on the disk before. */
    public void setAside(BrokenNight night) {
        var known = PrunedNights.of(log.path()).find(night.run());
        if (known.filter(before -> before.head().equals(night.head())).isEmpty()) {
            try (var list = PrunedNights.open(log.path(), clock, warnings)) {
                list.append(new NightPruned(
                        night.run(),
                        night.lines(),
                        night.head(),
                        size(night.journal()),
                        night.ended(),
                        night.brokenLine(),
                        List.of()));
            }
        }
        if (!Files.exists(night.journal())) {
            return; // it was removed
        }
        try {
            var disk = Disk.local();
            disk.createFolder(log.broken());
            disk.move(night.journal(), night.aside());
            disk.syncFolder(log.broken());
            disk.syncFolder(log.path());
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be moved to %s: %s. Check the folder's owner, and whether there is one already."
                            .formatted(night.journal(), night.aside(), IoReason.of(e, night.aside())),
                    e);
        }
    }

    private static void remove(Path path) {
        try {
            FileTree.remove(path);
        } catch (IOException e) {
            throw failed(path, "removed", e);
        }
    }

    private static NightException failed(Path path, String verb, Exception e) {
        return new NightException(
                ExitCode.IO,
                "%s cannot be %s: %s. Check its owner, and prune again.".formatted(path, verb, IoReason.of(e, path)),
                e);
    }
}

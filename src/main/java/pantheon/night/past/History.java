package pantheon.night.past;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.Previous;
import pantheon.night.journal.NightEvent.Session;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightLines;
import pantheon.night.journal.RunId;
import pantheon.night.journal.Shard;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.NightOutcome;

/** What earlier nights have done and what they left, folded from their journals, each of which is read once. */
public final class History {
    private final List<String> runs = new ArrayList<>();
    /** How each task stands that was begun, left to the next night, or ended. */
    private final Map<String, Standing> tasks = new HashMap<>();

    private final Map<String, Attempts> attempts = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final Map<String, Next> told = new HashMap<>();
    private final Set<String> gathered = new HashSet<>();
    private final Stops stops = new Stops();
    private long ended;
    private @Nullable Previous previous;
    private @Nullable PastNight newest;
    private @Nullable String prunedHead;
    private @Nullable Shard shard;

    private History() {}

    /** How a task stands that some night knows. */
    public enum Standing {
        /** It was begun or left to the next night, and has not ended for good. */
        OPEN,
        /** It has ended, not accepted. */
        NOT_ACCEPTED,
        /** It was accepted, with work of its own. */
        COMMITTED,
        /** It was accepted, and nothing had to change. */
        UNCHANGED,
        /** It ended in a night that was pruned, nobody knows how. */
        PRUNED;

        static Standing of(TaskEnding ending) {
            if (ending.reason() != FinishReason.ACCEPTED) {
                return ending.reason().carriesOver() ? OPEN : NOT_ACCEPTED;
            }
            return ending.isUnchanged() ? UNCHANGED : COMMITTED;
        }
    }

    /**
     * Reads every journal of a folder, and what is left of those that were pruned; one that does not exist yet has no history.
     *
     * @throws NightException with exit code 65 where a journal is broken
     */
    public static History of(Path log) {
        return of(log, (journal, entry) -> {});
    }

    /** The same; each line is shown to somebody else on the way, so that the journals are read once. */
    public static History of(Path log, BiConsumer<String, JournalReader.Entry> also) {
        var history = new History();
        var pruned = PrunedNights.of(log);
        for (var night : pruned.nights()) {
            night.ended().forEach(task -> history.tasks.put(task, Standing.PRUNED));
            history.runs.add(night.run());
        }
        history.prunedHead = pruned.head().orElse(null);
        var journals = journals(log);
        history.told.putAll(told(journals));
        history.runs.addAll(journals.stream().map(Journal::run).toList());
        for (var file : journals) {
            var run = Journal.run(file);
            if (file.equals(journals.getLast())) {
                var newest = new PastNight(run);
                newest.readTo(history.read(
                        file,
                        entry -> {
                            newest.take(entry);
                            also.accept(run, entry);
                        },
                        also));
                history.newest = newest;
            } else {
                history.read(file, entry -> also.accept(run, entry), also);
            }
        }
        return history;
    }

    /** @param shards takes the lines of shards whose work was gathered in the night */
    private JournalReader.End read(
            Path journal, Consumer<JournalReader.Entry> also, BiConsumer<String, JournalReader.Entry> shards) {
        var run = Journal.run(journal);
        var before = KeptOrder.set(gathered);
        var end = NightLines.read(
                journal,
                entry -> {
                    requireOwn(journal, entry);
                    take(entry);
                    stops.take(run, entry.event());
                    also.accept(entry);
                },
                (shard, entry) -> {
                    takeShards(entry);
                    stops.take(shard.run(), entry.event());
                    gathered.add(shard.run());
                    if (!before.contains(shard.run())) { // gathered once more, with others
                        shards.accept(shard.run(), entry);
                    }
                });
        cutOff();
        var next = told.get(run);
        if (next != null && !next.previousHead().equals(end.head())) {
            throw lost(journal, "night %s began when it ended otherwise".formatted(next.run()));
        }
        if (end.lines() > 0) {
            previous = new Previous(run, end.head());
        }
        return end;
    }

    /** A copy of a journal under another name would be a night that never was. */
    private static void requireOwn(Path journal, JournalReader.Entry entry) {
        if (entry.event() instanceof NightStarted started && !started.run().equals(Journal.run(journal))) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s tells of night %s, and a journal is named by its night's id. Name it %s, or move it out of the folder where it is a copy."
                            .formatted(journal, started.run(), started.run() + Journal.SUFFIX));
        }
    }

    /** What the first lines of later nights say of earlier ones: night → the one after it. */
    static Map<String, Next> told(List<Path> journals) {
        var told = new HashMap<String, Next>();
        for (var later : journals) {
            previous(later)
                    .ifPresent(previous -> told.put(previous.run(), new Next(Journal.run(later), previous.head())));
        }
        return told;
    }

    /**
     * Makes sure that the journals of all nights are there that later ones began after, or that they were pruned.
     *
     * @throws NightException with exit code 65 where one is gone
     */
    void requireJournals(Path log) {
        told.forEach((run, next) -> {
            if (!runs.contains(run)) {
                throw lost(new LogFolder(log).journal(run), "night %s began after it".formatted(next.run()));
            }
        });
    }

    /** A journal that is not what it was: its night's work may not be done again, so a person has to decide. */
    static NightException lost(Path journal, String how) {
        return new NightException(
                ExitCode.DATA,
                "%s has lost lines, or is gone: %s. Put back the whole journal, which no rotation of logs may touch; pantheon-night prune --broken %s goes on without it."
                        .formatted(journal, how, Journal.run(journal)));
    }

    /** The ids of all nights so far, those included whose journals are gone. */
    public List<String> runs() {
        return List.copyOf(runs);
    }

    /** The newest night, however it ended, as far as it must be known to go on with it. */
    public Optional<PastNight> newest() {
        return Optional.ofNullable(newest);
    }

    /** The head of the list of nights that were pruned; empty where none ever was. */
    public Optional<String> prunedHead() {
        return Optional.ofNullable(prunedHead);
    }

    /** The shard that the newest night did that has begun; null where it did a whole queue, or there is none. */
    public @Nullable Shard shard() {
        return shard;
    }

    /** The newest night that has begun. */
    public Optional<Previous> previous() {
        return Optional.ofNullable(previous);
    }

    /** The journals of a folder, oldest first: the files that are named by a night's id. */
    public static List<Path> journals(Path log) {
        return named(log).stream().filter(History::isJournal).toList();
    }

    /** What else is named as a journal's file would be, such as a copy that a person made; no night reads it. */
    public static List<Path> strangers(Path log) {
        return named(log).stream().filter(file -> !isJournal(file)).toList();
    }

    private static boolean isJournal(Path file) {
        return RunId.isOne(Journal.run(file)) && Files.isRegularFile(file);
    }

    private static List<Path> named(Path log) {
        if (!Files.isDirectory(log)) {
            return List.of();
        }
        try (var files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(Journal.SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "log folder %s cannot be read: %s. Check its permissions.".formatted(log, IoReason.of(e, log)),
                    e);
        }
    }

    /**
     * The night after another.
     *
     * @param previousHead what its first line says the other's head was
     */
    public record Next(String run, String previousHead) {}

    /** The night whose journal says that it began after this one; empty where there is none yet. */
    public static Optional<Next> next(Path journal) {
        for (var later :
                journals(Objects.requireNonNull(journal.toAbsolutePath().getParent()))) {
            var previous = previous(later).filter(before -> before.run().equals(Journal.run(journal)));
            if (previous.isPresent()) {
                return Optional.of(new Next(Journal.run(later), previous.get().head()));
            }
        }
        return Optional.empty();
    }

    /** The night after which a journal says that its night began; empty where it has no line, or there was none. */
    private static Optional<Previous> previous(Path journal) {
        return JournalReader.first(journal)
                .map(JournalReader.Entry::event)
                .filter(NightStarted.class::isInstance)
                .map(NightStarted.class::cast)
                .map(NightStarted::previous);
    }

    /** A shard's lines; it is no shard that the log is of. */
    private void takeShards(JournalReader.Entry entry) {
        if (entry.event() instanceof NightStarted) {
            cutOff();
        } else {
            take(entry);
        }
    }

    private void take(JournalReader.Entry entry) {
        switch (entry.event()) {
            case NightStarted started -> shard = started.shard();
            case TaskStarted started -> begun(started.task());
            case TaskFinished finished -> ended(finished.task(), finished.ending());
            case Session session -> cutOff();
            case NightFinished finished -> {
                if (finished.outcome() == NightOutcome.FAILED) {
                    boolean alone = underWay.size() == 1;
                    underWay.forEach(task -> attempts(task).fail(ended, alone));
                    underWay.clear();
                }
                cutOff();
                finished.carryOver().forEach(task -> tasks.putIfAbsent(task, Standing.OPEN));
            }
            default -> {}
        }
    }

    /** What the process ended with counts, where it is known which task that was. */
    private void cutOff() {
        if (underWay.size() > 1) {
            underWay.forEach(task -> attempts(task).cutOffBesideOthers());
        }
        underWay.clear();
    }

    private void begun(String task) {
        attempts.computeIfAbsent(task, any -> new Attempts()).begin();
        underWay.add(task);
        tasks.putIfAbsent(task, Standing.OPEN);
    }

    private void ended(String task, TaskEnding ending) {
        var reason = ending.reason();
        underWay.remove(task);
        if (reason.carriesOver()) {
            attempts.computeIfAbsent(task, any -> new Attempts()).end(reason);
        } else {
            ended += reason == FinishReason.ATTEMPTS_SPENT ? 0 : 1;
            attempts.remove(task); // nobody asks any more
        }
        // open again also where its shard was done with it, and the gathering of shards left its work out
        tasks.put(task, Standing.of(ending));
    }

    /** How a task stands; empty where no night knows it. */
    public Optional<Standing> standing(String task) {
        return Optional.ofNullable(tasks.get(task));
    }

    /** Whether a task has ended for good; one that was cut off has not. */
    public boolean isDone(String task) {
        return tasks.getOrDefault(task, Standing.OPEN) != Standing.OPEN;
    }

    /** The attempts at a task that has not ended. */
    public Attempts attempts(String task) {
        return attempts.getOrDefault(task, new Attempts());
    }

    /** The stops of agents whose last tasks all ended alike. */
    public Stops stops() {
        return stops;
    }

    /** Whether a task was begun, or left to the next night, and has not ended for good. */
    public boolean isCarriedOver(String task) {
        return tasks.get(task) == Standing.OPEN;
    }
}

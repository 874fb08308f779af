package pantheon.night.batch;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.decision.Decisions;
import pantheon.night.decision.Waiting;
import pantheon.night.journal.RunId;
import pantheon.night.journal.Shard;
import pantheon.night.past.History;
import pantheon.night.past.PastNight;
import pantheon.night.past.ShardState;
import pantheon.night.past.Traces;
import pantheon.night.queue.Dependencies;
import pantheon.night.queue.Order;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Workspace;

/**
 * How a night starts, decided once: what is gone on with, what is given up or signed first, what is refused, on which
 * commit the tasks are done, and in which order.
 *
 * <p>What is left is known only while no other night can run: the one who calls holds the lock. Everything with an
 * effect is handed in.
 */
public final class NightStart {
    private final Books books;
    private final Workspace workspace;
    private final ZoneId zone;
    private final BooleanSupplier fresh;
    private final StartListener listener;
    private final Supplier<String> mark;
    private final @Nullable Shard shard;

    /**
     * @param zone whose time a night is named by
     * @param fresh whether a night that could go on ends where it is; asked only where there is one
     * @param mark what tells a new night from one that begins elsewhere in the same second, as {@link RunId} has it;
     *     not asked where it is a shard's
     * @param shard whose tasks the queue has, null where they are all
     */
    public NightStart(
            Books books,
            Workspace workspace,
            ZoneId zone,
            BooleanSupplier fresh,
            StartListener listener,
            Supplier<String> mark,
            @Nullable Shard shard) {
        this.books = books;
        this.workspace = workspace;
        this.zone = zone;
        this.fresh = fresh;
        this.listener = listener;
        this.mark = mark;
        this.shard = shard;
    }

    /** What is to be done about the newest night before there can be another. */
    private sealed interface Newest {
        /** Nothing: there is none, or it has ended. */
        record Settled() implements Newest {}

        record GoesOn(PastNight night) implements Newest {}

        record Abandoned(PastNight night) implements Newest {}

        /** It has ended and was killed before it was signed. */
        record Unsigned(PastNight night) implements Newest {}
    }

    /**
     * What is to be done, sooner or later.
     *
     * @param tasks those that are this night's to do
     * @param dependencies of all tasks of the queue, also those that are others' or for a later night
     */
    public record Queue(List<Task> tasks, Dependencies dependencies) {
        public Queue {
            tasks = List.copyOf(tasks);
        }

        /** One that is this night's as a whole. */
        public Queue(List<Task> tasks) {
            this(tasks, Dependencies.of(tasks));
        }
    }

    /** Does what must come first, and says what there is to run. */
    public StartPlan plan(Queue queue) {
        var past = past();
        return switch (newest(past)) {
            case Newest.Settled settled -> fresh(queue, past);
            case Newest.GoesOn goesOn -> resume(goesOn.night(), queue, past);
            case Newest.Abandoned abandoned -> {
                abandon(abandoned.night());
                yield fresh(queue, past());
            }
            case Newest.Unsigned unsigned -> {
                sign(unsigned.night());
                yield fresh(queue, past());
            }
        };
    }

    /** Opens the books of the night that was planned; nothing is written in them yet. */
    public Books.Open open(StartPlan.Ready plan) {
        return switch (plan) {
            case StartPlan.Fresh night -> books.create(night.run());
            case StartPlan.Resume resume -> resumed(resume.night());
        };
    }

    private Past past() {
        var past = Past.read(books.log().path());
        new Traces(books.state()).require(past.history(), books.log());
        new ShardState(books.state()).claim(shard, past.history());
        listener.read(past.history().runs());
        return past;
    }

    private Newest newest(Past past) {
        var newest = past.history().newest();
        if (newest.isEmpty()) {
            return new Newest.Settled();
        }
        var night = newest.get();
        if (night.isToGoOn()) {
            return fresh.getAsBoolean() ? new Newest.Abandoned(night) : new Newest.GoesOn(night);
        }
        return night.isUnsigned() ? new Newest.Unsigned(night) : new Newest.Settled();
    }

    /** What is left of a queue: the tasks that could begin, and what the others wait for. */
    private record Left(List<Task> ready, Map<String, String> parked) {
        List<Task> without(Waiting waiting) {
            return ready.stream().filter(task -> !waiting.isHeld(task.agent())).toList();
        }

        List<Waiting.Held> held(Waiting waiting) {
            return waiting.held(ready.stream().map(Task::agent).toList());
        }
    }

    private StartPlan fresh(Queue queue, Past past) {
        var base = workspace.baseCommit();
        var left = left(queue, past, base, task -> false);
        var waiting = waiting(past);
        var tasks = left.without(waiting);
        return tasks.isEmpty()
                ? new StartPlan.NothingToDo(left.held(waiting), left.parked())
                : new StartPlan.Fresh(
                        nextRun(past.history()), base, tasks, past, left.held(waiting), left.parked(), shard);
    }

    private StartPlan resume(PastNight night, Queue queue, Past past) {
        var base = ownBase(night).orElseGet(workspace::baseCommit);
        if (!workspace.hasCommit(base)) {
            return refused(night, base);
        }
        var left = left(queue, past, base, night.begun()::contains);
        var waiting = waiting(past);
        return new StartPlan.Resume(
                night, base, left.without(waiting.before(night.run())), past, left.held(waiting), left.parked(), shard);
    }

    private Waiting waiting(Past past) {
        return Waiting.of(past.history(), Decisions.of(books.state()));
    }

    /** What it was begun on; empty where it was killed before its first line. */
    private static Optional<String> ownBase(PastNight night) {
        return night.baseCommit();
    }

    /** @param tonight whether a task was begun in the night that goes on */
    private Left left(Queue queue, Past past, String base, Predicate<String> tonight) {
        var history = past.history();
        var all = Order.of(queue.tasks(), history, Order.lengths(workspace, base));
        var waits = queue.dependencies().parked(history, tasks -> workspace.tasksIn(tasks, base), tonight);
        var parked = new LinkedHashMap<String, String>();
        all.stream().map(Task::id).filter(waits::containsKey).forEach(id -> parked.put(id, waits.get(id)));
        return new Left(
                all.stream().filter(task -> !parked.containsKey(task.id())).toList(), parked);
    }

    /** A history that was rewritten and cleaned up may have taken the commit of an interrupted night away for good. */
    private static StartPlan.Refused refused(PastNight night, String base) {
        return new StartPlan.Refused(
                ("night %s was interrupted, and the workspace no longer has commit %s, on which it was begun. "
                                + "Start a new night with --fresh; the tasks that ended stay ended.")
                        .formatted(night.run(), base));
    }

    private String nextRun(History history) {
        return RunId.next(
                history.runs(),
                LocalDateTime.ofInstant(books.clock().instant(), zone),
                shard == null ? mark.get() : shard.mark());
    }

    private void abandon(PastNight night) {
        try (var open = resumed(night)) {
            night.abandon(workspace, open.journal(), open.signing());
        }
        listener.abandoned(night.run());
    }

    /** A night that was killed between its last word and the statement over it gets the statement now. */
    private void sign(PastNight night) {
        try (var open = resumed(night)) {
            night.sign(open.journal(), open.signing());
        }
        listener.signed(night.run());
    }

    private Books.Open resumed(PastNight night) {
        var open = books.resume(night);
        open.opened().cut().ifPresent(listener::cut);
        return open;
    }
}

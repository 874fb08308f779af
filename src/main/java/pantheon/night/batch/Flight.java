package pantheon.night.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.agent.Agent;
import pantheon.night.agent.Ending;
import pantheon.night.agent.Wish;
import pantheon.night.batch.direction.Direction;
import pantheon.night.batch.work.Hands;
import pantheon.night.batch.work.Slot;
import pantheon.night.batch.work.Watch;
import pantheon.night.journal.NightEvent.NightDirected;
import pantheon.night.outcome.FinishReason;
import pantheon.night.proof.Statements;
import pantheon.night.queue.Task;
import pantheon.night.workspace.scratch.Scratch;

/**
 * The tasks of a night that are under way beside one another, each in a slot of its own, begun in the queue's order.
 *
 * <p>Models, tools, checks and checkouts are the hands' work. What follows of it, all that is written down, committed and
 * signed, happens here on the night's own thread, for one task after the other.
 */
final class Flight implements AutoCloseable {
    /** No repository takes as long to check out where nothing hangs. */
    private static final Duration CHECKOUT = Duration.ofMinutes(30);

    /** How often a paused night looks whether its window has closed. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final NightContext night;
    private final NightListener listener;
    private final Tally tally;
    private final Statements statements;
    private final Contained contained;
    private final CommittedWork committed;
    private final Hands hands;
    private final Admission admission;
    private final List<Slot> slots = new ArrayList<>();
    private final Queue<Slot> free = new PriorityQueue<>(Comparator.comparingInt(Slot::number));
    private final List<UnderWay> underWay = new ArrayList<>();
    private final Deque<Task> left = new ArrayDeque<>();
    private Map<String, String> commits = Map.of();
    private @Nullable FinishReason cutOff;

    /**
     * @param contained where tools and checks run
     * @param committed gets what tasks commit
     */
    Flight(
            NightContext night,
            NightListener listener,
            Tally tally,
            Statements statements,
            Contained contained,
            CommittedWork committed) {
        this.night = night;
        this.listener = listener;
        this.tally = tally;
        this.statements = statements;
        this.contained = contained;
        this.committed = committed;
        this.hands = night.room().hands();
        this.admission = new Admission(night, listener, tally, contained);
        for (int number = 1; number <= night.room().slots(); number++) {
            slots.add(slot(number));
        }
        free.addAll(slots);
    }

    private Slot slot(int number) {
        return new Slot(
                number,
                () -> night.workspace()
                        .checkout(night.plan().baseCommit(), night.site().slot(number)));
    }

    /**
     * Runs tasks; gives what the night was cut off by, null where all of them have ended.
     *
     * @param there the commits that are on the branch already, by their idempotency keys
     */
    @Nullable
    FinishReason run(List<Task> tasks, Map<String, String> there) {
        commits = there;
        left.addAll(tasks);
        checkOut(slots.getFirst());
        begin();
        while (!underWay.isEmpty() || isHeld()) {
            if (underWay.isEmpty()) {
                night.bounds().window().awaitWhilePaused(LOOK);
            } else {
                hands.await().run();
            }
            begin();
        }
        slots.forEach(this::clean);
        tally.inOrder(tasks);
        return cutOff != null || tally.carryOver().isEmpty() ? cutOff : leftOver();
    }

    /** What the night was cut off by that came to its queue's end and did not begin all of it; null where it did. */
    private @Nullable FinishReason leftOver() {
        if (!tally.early().isEmpty()) {
            return FinishReason.STOPPED;
        }
        return tally.notExpectedToEnd().isEmpty() ? null : FinishReason.WINDOW_CLOSED;
    }

    /** What every checkout leaves out is told of the first. */
    private void checkOut(Slot slot) {
        Scratch scratch;
        var checkout = watch("the checkout");
        try (checkout) {
            scratch = slot.make();
        }
        if (!scratch.leftOut().isEmpty()) {
            listener.leftOut(scratch.leftOut());
        }
    }

    private void clean(Slot slot) {
        if (!slot.isToBeMade()) {
            var cleaning = watch("the checkout");
            try (cleaning) {
                slot.clean();
            }
        }
    }

    private Watch.Watched watch(String work) {
        return night.bounds().watch().begin(work, CHECKOUT);
    }

    /** Begins the next tasks, as many as there is room for. */
    private void begin() {
        night.bounds().window().news().ifPresent(this::directed);
        while (!left.isEmpty() && !isHeld()) {
            if (admission.isWithoutModel(left.getFirst())) {
                tally.left(left.removeFirst());
            } else if (hasRoom(left.getFirst())) {
                begin(left.removeFirst());
            } else {
                return;
            }
        }
    }

    private void directed(Direction direction) {
        night.journal().append(new NightDirected(direction.paused(), direction.until()));
        listener.directed(direction);
    }

    /** Whether what is left waits for whoever paused the night. */
    private boolean isHeld() {
        return !left.isEmpty() && night.bounds().window().isPaused();
    }

    /** Tasks wait for one another in the queue's order: those of one agent have a prompt's beginning in common. */
    private boolean hasRoom(Task task) {
        return !free.isEmpty() && (underWay.isEmpty() || (!isBusy(task) && !isAlone(task) && nobodyIsAlone()));
    }

    /** Whether a task's model serves no more at once. */
    private boolean isBusy(Task task) {
        var model = night.program().agent(task).model();
        long beside = underWay.stream()
                .filter(other -> other.agent.model().equals(model))
                .count();
        return beside >= night.program().engine(task).model().sequences();
    }

    private boolean nobodyIsAlone() {
        return underWay.stream().noneMatch(other -> isAlone(other.task));
    }

    /** Whether nothing may go on beside it: should it end the process again, its neighbours are not blamed for it. */
    private boolean isAlone(Task task) {
        return admission.attempts(task).isSuspect();
    }

    private void begin(Task task) {
        var closed = admission.closed(underWay.size());
        if (closed.isPresent()) {
            cutOff = closed.get();
            tally.left(task);
        } else if (admission.failsAlike(task)) {
            tally.left(task);
        } else if (admission.isAdmitted(task)) {
            var begun = new UnderWay(task, free.remove());
            underWay.add(begun);
            listener.taskBegins(task, begun.slot.number());
            begun.begin();
        } else {
            tally.outlasts(task); // one behind it may be shorter
        }
    }

    /** One task from the taking of its slot to its statement. */
    private final class UnderWay {
        private final Task task;
        private final Agent agent;
        private final Slot slot;
        private Watch.Watched watched = () -> {};
        private Duration from = Duration.ZERO;
        private @Nullable TaskRun run;

        UnderWay(Task task, Slot slot) {
            this.task = task;
            this.agent = night.program().agent(task);
            this.slot = slot;
        }

        void begin() {
            if (!slot.isToBeMade()) {
                clean();
                return;
            }
            watched = watch("the checkout");
            hand(() -> {
                slot.make();
                return () -> {
                    watched.close();
                    clean();
                };
            });
        }

        private void hand(Supplier<Runnable> work) {
            hands.begin(watched, work);
        }

        private void clean() {
            watched = night.bounds().watch().begin("task " + task.id(), limit());
            from = night.clock().passed();
            hand(() -> {
                var scratch = slot.clean();
                return () -> begun(scratch);
            });
        }

        private Duration limit() {
            var limits = agent.limits();
            int behind = agent.mostChecks()
                    + 3; // the last call, the checks, those of a merge, and what the input is made into
            return limits.taskTime().plus(limits.toolTime().multipliedBy(behind));
        }

        private void begun(Scratch scratch) {
            var attempts = admission.attempts(task);
            var context = new TaskContext(
                    task, agent, night.program().engine(task), attempts, slot.number(), scratch, contained);
            var begun = new TaskRun(night, context, commits, committed);
            run = begun;
            var over = admission.isSpent(attempts) ? Optional.of(begun.giveUp()) : begun.decline();
            over.ifPresentOrElse(
                    this::ended, () -> go(begun, begun.start(night.bounds().window())));
        }

        private void go(TaskRun loop, Wish wish) {
            switch (wish) {
                case Wish.Work work ->
                    hand(() -> {
                        var answer = work.done();
                        return () -> go(loop, loop.next(answer));
                    });
                case Wish.End end ->
                    hand(() -> {
                        var diff = loop.leave();
                        return () -> ended(loop.end(end.ending(), diff));
                    });
            }
        }

        private void ended(Ending ending) {
            tally.ended(task, agent, ending, night.clock().passed().minus(from));
            statements.sign();
            watched.close();
            if (ending.reason() == FinishReason.TOOL_TIMEOUT) {
                slot.abandon();
            }
            cutOff = ending.reason().isNightsEnd() ? ending.reason() : cutOff;
            underWay.remove(this);
            free.add(slot);
            listener.taskFinished(task, ending);
        }

        void close() {
            if (run != null) {
                run.close();
            }
            watched.close();
        }
    }

    /** What is still under way is left off: the night has failed. */
    @Override
    public void close() {
        hands.close();
        underWay.forEach(UnderWay::close);
    }
}

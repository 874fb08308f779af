package pantheon.night.engine.decode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import pantheon.night.engine.EngineLost;
import pantheon.night.outcome.StopReason;

/**
 * The turns of a {@link DecodeLoop}: those that wait for a sequence, first come, first served, and those that go on.
 *
 * <p>None that goes on is sent back to wait. Prompts are computed in chunks, in the order in which they came; after so
 * many tokens of them, all turns whose prompts are done go a step together. A conversation keeps its sequence from one
 * turn to the next, unless another conversation has to wait for one: then what it has goes to the prefixes that are
 * kept, within their budget.
 */
final class Turns implements AutoCloseable {
    /** Prompts' tokens between two steps. */
    private static final int PROMPT_TOKENS = 512;

    private final Runner runner;
    private final PrefixCache prefixes;
    private final LongSupplier clock;
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private final List<Turn> running = new ArrayList<>();
    /** Those with a sequence; the one used last is the last. */
    private final Set<Place> seated = new LinkedHashSet<>();

    private boolean rebuilt;

    Turns(Runner runner, PrefixCache prefixes, LongSupplier clock) {
        this.runner = runner;
        this.prefixes = prefixes;
        this.clock = clock;
    }

    boolean isIdle() {
        return waiting.isEmpty() && running.isEmpty();
    }

    void add(Turn turn) {
        waiting.add(turn);
    }

    /** Takes a turn out that nobody waits for any more. */
    void cancel(Turn turn) {
        waiting.remove(turn);
        if (running.contains(turn)) {
            leave(turn);
        }
    }

    /** Gives up a conversation's place. */
    void close(Place place) {
        seated.remove(place);
        place.leave();
    }

    /** Ends all turns with a failure. */
    void fail(Throwable failure) {
        waiting.forEach(turn -> turn.answer().completeExceptionally(failure));
        running.forEach(turn -> turn.answer().completeExceptionally(failure));
        waiting.clear();
        running.clear();
    }

    /** Computes some prompts, and then a step of all turns that have theirs. */
    void step() {
        endLate(waiting);
        admit();
        int left = PROMPT_TOKENS;
        for (var turn : List.copyOf(running)) {
            while (left > 0 && running.contains(turn) && turn.isPrompt()) {
                left -= prompt(turn);
            }
        }
        run(running.stream().filter(Predicate.not(Turn::isPrompt)).toList());
        endLate(running);
    }

    private void endLate(Iterable<Turn> turns) {
        var late = new ArrayList<Turn>();
        turns.forEach(turn -> {
            if (turn.isLate(clock.getAsLong())) {
                late.add(turn);
            }
        });
        late.forEach(turn -> end(turn, StopReason.TIME_LIMIT));
    }

    private void admit() {
        for (Turn next; (next = waiting.peek()) != null && seat(next.place()); ) {
            next.place().begin();
            running.add(next);
            waiting.remove();
        }
    }

    /** Sees to it that a place has a sequence; false where all are in use. */
    private boolean seat(Place place) {
        if (place.isSeated()) {
            return true;
        }
        if (seated.size() == runner.sequences() && !unseat()) {
            return false;
        }
        place.seat(runner.open());
        seated.add(place);
        return true;
    }

    /** Takes the sequence of the conversation that has had no turn for longest. */
    private boolean unseat() {
        var idle = seated.stream().filter(Predicate.not(Place::isBusy)).findFirst();
        idle.ifPresent(place -> {
            prefixes.put(place.computed(), place.sequence());
            close(place);
        });
        return idle.isPresent();
    }

    /** Computes a chunk of a prompt; gives back its tokens. */
    private int prompt(Turn turn) {
        if (turn.isLate(clock.getAsLong())) {
            end(turn, StopReason.TIME_LIMIT);
            return 0;
        }
        if (!turn.isBegun()) {
            begin(turn);
        }
        return run(List.of(turn));
    }

    /** Finds what need not be computed of a prompt, all but its last token at most. */
    private void begin(Turn turn) {
        var asked = turn.request().tokens();
        var sequence = turn.place().sequence();
        int own = Math.min(turn.place().shared(asked), asked.length - 1);
        int others = Math.min(prefixes.shared(asked), asked.length - 1);
        if (others > own) {
            prefixes.restore(asked, others, sequence);
        } else {
            sequence.truncate(own);
        }
        turn.begin(sequence.tokens());
    }

    /** Runs some turns on; gives back how many tokens that were. */
    private int run(List<Turn> together) {
        var shares = together.stream()
                .map(turn -> turn.share(runner.chunkTokens(), runner.isRewoundForNothing()))
                .toList();
        if (shares.isEmpty()) {
            return 0;
        }
        float[][] logits;
        try {
            logits = runner.run(shares);
        } catch (RuntimeException e) {
            apart(together, e);
            return 0;
        }
        int place = 0;
        for (int i = 0; i < shares.size(); i++) {
            int end = place + shares.get(i).wanted();
            took(together.get(i), shares.get(i), List.of(logits).subList(place, end));
            place = end;
        }
        return shares.stream().mapToInt(share -> share.tokens().length).sum();
    }

    /** Finds out which turns a run fails with. */
    private void apart(List<Turn> together, RuntimeException failure) {
        together.forEach(Turn::takeBack);
        if (together.size() == 1) {
            alone(together.getFirst(), failure);
        } else {
            together.forEach(turn -> run(List.of(turn)));
        }
    }

    /** A turn fails by itself while the runner computes; one that does not is begun anew, once. */
    private void alone(Turn turn, RuntimeException failure) {
        if (runner.isSound()) {
            fail(turn, failure);
        } else if (rebuilt) {
            throw failure;
        } else {
            rebuilt = true;
            runner.rebuild();
            run(List.of(turn));
        }
    }

    private void took(Turn turn, Share share, List<float[]> logits) {
        try {
            var ended = turn.took(share, logits, clock.getAsLong());
            if (turn.isAtPrefix()) {
                prefixes.put(
                        java.util.Arrays.copyOf(
                                turn.request().tokens(), turn.request().prefix()),
                        turn.place().sequence());
            }
            if (ended != null) {
                end(turn, ended);
            }
        } catch (RuntimeException e) {
            fail(turn, e);
        }
    }

    private void end(Turn turn, StopReason reason) {
        leave(turn);
        turn.end(reason, clock.getAsLong());
    }

    private void fail(Turn turn, RuntimeException failure) {
        leave(turn);
        turn.answer()
                .completeExceptionally(
                        new EngineLost("the model could not go on with this turn: " + failure.getMessage()));
    }

    /** Its conversation keeps what was computed. */
    private void leave(Turn turn) {
        waiting.remove(turn);
        if (running.remove(turn)) {
            turn.place().end(turn.tokens());
            seated.remove(turn.place());
            seated.add(turn.place());
        }
    }

    @Override
    public void close() {
        seated.forEach(Place::leave);
        seated.clear();
    }
}

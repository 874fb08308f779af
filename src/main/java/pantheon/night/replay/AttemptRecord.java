package pantheon.night.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.contract.Json;
import pantheon.night.engine.Generation;
import pantheon.night.engine.Usage;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.CheckFinished;
import pantheon.night.journal.NightEvent.CommitIntended;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.journal.NightEvent.TaskEvent;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.outcome.FinishReason;

/** What the journal has of one attempt at a task, and how far the loop has come in it. */
final class AttemptRecord {
    /** A line of it, by its number in the journal. */
    private record Line(long seq, TaskEvent event) {}

    private final TaskStarted started;
    private final Instant begun;
    private final List<Line> lines = new ArrayList<>();
    private int at;

    /** @param seq the line that it begins with */
    AttemptRecord(long seq, TaskStarted started, Instant begun) {
        this.started = started;
        this.begun = begun;
        add(seq, started);
    }

    void add(long seq, TaskEvent event) {
        lines.add(new Line(seq, event));
    }

    TaskStarted started() {
        return started;
    }

    /** When it was begun. */
    Instant begun() {
        return begun;
    }

    /** The reason that it ended for. */
    FinishReason reason() {
        if (lines.getLast().event() instanceof TaskFinished finished) {
            return finished.reason();
        }
        throw new IllegalStateException("the attempt at %s has not ended".formatted(started.task()));
    }

    /** How the engine was lost over the next answer; empty where it was not. */
    Optional<String> lost() {
        return next() instanceof TaskFinished finished && finished.reason() == FinishReason.ENGINE_LOST
                ? Optional.of(finished.ending().message())
                : Optional.empty();
    }

    /** The line that comes next. */
    TaskEvent next() {
        return lines.get(at).event();
    }

    /** Whether every recorded answer was given. */
    boolean isAnswered() {
        return lines.subList(at, lines.size()).stream().noneMatch(line -> line.event() instanceof GenerationReceived);
    }

    /** What a check found, the first of that name; the loop looks at all of an agent's checks before it tells any. */
    Optional<CheckResult> check(String name) {
        return lines.stream()
                .map(Line::event)
                .filter(CheckFinished.class::isInstance)
                .map(CheckFinished.class::cast)
                .filter(check -> check.check().equals(name))
                .findFirst()
                .map(check -> new CheckResult(name, check.passed(), Objects.requireNonNullElse(check.message(), "")));
    }

    /** The answers, in their order. */
    List<Generation> generations() {
        return lines.stream()
                .map(Line::event)
                .filter(GenerationReceived.class::isInstance)
                .map(turn -> generation((GenerationReceived) turn))
                .toList();
    }

    private static Generation generation(GenerationReceived turn) {
        var tokens = turn.tokens();
        return new Generation(
                turn.text(),
                turn.stopReason(),
                new Usage(
                        Math.toIntExact(tokens.input()),
                        tokens.cached() == null ? null : Math.toIntExact(tokens.cached()),
                        Math.toIntExact(tokens.output()),
                        turn.forcedTokens()),
                Duration.ofMillis(turn.prefillMillis()),
                Duration.ofMillis(turn.decodeMillis()),
                new RecordedLikelihood(turn.limited()));
    }

    /** Sees that the loop does what the record has next, and goes on to the line behind it. */
    void take(NightEvent made) {
        if (EventType.of(next()) != EventType.of(made)) {
            throw differs("the loop %s".formatted(type(made)));
        }
        compare(EventCodec.difference(made, next()));
        at++;
    }

    /** Sees that the loop began as the record says. */
    void takeStart(TaskStarted made) {
        compare(EventCodec.difference(made, started.byItself()));
        at++;
    }

    /** Sees that the loop came to what the record says; what became of the commit after that hangs on other tasks. */
    void takeEnd(TaskEnding made) {
        switch (next()) {
            case CommitIntended intended -> compare(EventCodec.difference(made, intended.ending()));
            case TaskFinished finished -> compare(EventCodec.difference(made, finished.ending()));
            default ->
                throw differs("the loop ended: " + Json.quote(made.reason().code()));
        }
    }

    private void compare(Optional<EventCodec.Difference> difference) {
        difference.ifPresent(found -> {
            throw new Differs(
                    lines.get(at).seq(),
                    "%s: %s is %s; the record has %s"
                            .formatted(type(next()), found.field(), found.made(), found.recorded()));
        });
    }

    /** At the line that comes next the loop does something else. */
    Differs differs(String what) {
        return new Differs(lines.get(at).seq(), "the record has %s, %s".formatted(type(next()), what));
    }

    /** The attempt cannot be replayed at all. */
    Differs impossible(String why) {
        return new Differs(lines.getFirst().seq(), why);
    }

    private static String type(NightEvent event) {
        return EventType.of(event).type();
    }
}

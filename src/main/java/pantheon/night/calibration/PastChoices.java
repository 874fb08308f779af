package pantheon.night.calibration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.decision.Decisions;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.Limited;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightLines;
import pantheon.night.journal.StateFolder;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.Verdict;
import pantheon.night.review.Review;
import tools.jackson.databind.JsonNode;

/**
 * The choices of past nights at one place of an agent, a task each: with the least of its likelihoods where it chose there
 * more than once, and in the night in which it ended last. Where one value alone was offered nobody chose.
 */
public final class PastChoices {
    private final String agent;
    private final ChoicePlace place;
    private final StateFolder state;
    private final Decisions decisions;
    private final @Nullable Truths truths;
    private final Map<String, Open> open = new HashMap<>();
    private final Map<String, Optional<JudgedChoice>> ended = new LinkedHashMap<>();
    private String run = "";

    /** @param truths what is right; null where the night's own checks and people's reviews say it */
    public PastChoices(String agent, ChoicePlace place, StateFolder state, @Nullable Truths truths) {
        this(agent, place, state, Decisions.of(state), truths);
    }

    PastChoices(String agent, ChoicePlace place, StateFolder state, Decisions decisions, @Nullable Truths truths) {
        this.agent = agent;
        this.place = place;
        this.state = state;
        this.decisions = decisions;
        this.truths = truths;
    }

    private static final class Open {
        private final JsonNode input;
        private double likelihood = 1;
        private @Nullable JsonNode value;

        Open(JsonNode input) {
            this.input = input;
        }

        private void take(Limited limited) {
            if (limited.isChoice()) {
                likelihood = Math.min(likelihood, Objects.requireNonNull(limited.likelihood()));
                value = limited.value();
            }
        }
    }

    /** Reads a night's journal; those of several, oldest first. */
    public void read(Path journal) {
        begin(Journal.run(journal));
        NightLines.read(journal, entry -> take(entry.event()));
    }

    /** What is taken next is of another night. */
    void begin(String night) {
        run = night;
        open.clear();
    }

    void take(NightEvent event) {
        switch (event) {
            case TaskStarted task -> started(task);
            case GenerationReceived turn -> taken(turn);
            case TaskFinished task -> finished(task);
            default -> {}
        }
    }

    private void started(TaskStarted task) {
        if (task.agent().equals(agent)) {
            open.put(task.task(), new Open(task.input()));
        }
    }

    private void taken(GenerationReceived turn) {
        var task = open.get(turn.task());
        if (task != null) {
            turn.limited().stream()
                    .filter(limited -> limited.tool().equals(place.tool())
                            && limited.argument().equals(place.argument()))
                    .forEach(task::take);
        }
    }

    private void finished(TaskFinished finished) {
        var task = open.remove(finished.task());
        if (task != null && task.value != null) {
            var right = truths == null ? isRight(finished) : truths.isRight(finished.task(), task.input, task.value);
            ended.put(finished.task(), right.map(isRight -> new JudgedChoice(task.likelihood, isRight)));
        }
    }

    /** What a person decided counts, then what reviews say, then the checks; of what was not done nobody knows. */
    private Optional<Boolean> isRight(TaskFinished finished) {
        var judged = decisions.judgement(run, finished.task());
        if (judged.isPresent()) {
            return Optional.of(judged.get().verdict() == Verdict.ACCEPTED);
        }
        if (finished.reason() == FinishReason.ACCEPTED) {
            return Optional.of(review(finished.task()).map(Review::isAccepted).orElse(true));
        }
        return finished.reason() == FinishReason.NOT_ACCEPTED ? Optional.of(false) : Optional.empty();
    }

    private Optional<Review> review(String task) {
        try {
            var text = Review.text(state.artifacts(run).resolve(task));
            return text.isEmpty() ? Optional.empty() : Optional.of(Review.parse(text.get()));
        } catch (IOException | Review.Unreadable e) {
            return Optional.empty(); // the report tells of it
        }
    }

    /** Those of which it is known whether they were right. */
    public List<JudgedChoice> judged() {
        return ended.values().stream().flatMap(Optional::stream).toList();
    }

    /** How many there are of which it is not known. */
    public int unjudged() {
        return ended.size() - judged().size();
    }
}

package pantheon.night.calibration;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import pantheon.night.decision.Decisions;
import pantheon.night.journal.JournalReader.Entry;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.Limited;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.StateFolder;
import pantheon.night.review.Review;

/** The choices of past nights at all places at which models chose and said how sure they were. */
public final class EveryChoice {
    private final StateFolder state;
    private final Decisions decisions;
    private final SortedMap<Chooser, PastChoices> places = new TreeMap<>();
    private final Map<String, TaskStarted> begun = new HashMap<>();
    private String run = "";

    /** An agent, and what it leaves to its model. */
    public record Chooser(String agent, ChoicePlace place) implements Comparable<Chooser> {
        private static final Comparator<Chooser> ORDER = Comparator.comparing(Chooser::agent)
                .thenComparing(one -> one.place().toString());

        @Override
        public int compareTo(Chooser other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return agent + ", " + place;
        }
    }

    /** @param decisions what people decided in the mornings */
    public EveryChoice(StateFolder state, Decisions decisions) {
        this.state = state;
        this.decisions = decisions;
    }

    /** Takes a night's lines, in their order; nights oldest first. */
    public Consumer<Entry> night(String night) {
        run = night;
        begun.clear();
        places.values().forEach(place -> place.begin(night));
        return entry -> take(entry.event());
    }

    private void take(NightEvent event) {
        switch (event) {
            case TaskStarted task -> begun.put(task.task(), task);
            case GenerationReceived turn -> turn.limited().forEach(limited -> know(turn.task(), limited));
            default -> {}
        }
        places.values().forEach(place -> place.take(event));
    }

    /** What people decided of a night's tasks, by task. */
    public Map<String, Review> reviews(String night) {
        return decisions.reviews(night);
    }

    /** A place that nobody chose at before is told how the task began. */
    private void know(String task, Limited limited) {
        var start = begun.get(task);
        if (start != null && limited.isChoice()) {
            var chooser = new Chooser(start.agent(), new ChoicePlace(limited.tool(), limited.argument()));
            places.computeIfAbsent(chooser, this::place);
        }
    }

    private PastChoices place(Chooser chooser) {
        var place = new PastChoices(chooser.agent(), chooser.place(), state, decisions, null);
        place.begin(run);
        begun.values().forEach(place::take);
        return place;
    }

    /** The choices of which it is known whether they were right; places without one are left out. */
    public SortedMap<Chooser, Calibration> judged() {
        var judged = new TreeMap<Chooser, Calibration>();
        places.forEach((chooser, place) -> {
            if (!place.judged().isEmpty()) {
                judged.put(chooser, new Calibration(place.judged()));
            }
        });
        return judged;
    }

    /** How many there are at a place of which it is not known. */
    public int unjudged(Chooser chooser) {
        return Objects.requireNonNull(places.get(chooser), "nobody chose there").unjudged();
    }
}

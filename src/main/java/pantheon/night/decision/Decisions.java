package pantheon.night.decision;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.AgentReleased;
import pantheon.night.journal.NightEvent.DecisionMade;
import pantheon.night.journal.StateFolder;
import pantheon.night.outcome.Verdict;
import pantheon.night.review.Review;

/**
 * What people decided of tasks, folded from the journal of decisions. The last word on a task of a night counts; those
 * before it are kept.
 */
public final class Decisions {
    /** What the journal is called where another would be by its night's id. */
    static final String NAME = "decisions";

    private final Map<String, List<Decision>> byTask = new LinkedHashMap<>();
    private final Set<String> released = new HashSet<>();

    private Decisions() {}

    /** A decision, and when it was made. */
    public record Decision(Instant time, DecisionMade made) {
        public Verdict verdict() {
            return made.verdict();
        }

        /** For a person: {@code rejected by ann: The title lost its accent.} */
        public String words() {
            var reason = made.reason();
            return "%s by %s%s".formatted(verdict().words(), made.who(), reason == null ? "" : ": " + reason);
        }
    }

    /** The journal of decisions of a state folder, whether it is there or not. */
    public static Path file(StateFolder state) {
        return Journal.file(state.decisions(), NAME);
    }

    /**
     * Reads the journal; where there is none, nothing was decided.
     *
     * @throws pantheon.night.NightException with exit code 65 where it is broken
     */
    public static Decisions of(StateFolder state) {
        var decisions = new Decisions();
        if (Files.exists(file(state))) {
            JournalReader.read(file(state), entry -> {
                switch (entry.event()) {
                    case DecisionMade made -> decisions.add(new Decision(entry.time(), made));
                    case AgentReleased agent ->
                        decisions.released.add(stop(agent.agent(), agent.run(), agent.number()));
                    default -> {}
                }
            });
        }
        return decisions;
    }

    /** Nothing was decided. */
    public static Decisions none() {
        return new Decisions();
    }

    private static String stop(String agent, String run, int number) {
        return "%s %s %d".formatted(agent, run, number);
    }

    /** Whether a person said that an agent goes on after one of its stops in a night. */
    public boolean isReleased(String agent, String run, int number) {
        return released.contains(stop(agent, run, number));
    }

    private void add(Decision decision) {
        byTask.computeIfAbsent(key(decision.made().run(), decision.made().task()), any -> new ArrayList<>())
                .add(decision);
    }

    private static String key(String run, String task) {
        return run + "/" + task;
    }

    /** All that was decided of a task in a night, oldest first. */
    public List<Decision> all(String run, String task) {
        return List.copyOf(byTask.getOrDefault(key(run, task), List.of()));
    }

    /** The last word on a task in a night. */
    public Optional<Decision> last(String run, String task) {
        var all = all(run, task);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** What a person said of a task in a night as a review says it: the last word counts, nothing where nobody judged. */
    public Review review(String run, String task) {
        return judgement(run, task)
                .map(Decision::made)
                .map(made -> Review.none()
                        .with(
                                made.who(),
                                made.verdict() == Verdict.ACCEPTED,
                                Objects.requireNonNullElse(made.reason(), "rejected")))
                .orElse(Review.none());
    }

    /** What people judged, as reviews say it, by night and task: {@code 20261123-220000/fm-install}. */
    public Map<String, Review> reviews() {
        var reviews = new LinkedHashMap<String, Review>();
        byTask.forEach((key, decisions) -> {
            var made = decisions.getFirst().made();
            if (judgement(made.run(), made.task()).isPresent()) {
                reviews.put(key, review(made.run(), made.task()));
            }
        });
        return reviews;
    }

    /** Those of one night, by task. */
    public Map<String, Review> reviews(String run) {
        var reviews = new LinkedHashMap<String, Review>();
        reviews().forEach((key, review) -> {
            if (key.startsWith(run + "/")) {
                reviews.put(key.substring(run.length() + 1), review);
            }
        });
        return reviews;
    }

    /** The last word that accepts or rejects a task in a night, which leaving it for later or redoing it takes nothing from. */
    public Optional<Decision> judgement(String run, String task) {
        return all(run, task).reversed().stream()
                .filter(one -> one.verdict() == Verdict.ACCEPTED || one.verdict() == Verdict.REJECTED)
                .findFirst();
    }
}

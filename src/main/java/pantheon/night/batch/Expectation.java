package pantheon.night.batch;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.Machine;
import pantheon.night.journal.NightEvent.LinesRefused;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a night's journal tells before the first task: where it runs, how it was expected to go, and what it does without.
 *
 * @param machine where it runs
 * @param forecast what was forecast of it, null where nothing was
 * @param refused what is wrong with lines of the queue that it does without
 */
public record Expectation(Machine machine, @Nullable ObjectNode forecast, List<String> refused) {
    private static final int MOST_LINES = 100;
    private static final int MOST_CHARS = 500;

    public Expectation {
        refused = List.copyOf(refused);
    }

    /** Of a night that does all of its queue. */
    public Expectation(Machine machine, @Nullable ObjectNode forecast) {
        this(machine, forecast, List.of());
    }

    /** What the journal tells of those lines, shortened; empty where there is none. */
    Optional<LinesRefused> linesRefused() {
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        var told = refused.subList(0, Math.min(MOST_LINES, refused.size())).stream()
                .map(line -> line.length() > MOST_CHARS ? line.substring(0, MOST_CHARS) + "…" : line)
                .toList();
        int untold = refused.size() - told.size();
        return Optional.of(new LinesRefused(told, untold == 0 ? null : untold));
    }
}

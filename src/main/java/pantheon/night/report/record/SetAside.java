package pantheon.night.report.record;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person should know of some of a queue: lines that are no tasks, tasks that wait for others or took long.
 *
 * @param first what, of many the first ones; each with the line's place or the task's id
 * @param count how many there are
 */
public record SetAside(List<String> first, int count) {
    static final SetAside NOTHING = new SetAside(List.of(), 0);

    private static final int MOST_TOLD = 5;

    public SetAside {
        first = List.copyOf(first);
    }

    /** @param untold how many there are beside those, null for none */
    static SetAside of(List<String> first, @Nullable Integer untold) {
        return new SetAside(first, first.size() + (untold == null ? 0 : untold));
    }

    /**
     * A sentence about them with the first few; empty where there is none.
     *
     * @param one what is said of a single one
     * @param more what is said of several, after their number
     * @param rest where all are told
     */
    public Optional<String> told(String one, String more, String rest) {
        return count == 0
                ? Optional.empty()
                : Optional.of("%s: %s%s"
                        .formatted(
                                count == 1 ? "One " + one : count + " " + more,
                                first.stream().limit(MOST_TOLD).collect(Collectors.joining("; ")),
                                count > MOST_TOLD ? "; " + rest : "."));
    }

    /** The same of tasks that wait for others. */
    public Optional<String> parked() {
        return told(
                "task waited for others that it builds on when the night began",
                "tasks waited for others that they build on when the night began",
                "pantheon-night list tells more.");
    }
}

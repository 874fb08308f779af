package pantheon.night.sizing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A first estimate of a night: the tasks' mean times added up, one task after the other.
 *
 * @param lines one an agent
 */
public record Estimate(List<Line> lines) {
    /** What a task is taken to last where none of its agent was ever seen. */
    public static final Duration ASSUMED = Duration.ofSeconds(30);

    public Estimate {
        lines = List.copyOf(lines);
    }

    /**
     * An agent's part of the queue.
     *
     * @param tasks how many are queued
     * @param seen what earlier nights tell about them
     */
    public record Line(String agent, String version, int tasks, ServiceTimes.Seen seen) {
        /** Whether the time of a task is assumed, for lack of earlier nights. */
        public boolean assumed() {
            return seen.tasks() == 0;
        }

        public Duration perTask() {
            return assumed() ? ASSUMED : seen.mean();
        }

        public Duration total() {
            return perTask().multipliedBy(tasks);
        }
    }

    public int tasks() {
        return lines.stream().mapToInt(Line::tasks).sum();
    }

    public Duration total() {
        return lines.stream().map(Line::total).reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether the night would be done by its end; without an end it always is. */
    public boolean fits(Instant now, @Nullable Instant end) {
        return end == null || !now.plus(total()).isAfter(end);
    }
}

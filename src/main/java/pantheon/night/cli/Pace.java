package pantheon.night.cli;

import java.time.Duration;
import java.time.Instant;
import pantheon.night.agent.Ending;

/**
 * How far a night is, and how fast.
 *
 * @param tasks how many it has
 * @param done how many of them have ended
 * @param tokens how many were generated
 */
record Pace(Instant start, int tasks, int done, int accepted, long tokens) {
    static Pace atStart(int tasks, Instant now) {
        return new Pace(now, tasks, 0, 0, 0);
    }

    Pace after(Ending ending) {
        return new Pace(
                start,
                tasks,
                done + 1,
                accepted + (ending.accepted() ? 1 : 0),
                tokens + ending.progress().outputTokens());
    }

    double tokensPerSecond(Instant now) {
        return tokens * 1000.0 / Math.max(1, elapsed(now).toMillis());
    }

    /** When the last task ends, if all take as long as those that are done. */
    Instant end(Instant now) {
        return start.plus(elapsed(now).multipliedBy(tasks).dividedBy(Math.max(1, done)));
    }

    private Duration elapsed(Instant now) {
        return Duration.between(start, now);
    }
}

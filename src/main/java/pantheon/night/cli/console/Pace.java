package pantheon.night.cli.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import pantheon.night.agent.Ending;
import pantheon.night.outcome.FinishReason;

/**
 * How far a night is, and how fast.
 *
 * @param tasks how many it has
 * @param before how many of them had ended when this start began
 * @param done how many have ended
 * @param tokens how many were generated since this start
 */
record Pace(Instant start, int tasks, int before, int done, int accepted, long tokens) {
    static Pace atStart(int tasks, Instant now) {
        return new Pace(now, tasks, 0, 0, 0, 0);
    }

    /** @param finished how many tasks have ended for each reason, beside those that are left */
    static Pace atResumption(Map<FinishReason, Integer> finished, int left, Instant now) {
        int ended = finished.values().stream().mapToInt(Integer::intValue).sum();
        return new Pace(now, ended + left, ended, ended, finished.getOrDefault(FinishReason.ACCEPTED, 0), 0);
    }

    Pace after(Ending ending) {
        return new Pace(
                start,
                tasks,
                before,
                done + 1,
                accepted + (ending.accepted() ? 1 : 0),
                tokens + ending.progress().outputTokens());
    }

    double tokensPerSecond(Instant now) {
        return tokens * 1000.0 / Math.max(1, elapsed(now).toMillis());
    }

    /** When the last task ends, if all take as long as those that ended since this start. */
    Instant end(Instant now) {
        return start.plus(elapsed(now).multipliedBy(tasks - before).dividedBy(Math.max(1, done - before)));
    }

    private Duration elapsed(Instant now) {
        return Duration.between(start, now);
    }
}

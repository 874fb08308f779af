package pantheon.night.agent;

import java.time.Duration;

/**
 * The bounds of one task; each has a finish reason of its own.
 *
 * @param steps the most model turns
 * @param failures the most replies in a task that are no valid call
 * @param toolErrors the most tool results in a task that are errors
 * @param identicalCalls the most times in a row that the same calls run
 * @param idleSteps the most steps in a row that bring nothing new
 * @param stepTokens the most tokens that one turn may generate
 * @param taskTokens the most tokens that a task may generate
 * @param keptResults how many of the last tool results stay whole when the context is nearly full
 * @param toolTime the longest one tool call may take
 * @param taskTime the longest a task may take
 */
public record Limits(
        int steps,
        int failures,
        int toolErrors,
        int identicalCalls,
        int idleSteps,
        int stepTokens,
        int taskTokens,
        int keptResults,
        Duration toolTime,
        Duration taskTime) {
    public Limits {
        if (steps < 1 || identicalCalls < 1 || stepTokens < 1 || taskTokens < 1) {
            throw new IllegalArgumentException("steps, identicalCalls, stepTokens and taskTokens are 1 or more");
        }
        if (failures < 0 || toolErrors < 0 || idleSteps < 0 || keptResults < 0) {
            throw new IllegalArgumentException("failures, toolErrors, idleSteps and keptResults are 0 or more");
        }
        if (!toolTime.isPositive() || !taskTime.isPositive()) {
            throw new IllegalArgumentException("toolTime and taskTime are longer than zero");
        }
    }

    /** Whether a task that has taken so long may begin nothing more. */
    boolean timeIsOver(Duration elapsed) {
        return elapsed.compareTo(taskTime) >= 0;
    }
}

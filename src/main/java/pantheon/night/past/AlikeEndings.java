package pantheon.night.past;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import pantheon.night.outcome.FinishReason;

/**
 * How often in a row an agent's tasks failed alike in a night: for the same reason, by the same check or in the same words
 * of the agent. Where nothing else comes, its agent, its model or its documents are wrong, and a person should look first.
 */
public final class AlikeEndings {
    /** How an agent's last tasks failed, and how many of them. */
    private record Run(String how, int length) {}

    private final Map<String, Run> runs = new HashMap<>();

    /** A task of an agent has ended; one that was cut off, and one that was not begun any more, tell nothing. */
    public void ended(String agent, FinishReason reason, String message) {
        switch (reason) {
            case WINDOW_CLOSED, STOPPED, ENGINE_LOST, ATTEMPTS_SPENT -> {}
            case ACCEPTED, CONFLICT -> runs.remove(agent); // its checks passed
            case NOT_ACCEPTED -> failed(agent, "%s (%s)".formatted(reason.code(), check(message)));
            case DECLINED ->
                failed(agent, message.isEmpty() ? reason.code() : "%s (%s)".formatted(reason.code(), message));
            case STEP_LIMIT,
                    SCHEMA_FAILURES,
                    NO_PROGRESS,
                    TOOL_ERRORS,
                    TOOL_TIMEOUT,
                    IDENTICAL_CALLS,
                    TOKEN_LIMIT,
                    CONTEXT_FULL,
                    TASK_TIMEOUT -> failed(agent, reason.code());
        }
    }

    /** An agent begins anew: what came before was told to a person. */
    public void beginAnew(String agent) {
        runs.remove(agent);
    }

    private void failed(String agent, String how) {
        runs.merge(
                agent,
                new Run(how, 1),
                (before, now) -> before.how().equals(how) ? new Run(how, before.length() + 1) : now);
    }

    /** A check's message begins with its name. */
    private static String check(String message) {
        int end = message.indexOf(": ");
        return end < 0 ? message : message.substring(0, end);
    }

    /**
     * How the last tasks of an agent failed where so many or more did alike, for example {@code not_accepted (body_kept)}.
     *
     * @param most 1 or more; 0 where any number may
     */
    public Optional<String> stopping(String agent, int most) {
        var run = runs.get(agent);
        return most == 0 || run == null || run.length() < most ? Optional.empty() : Optional.of(run.how());
    }
}

package pantheon.night.outcome;

import java.util.Locale;

/** Why a task ended; in the journal and the report in lower case. */
public enum FinishReason {
    /** Every acceptance check passed. */
    ACCEPTED("every acceptance check passed"),
    /** An acceptance check failed. */
    NOT_ACCEPTED("an acceptance check failed"),
    /** The agent ended the task itself, with a reason: the input is not fit for it. */
    DECLINED("the agent said that it cannot do this task"),
    /** Too many steps. */
    STEP_LIMIT("the agent's limit of steps was reached"),
    /** Too many replies that were no valid call. */
    SCHEMA_FAILURES("too many replies were no valid tool call"),
    /** Too many steps in a row brought nothing new: no result and no state of the files that was not there before. */
    NO_PROGRESS("too many steps in a row brought nothing new"),
    /** Too many tool results that were errors. */
    TOOL_ERRORS("too many tool calls failed"),
    /** A tool ran into its time limit too often, or could not be stopped. */
    TOOL_TIMEOUT("a tool did not end within its time limit"),
    /** The same calls again and again. */
    IDENTICAL_CALLS("the agent repeated the same call"),
    /** The task's tokens are spent. */
    TOKEN_LIMIT("the task's limit of tokens was reached"),
    /** Prompt and transcript fill the model's context. */
    CONTEXT_FULL("the model's context is full"),
    /** The task's time is spent. */
    TASK_TIMEOUT("the task's time limit was reached"),
    /** The night's window closed. */
    WINDOW_CLOSED("the night's window closed"),
    /** The night was stopped by a person or by the system. */
    STOPPED("the night was stopped"),
    /** The change does not fit what another task of this night committed. */
    CONFLICT("the change conflicts with another task's commit of this night"),
    /** The engine that it was asked on was lost: a server that died, fell silent or answered nonsense. */
    ENGINE_LOST("its model's server was lost while the task was under way"),
    /** The task was begun too often, and each time cut off or in conflict. */
    ATTEMPTS_SPENT("the task was begun as often as is allowed and came to no end");

    private final String words;

    FinishReason(String words) {
        this.words = words;
    }

    /** The reason in words, for a person. */
    public String words() {
        return words;
    }

    /** The reason as the journal writes it, for example {@code not_accepted}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The reason that the journal writes so.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static FinishReason of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether it was the night that ended, and not the task. */
    public boolean isNightsEnd() {
        return this == WINDOW_CLOSED || this == STOPPED;
    }

    /** Whether what cut the task off says nothing of it, and of how long it would have taken. */
    public boolean isNoneOfItsOwn() {
        return isNightsEnd() || this == ENGINE_LOST;
    }

    /** Whether the task was cut off from outside and should be taken up again. */
    public boolean carriesOver() {
        return switch (this) {
            case WINDOW_CLOSED, STOPPED, CONFLICT, ENGINE_LOST -> true;
            case ACCEPTED,
                    NOT_ACCEPTED,
                    DECLINED,
                    STEP_LIMIT,
                    SCHEMA_FAILURES,
                    TOOL_ERRORS,
                    TOOL_TIMEOUT,
                    IDENTICAL_CALLS,
                    NO_PROGRESS,
                    TOKEN_LIMIT,
                    CONTEXT_FULL,
                    TASK_TIMEOUT,
                    ATTEMPTS_SPENT -> false;
        };
    }
}

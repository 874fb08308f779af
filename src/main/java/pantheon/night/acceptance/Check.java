package pantheon.night.acceptance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import pantheon.night.Contained;
import pantheon.night.tool.Tool;

/** One condition on a finished task's work. The same work gives the same result, but for what is not {@link #isStable() stable}. */
public interface Check {
    String name();

    /** The fields of a task's input that name the files which it looks at. */
    default List<String> fileFields() {
        return List.of();
    }

    CheckResult check(Work work);

    /** The tool that it runs. */
    default Optional<Tool> usedTool() {
        return Optional.empty();
    }

    /** The same over another tool of the same name and schemas, where it runs one. */
    default Check over(UnaryOperator<Tool> other) {
        return this;
    }

    /** Whether the same work always gives the same result; where it does not, a replay takes the recorded one. */
    default boolean isStable() {
        return true;
    }

    /**
     * The same where the check may throw or not end on what strangers wrote: it has not passed then.
     *
     * @param limit the longest that it may take
     */
    default CheckResult check(Work work, Contained contained, Duration limit) {
        return switch (contained.run("check-" + name(), limit, () -> check(work))) {
            case Contained.Outcome.Done<CheckResult> done -> done.value();
            case Contained.Outcome.Broken<CheckResult> broken -> CheckResult.impossible(name(), broken.why());
            case Contained.Outcome.Late<CheckResult> late ->
                CheckResult.impossible(name(), "it did not end within the time of a call");
        };
    }
}

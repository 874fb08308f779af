package pantheon.night.acceptance;

import java.time.Duration;
import java.util.List;
import pantheon.night.Contained;

/** One condition on a finished task's work. Deterministic: the same work always gives the same result. */
public interface Check {
    String name();

    /** The fields of a task's input that name the files which it looks at. */
    default List<String> fileFields() {
        return List.of();
    }

    CheckResult check(Work work);

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

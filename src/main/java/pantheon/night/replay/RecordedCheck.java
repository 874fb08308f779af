package pantheon.night.replay;

import java.util.List;
import java.util.function.UnaryOperator;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.acceptance.Work;
import pantheon.night.tool.Tool;

/** A check that is not stable, with the result that its record has. */
record RecordedCheck(Check check, AttemptRecord record) implements Check {
    @Override
    public String name() {
        return check.name();
    }

    @Override
    public List<String> fileFields() {
        return check.fileFields();
    }

    @Override
    public Check over(UnaryOperator<Tool> other) {
        return new RecordedCheck(check.over(other), record);
    }

    /** Where the record has none, the check itself is asked, and its line is the difference. */
    @Override
    public CheckResult check(Work work) {
        return record.check(name()).orElseGet(() -> check.check(work));
    }
}

package pantheon.night.acceptance;

import java.util.List;

/** One condition on a finished task's work. Deterministic: the same work always gives the same result. */
public interface Check {
    String name();

    /** The fields of a task's input that name the files which it looks at. */
    default List<String> fileFields() {
        return List.of();
    }

    CheckResult check(Work work);
}

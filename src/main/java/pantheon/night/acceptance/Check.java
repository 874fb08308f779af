package pantheon.night.acceptance;

/** One condition on a finished task's work. Deterministic: the same work always gives the same result. */
public interface Check {
    String name();

    CheckResult check(Work work);
}

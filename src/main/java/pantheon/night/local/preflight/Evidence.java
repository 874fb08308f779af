package pantheon.night.local.preflight;

/**
 * What a check found.
 *
 * @param holds whether it is as expected
 * @param found in words that stay the same while nothing changes, and that never hold a credential
 * @param required whether nothing may run where it does not hold
 */
public record Evidence(PreflightCheck check, boolean holds, String found, boolean required) {
    /** Whether nothing may run because of it. */
    public boolean isMissing() {
        return required && !holds;
    }

    /** What was looked at, found and expected, and what to do, in one sentence each. */
    String problem() {
        return "%s: found %s; expected %s. %s".formatted(check.code(), found, check.expected(), check.remedy());
    }
}

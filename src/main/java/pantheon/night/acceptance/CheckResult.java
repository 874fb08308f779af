package pantheon.night.acceptance;

/**
 * What one check found.
 *
 * @param check the check's name
 * @param message what is wrong, for a person; empty where it passed
 */
public record CheckResult(String check, boolean passed, String message) {
    /** A check that could not be made at all. */
    public static CheckResult impossible(String check, String message) {
        return new CheckResult(check, false, message);
    }

    static CheckResult passed(Check check) {
        return new CheckResult(check.name(), true, "");
    }

    static CheckResult failed(Check check, String message) {
        return new CheckResult(check.name(), false, message);
    }
}

package pantheon.night.cli.install;

import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * One thing that is missing, and the command that brings it.
 *
 * @param what it is good for, as a sentence without its dot
 */
record Step(String what, SystemCommand command) {
    /** @throws NightException with exit code 73 where the command fails */
    void take() {
        var outcome = command.run();
        if (!outcome.isGood()) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    List.of(
                            "this ended with %d: %s".formatted(outcome.status(), command.shown()),
                            outcome.lastLine(),
                            "what comes after it was not done; mend it and run setup again, what is done stays"));
        }
    }
}

package pantheon.night.model.importing;

import java.nio.file.Path;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** What is said where a model from elsewhere cannot be taken as it is. */
final class Foreign {
    private static final String AGAIN = "Get the file from its source again.";

    private Foreign() {}

    /** The model is whole, but something in it is not known here. */
    static NightException unknown(Path file, String what, String mend) {
        return new NightException(ExitCode.DATA, "%s cannot be imported: %s. %s".formatted(file, what, mend));
    }

    /** The model contradicts itself, or lacks a part. */
    static NightException broken(Path file, String what) {
        return unknown(file, what, AGAIN);
    }

    /**
     * The most tokens of a sequence: as many as are asked for, or as the model claims where that is 0.
     *
     * @throws NightException with exit code 64 where it claims fewer, or 65 where it claims none
     */
    static int context(Path model, int asked, int claimed) {
        if (claimed < 1) {
            throw broken(model, "it claims a context of %d tokens".formatted(claimed));
        }
        if (asked < 0 || asked > claimed) {
            throw new NightException(
                    ExitCode.USAGE,
                    "a context of %d tokens is asked for, and %s has one of %d. Ask for that or fewer."
                            .formatted(asked, model, claimed));
        }
        return asked == 0 ? claimed : asked;
    }
}

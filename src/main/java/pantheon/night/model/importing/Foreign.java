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
}

package pantheon.night.workspace.repository;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** A workspace that no night can work on. */
public final class Unusable {
    private Unusable() {}

    /**
     * What to say of it, with exit code 78.
     *
     * @param what behind "the workspace PATH", without a full stop
     * @param doThis a sentence without its full stop
     */
    public static NightException of(Path path, String what, String doThis, @Nullable Throwable cause) {
        return new NightException(ExitCode.CONFIG, "the workspace %s %s. %s.".formatted(path, what, doThis), cause);
    }
}

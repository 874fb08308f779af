package pantheon.night;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A failure that its reader can mend: the message says what, where, what was expected and what to do. */
public final class NightException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public NightException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    public NightException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What its reader is told. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}

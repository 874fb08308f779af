package pantheon.night;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A failure that its reader can mend: the message says what, where, what was expected and what to do. */
public final class NightException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final transient List<String> lines;

    public NightException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    public NightException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.lines = List.of(message);
    }

    /** @param lines several problems, one line each; at least one */
    public NightException(ExitCode exitCode, List<String> lines) {
        super(String.join("\n", lines));
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    /** What its reader is told. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** What its reader is told, as it came together: a line end within one of them is foreign text. */
    public List<String> lines() {
        return lines;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}

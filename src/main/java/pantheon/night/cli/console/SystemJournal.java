package pantheon.night.cli.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import pantheon.night.VisibleText;

/**
 * How much a line matters. Where it goes to the stream of systemd's journal, it begins with its priority, so that
 * {@code journalctl -p err} finds it (sd-daemon(3); {@code JOURNAL_STREAM} in systemd.exec(5)).
 */
enum SystemJournal {
    ERROR(3),
    WARNING(4),
    /** What a person may want to look at, though all is as it should be. */
    NOTICE(5);

    private static final boolean IS_STANDARD_OUTPUT = isStream(1);
    private static final boolean IS_STANDARD_ERROR = isStream(2);

    private final String prefix;

    SystemJournal(int priority) {
        this.prefix = "<%d>".formatted(priority);
    }

    /** Prints one line to standard error. */
    void print(PrintWriter err, String line) {
        err.println((IS_STANDARD_ERROR ? prefix : "") + VisibleText.line(line));
        err.flush();
    }

    /** What stands before a line of standard output. */
    String beforeOutput() {
        return IS_STANDARD_OUTPUT ? prefix : "";
    }

    private static boolean isStream(int descriptor) {
        return isStream(System.getenv("JOURNAL_STREAM"), Path.of("/proc/self/fd/" + descriptor));
    }

    /** @param stream device and inode of the journal's stream, as {@code DEVICE:INODE}; null where nothing goes there */
    static boolean isStream(@Nullable String stream, Path file) {
        try {
            return stream != null
                    && stream.equals("%s:%s"
                            .formatted(Files.getAttribute(file, "unix:dev"), Files.getAttribute(file, "unix:ino")));
        } catch (IOException e) {
            return false;
        }
    }
}

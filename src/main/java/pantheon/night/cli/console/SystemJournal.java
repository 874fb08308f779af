package pantheon.night.cli.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import pantheon.night.VisibleText;

/**
 * How bad a line on standard error is. Where that is the stream of systemd's journal, lines begin with their priority, so
 * that {@code journalctl -p err} finds them (sd-daemon(3); {@code JOURNAL_STREAM} in systemd.exec(5)).
 */
enum SystemJournal {
    ERROR(3),
    WARNING(4);

    private static final boolean IS_STANDARD_ERROR =
            isStream(System.getenv("JOURNAL_STREAM"), Path.of("/proc/self/fd/2"));

    private final String prefix;

    SystemJournal(int priority) {
        this.prefix = "<%d>".formatted(priority);
    }

    /** Prints one line. */
    void print(PrintWriter err, String line) {
        err.println((IS_STANDARD_ERROR ? prefix : "") + VisibleText.line(line));
        err.flush();
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

package pantheon.night.cli.unit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import pantheon.night.disk.RegularFile;

/** The unit that starts nights on this machine. */
final class NightUnit {
    static final String NAME = "pantheon-night.service";

    /** What a command is called that is run as the unit runs the night; a number follows. */
    static final String COMMAND = "pantheon-night-in-unit-";

    /** It is there where systemd is process 1 (sd_booted(3)). */
    private static final Path BOOTED = Path.of("/run/systemd/system");

    private static final Path CONTROL_GROUP = Path.of("/proc/self/cgroup");
    private static final Pattern INSIDE =
            Pattern.compile("/(%s|%s\\d+\\.service)\\b".formatted(Pattern.quote(NAME), COMMAND));
    private static final int MOST_BYTES = 1 << 20;

    private NightUnit() {}

    static boolean isSystemdHere() {
        return Files.isDirectory(BOOTED);
    }

    /** The unit as it is installed, with its drop-ins; empty where it is not, or nobody can be asked. */
    static Optional<UnitFile> installed() {
        if (!isSystemdHere()) {
            return Optional.empty();
        }
        try {
            var asked = new ProcessBuilder("systemctl", "--no-pager", "cat", NAME)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            asked.getOutputStream().close();
            var text = new String(asked.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return asked.waitFor() == 0 ? Optional.of(UnitFile.parse(NAME, text)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether this process is the unit's, or is run as the unit's are. */
    static boolean isAroundThisProcess() {
        try {
            return isNamedIn(RegularFile.text(CONTROL_GROUP, MOST_BYTES));
        } catch (IOException e) {
            return false; // what cannot be looked at is no unit
        }
    }

    static boolean isNamedIn(String controlGroups) {
        return INSIDE.matcher(controlGroups).find();
    }
}

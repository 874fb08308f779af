package pantheon.night.cli.install;

import java.nio.file.Files;
import java.nio.file.Path;

/** The service manager of this machine. */
final class Systemd {
    static final String TIMER = "pantheon-night.timer";

    /** The administrator's units. */
    static final Path UNITS = Path.of("/etc/systemd/system");

    /** What is said of the unit by setup. */
    static final Path DROP_IN = UNITS.resolve("pantheon-night.service.d/setup.conf");

    private static final Path BOOTED = Path.of("/run/systemd/system");

    private Systemd() {}

    /** Whether it is process 1 (sd_booted(3)). */
    static boolean isHere() {
        return Files.isDirectory(BOOTED);
    }

    /** Whether nights begin by themselves, also when the machine has been started anew. */
    static boolean isTimerOn() {
        return SystemCommand.of("systemctl", "is-enabled", "--quiet", TIMER)
                        .run()
                        .isGood()
                && SystemCommand.of("systemctl", "is-active", "--quiet", TIMER)
                        .run()
                        .isGood();
    }
}

package pantheon.night.cli.setup;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the program is installed, as the launcher says. */
public final class ProgramHome {
    private static final String PROPERTY = "pantheon.night.home";

    private ProgramHome() {}

    public static Path folder() {
        var home = System.getProperty(PROPERTY);
        if (home == null || !Files.isDirectory(Path.of(home))) {
            throw new IllegalStateException("the launcher sets " + PROPERTY + " to the program's folder, got " + home);
        }
        return Path.of(home).toAbsolutePath();
    }
}

package pantheon.night.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import pantheon.night.journal.StateFolder;

/** Where the docs say that monitoring finds the metrics, against where the installed program puts them. */
final class MetricsPlaceTest {
    private static String only(String pattern, Path file) throws IOException {
        var found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(Files.readString(file));
        assertTrue(found.find(), file + " has no " + pattern);
        return found.group(1);
    }

    @Test
    void the_docs_name_the_folder_of_the_shipped_configuration() throws IOException {
        var state = only("^state: (\\S+)$", Path.of("config/pantheon-night.yaml"));
        var metrics = new StateFolder(Path.of(state)).metrics().toString();
        assertEquals(metrics, only("--collector.textfile.directory=(\\S+)", Path.of("docs/operations.md")));
        assertEquals(
                "0750",
                only(
                        "^d " + Pattern.quote(metrics) + " +(\\d+) pantheon-night pantheon-night$",
                        Path.of("systemd/pantheon-night.tmpfiles.conf")));
        assertEquals("pantheon-night", only("^SupplementaryGroups=(\\S+)$", Path.of("docs/operations.md")));
    }
}

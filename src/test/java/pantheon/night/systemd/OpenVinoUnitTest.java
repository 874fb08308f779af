package pantheon.night.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The night's unit with the drop-in that shows it GPU and NPU, as systemd reads the two together. */
final class OpenVinoUnitTest {
    private static final Pattern SCORE = Pattern.compile("exposure level for \\S+: ([0-9.]+)");
    private static final String UNIT = "pantheon-night.service";

    @TempDir
    private Path folder;

    private Path dropIn;

    @BeforeEach
    void write_the_units() throws IOException {
        for (var name : List.of(UNIT, "pantheon-night-gate.service", "pantheon-night-failure@.service")) {
            var text = Files.readString(Path.of("systemd", name));
            Files.writeString(folder.resolve(name), text.replaceAll("(Exec\\w+=)[-+!]*/\\S+", "$1/usr/bin/true"));
        }
        dropIn = Files.createDirectories(folder.resolve(UNIT + ".d")).resolve("openvino-device.conf");
    }

    private String analyze(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("systemd-analyze"));
        command.addAll(List.of(arguments));
        command.add(folder.resolve(UNIT).toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private double exposure() throws Exception {
        var score = SCORE.matcher(analyze("security", "--offline=yes", "--no-pager"));
        assertTrue(score.find());
        return Double.parseDouble(score.group(1));
    }

    @Test
    void systemd_takes_it_and_the_unit_stays_as_closed_otherwise() throws Exception {
        assertFalse(analyze("verify", "--man=no").contains(folder.toString()));
        double closed = exposure();
        Files.copy(Path.of("systemd/drop-ins/openvino-device.conf"), dropIn);
        assertEquals("", analyze("verify", "--man=no"));
        double open = exposure();
        assertTrue(closed < open && open <= closed + 0.3, "%s, then %s".formatted(closed, open));
    }

    @Test
    void a_mistake_in_it_would_be_seen() throws Exception {
        var text = Files.readString(Path.of("systemd/drop-ins/openvino-device.conf"));
        Files.writeString(dropIn, text.replace("PrivateDevices=", "PrivateDevice="));
        assertTrue(analyze("verify", "--man=no").contains("PrivateDevice"));
    }
}

package pantheon.night.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example units of model servers, with another program in the server's place, since no machine of tests has one. */
class ModelServerUnitsTest {
    private static final Pattern SCORE = Pattern.compile("exposure level for \\S+: ([0-9.]+)");

    @TempDir
    private Path folder;

    private record Run(int exit, String output) {}

    private static Run run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private Path written(String unit, String text) throws IOException {
        return Files.writeString(folder.resolve(unit), text);
    }

    private static String unit(String name) throws IOException {
        return Files.readString(Path.of("systemd/examples", name))
                .replaceAll("(ExecStart=)(?:/usr/bin/env -i )?\\S+", "$1/usr/bin/true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-server.service", "vllm-server.service"})
    void systemd_finds_nothing_wrong_with_it_and_little_that_is_open(String name) throws Exception {
        var file = written(name, unit(name));
        assertEquals(new Run(0, ""), run("systemd-analyze", "verify", "--man=no", file.toString()));
        var mistaken = written("mistaken-" + name, unit(name).replace("PrivateNetwork=", "PrivateNetworks="));
        assertNotEquals(
                "",
                run("systemd-analyze", "verify", "--man=no", mistaken.toString())
                        .output());
        var security = run("systemd-analyze", "security", "--offline=yes", "--no-pager", file.toString());
        var score = SCORE.matcher(security.output());
        assertTrue(score.find(), security.output());
        assertTrue(Double.parseDouble(score.group(1)) <= 2.0, security.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-server.service", "vllm-server.service"})
    void it_has_a_network_and_a_user_of_its_own_and_ends_with_the_night(String name) throws Exception {
        var text = unit(name);
        var user = name.substring(0, name.indexOf('.'));
        for (var line : new String[] {
            "PrivateNetwork=yes",
            "User=" + user,
            "UMask=0007",
            "RuntimeDirectoryMode=0750",
            "StopWhenUnneeded=yes",
            "Before=pantheon-night.service",
            "KillMode=control-group",
            "ExecStartPre=/usr/bin/rm -f /run/" + user + "/server.sock"
        }) {
            assertTrue(text.contains("\n" + line + "\n"), line);
        }
        assertTrue(Files.readString(Path.of("systemd/examples/model-servers.sysusers.conf"))
                .contains("u " + user));
    }
}

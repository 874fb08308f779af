package pantheon.night.cli.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** A command that is to be run in the unit's place. */
final class InUnitTest {
    private static final UnitFile UNIT = UnitFile.parse(
            NightUnit.NAME,
            "[Service]\nExecStart=/usr/lib/pantheon-night/bin/pantheon-night --config /etc/night.yaml\nUser=night\n");
    private static final Path HOME = Path.of("/opt/own");
    private static final Path FOLDER = Path.of("/home/ann");

    private static List<String> command(UnitFile unit, Map<String, String> environment, String... words) {
        return new UnitRun(unit, "x-1").command(List.of(words), environment, HOME, FOLDER);
    }

    private static List<String> inside(String... words) {
        var command = command(UNIT, Map.of(), words);
        return command.subList(command.indexOf("--") + 1, command.size());
    }

    @Test
    void systemd_starts_it_with_the_units_properties_and_nothing_of_the_callers_environment_but_its_terminal() {
        assertEquals(
                List.of(
                        "systemd-run",
                        "--quiet",
                        "--wait",
                        "--collect",
                        "--pipe",
                        "--service-type=exec",
                        "--unit=x-1",
                        "--setenv=TERM=xterm",
                        "--property=User=night",
                        "--",
                        "/usr/lib/pantheon-night/bin/pantheon-night",
                        "--config",
                        "/etc/night.yaml",
                        "doctor",
                        "--egress"),
                command(
                        UNIT,
                        Map.of("TERM", "xterm", "GITHUB_TOKEN", "secret", "PANTHEON_NIGHT_CONFIG", "other.yaml"),
                        "doctor",
                        "--in-unit",
                        "--egress"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --config mine.yaml doctor       | /home/ann/mine.yaml
            doctor --config=mine.yaml       | /home/ann/mine.yaml
            --config a.yaml doctor --config /b.yaml | /b.yaml
            """)
    void a_configuration_that_is_named_is_the_callers_file(String line, String config) {
        assertEquals(
                List.of("/usr/lib/pantheon-night/bin/pantheon-night", "--config", config, "doctor"),
                inside(line.split(" ")));
    }

    @Test
    void what_looks_like_a_variable_is_not_one() {
        assertEquals("$$HOME", inside("replay", "--task", "$HOME").getLast());
    }

    @Test
    void a_unit_that_starts_something_else_has_this_program_started() {
        var other = UnitFile.parse(NightUnit.NAME, "[Service]\nExecStart=/usr/bin/java Ask.java\n");
        var command = command(other, Map.of(), "doctor");
        assertEquals(
                List.of("--", "/opt/own/bin/pantheon-night", "doctor"),
                command.subList(command.size() - 3, command.size()));
    }

    @Test
    void root_of_a_machine_with_the_unit_may_ask() {
        assertSame(UNIT, InUnit.required(true, Optional.of(UNIT), 0, "pantheon-night doctor --in-unit"));
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            false | false |    0 | systemd does not run this machine. Leave it out.
            true  | false |    0 | there is none on this machine. Install it, or leave --in-unit out.
            true  | true  | 1000 | root alone may. Say it as root: sudo pantheon-night doctor --in-unit
            """)
    void who_cannot_is_told_why(boolean systemd, boolean installed, long user, String end) {
        var unit = installed ? Optional.of(UNIT) : Optional.<UnitFile>empty();
        var refused = assertThrows(
                NightException.class, () -> InUnit.required(systemd, unit, user, "pantheon-night doctor --in-unit"));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertTrue(refused.getMessage().endsWith(end), refused.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0::/system.slice/pantheon-night.service, true",
        "0::/system.slice/pantheon-night-in-unit-4711.service, true",
        "0::/system.slice/pantheon-night-gate.service, false",
        "0::/user.slice/user-0.slice/session-1.scope, false",
        "0::/, false",
    })
    void a_process_is_in_the_unit_by_its_control_group(String groups, boolean inside) {
        assertEquals(inside, NightUnit.isNamedIn(groups + "\n"));
    }
}

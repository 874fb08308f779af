package pantheon.night.cli.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

final class UnitFileTest {
    private static final String SHIPPED = shipped("systemd/pantheon-night.service");

    private static String shipped(String file) {
        try {
            return "# /etc/%s\n%s\n".formatted(file, Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    private static UnitFile unit(String text) {
        return UnitFile.parse(NightUnit.NAME, text);
    }

    @Test
    void a_command_gets_all_of_the_shipped_unit_but_how_a_night_starts_and_ends() {
        var unit = unit(SHIPPED);
        var given = unit.properties();
        var left = new TreeSet<String>();
        unit.assignments().stream()
                .filter(each -> !given.contains(each.key() + "=" + each.value()))
                .forEach(each -> left.add(each.section() + "." + each.key()));
        assertEquals(
                Set.of(
                        "Service.ExecStart",
                        "Service.NotifyAccess",
                        "Service.SuccessExitStatus",
                        "Service.TimeoutStartSec",
                        "Service.Type",
                        "Unit.Description",
                        "Unit.Documentation",
                        "Unit.OnFailure",
                        "Unit.StartLimitIntervalSec"),
                left);
        assertTrue(given.containsAll(List.of(
                "Requires=pantheon-night-gate.service",
                "After=pantheon-night-gate.service",
                "User=pantheon-night",
                "PrivateNetwork=yes",
                "CapabilityBoundingSet=",
                "SystemCallFilter=@system-service",
                "SystemCallFilter=~@privileged @resources @obsolete @keyring")));
    }

    @Test
    void a_drop_in_counts_behind_the_file_and_its_fetching_and_pushing_is_the_nights_alone() {
        var given = unit(SHIPPED + shipped("systemd/team/pantheon-night.service.conf"))
                .properties();
        assertTrue(given.lastIndexOf("UMask=0007") > given.indexOf("UMask=0027"), given.toString());
        assertTrue(given.contains("ReadWritePaths=/srv/docs.git"), given.toString());
        assertFalse(given.toString().contains("OnSuccess"), given.toString());
        assertFalse(given.toString().contains("Wants="), given.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Environment=A=1 \\⏎  B=2              | Environment=A=1  B=2
            Environment=A=1 \\⏎# none⏎  B=2      | Environment=A=1  B=2
            Environment=A=1 \\⏎; none \\⏎  B=2  | Environment=A=1  B=2
            ` Nice = 5 `                          | Nice=5
            NoExecPaths=                          | NoExecPaths=
            Environment=A=%%n UNIT=%n IT=%p       | Environment=A=%n UNIT=pantheon-night.service IT=pantheon-night
            BindPaths=%S/a:%t/a %L %E %C %T %V 9% | BindPaths=/var/lib/a:/run/a /var/log /etc /var/cache /tmp /var/tmp 9%
            """)
    void a_value_is_what_systemd_would_read(String written, String given) {
        assertEquals(
                List.of(given), unit("[Service]\n" + written.replace('⏎', '\n')).properties());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%h", "%i", "%u", "%%%m"})
    void what_systemd_alone_would_know_is_refused(String value) {
        var unit = unit("[Service]\nBindPaths=" + value);
        var refused = assertThrows(NightException.class, unit::properties);
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        assertTrue(
                refused.getMessage().startsWith("pantheon-night.service has BindPaths=" + value), refused.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ExecStart=/usr/bin/pantheon-night --config /etc/a.yaml            | /etc/a.yaml
            ExecStart=-/usr/bin/pantheon-night --until 6h --config /etc/a.yaml | /etc/a.yaml
            ExecStart=/bin/a --config /b⏎ExecStart=⏎ExecStart=/bin/a --config /c | /c
            ExecStart=/bin/a --config /b⏎ExecStart=                            |
            ExecStart=/usr/bin/pantheon-night --config                         |
            ExecStart=/usr/bin/pantheon-night                                  |
            """)
    void its_configuration_is_the_one_that_it_starts_the_night_with(String written, String config) {
        assertEquals(
                Optional.ofNullable(config).map(Path::of),
                unit("[Service]\n" + written.replace('⏎', '\n')).config());
    }

    @Test
    void the_shipped_one_starts_nights_on_the_installed_configuration() {
        assertEquals(
                Optional.of(Path.of("/etc/pantheon-night/pantheon-night.yaml")),
                unit(SHIPPED).config());
    }
}

package pantheon.night.cli.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

final class SystemCommandTest {
    @Test
    void it_is_shown_as_a_shell_takes_it() {
        assertEquals(
                "git -C '/home/my docs' remote",
                SystemCommand.of("git", "-C", "/home/my docs", "remote").shown());
        var fed = new SystemCommand(List.of("install", "/dev/stdin", "x"), "[Service]\nA=b\n");
        assertEquals("printf %b '[Service]\\nA=b\\n' | install /dev/stdin x", fed.shown());
    }

    @Test
    void it_gets_nothing_of_the_caller_s_environment() {
        var said = SystemCommand.of("env")
                .run()
                .said()
                .lines()
                .map(line -> line.replaceFirst("=.*", ""))
                .sorted();
        assertEquals(List.of("GIT_CONFIG_GLOBAL", "GIT_TERMINAL_PROMPT", "HOME", "LC_ALL", "PATH"), said.toList());
    }

    @Test
    void how_it_ended_and_what_it_said_is_known() {
        var outcome = new SystemCommand(List.of("sh", "-c", "cat; echo no >&2; echo; exit 3"), "read\n").run();
        assertEquals(3, outcome.status());
        assertEquals("read\nno\n\n", outcome.said());
        assertEquals("no", outcome.lastLine());
        var step = new Step("it is so", SystemCommand.of("false"));
        var failed = assertThrows(NightException.class, step::take);
        assertEquals(ExitCode.CANT_CREATE, failed.exitCode());
        assertEquals("this ended with 1: false", failed.lines().getFirst());
    }

    @Test
    void a_program_that_is_not_there_is_told() {
        var failed = assertThrows(NightException.class, SystemCommand.of("no-such-program")::run);
        assertEquals(ExitCode.CANT_CREATE, failed.exitCode());
        assertTrue(failed.getMessage().startsWith("no-such-program cannot be run: "), failed.getMessage());
    }

    @Test
    void as_oneself_it_is_the_same_and_as_another_user_root_s_program_changes_to_it() {
        var git = SystemCommand.of("git", "status");
        assertEquals(git, git.as(System.getProperty("user.name")));
        assertEquals("runuser -u ann -- git status", git.as("ann").shown());
    }
}

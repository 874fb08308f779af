package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mount or an owner takes from the workspace is told before any task, and not after the first one's work. */
final class ReadOnlyWorkspaceIT {
    private static final String REFUSED = "workspace/.git/objects cannot be written by this user";

    @TempDir
    private Path folder;

    private Path night = Path.of("");

    @BeforeEach
    void lay_out() throws IOException {
        night = folder.resolve("it's a night");
        SampleNight.layOut(night, 1);
    }

    private Program.Run inMountsOfItsOwn(String script) {
        return Program.process(
                night,
                Map.of(),
                List.of(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "program=%s%n%s".formatted(Program.HOME.resolve("bin/pantheon-night"), script)));
    }

    @Test
    void doctor_and_a_start_ask_for_it() {
        var run = inMountsOfItsOwn("""
                mount --bind workspace workspace || exit 1
                "$program" doctor >doctor.out 2>&1; echo "doctor $?"
                mount -o remount,ro,bind workspace || exit 1
                "$program" doctor >refused.out 2>&1; echo "doctor $?"
                "$program" --until 1h >start.out 2>&1; echo "start $?"
                ls log state/artifacts state/scratch 2>/dev/null
                cat start.out
                """);
        var said = run.out().lines().toList();
        assertEquals(List.of("doctor 0", "doctor 73", "start 73"), said.subList(0, 3), run.out() + run.err());
        assertTrue(run.out().contains(REFUSED), run.out());
        assertFalse(run.out().contains(".jsonl"), "a night was begun: " + run.out());
    }

    @Test
    void where_nothing_was_committed_no_branch_is_named_and_paths_are_for_a_shell() throws IOException {
        Files.writeString(night.resolve("untitled.jsonl"), """
                {"id": "untitled", "agent": "docops.front-matter", "input": {"path": "meetings/2025-04-14.md"}}
                """);
        var none = Program.run(night, "--queue", "untitled.jsonl");
        assertTrue(none.out().contains("look at the log:   jq . '"), none.out() + none.err());
        assertFalse(none.out().contains("look at the work:"), none.out());
        var one = Program.run(night);
        assertTrue(one.out().contains("look at the work:  git -C '"), one.out() + one.err());
        for (var line :
                one.out().lines().filter(line -> line.startsWith("look at")).toList()) {
            var command = line.substring(line.indexOf(':') + 1).strip();
            var shown = Program.process(
                    folder, Map.of(), List.of("sh", "-c", command.replace("git -C", "git -c safe.directory='*' -C")));
            assertEquals(0, shown.status(), command + shown.err());
            assertFalse(shown.out().isEmpty(), command);
        }
        assertTrue(Files.exists(night.resolve("log")));
    }

    @Test
    void an_include_of_the_repository_that_this_user_may_not_read_is_named() {
        var script = """
                umask 022; chmod a+rx .. . ; chown -R 65534 .
                touch more; chown 65534 more; chmod %s more
                git config --file workspace/.git/config include.path "$PWD/more"
                setpriv --reuid=65534 --clear-groups "$program" validate
                """;
        var readable = inMountsOfItsOwn(script.formatted("400"));
        assertEquals("", readable.err());
        var refused = inMountsOfItsOwn(script.formatted("000"));
        assertTrue(refused.err().contains("/more cannot be read: permission denied"), refused.err());
        assertFalse(refused.err().contains("repository format"), refused.err());
    }
}

package pantheon.night.workspace.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.Git;

/** Repositories of other users; whether git itself trusts them is asked of git. */
final class OwnershipTest {
    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private int me;
    private Git git;
    private Path home;

    @BeforeEach
    void lay_out() throws IOException {
        git = Git.init(directory.resolve("r")).write("f", "x");
        git.commitAll("base");
        home = Files.createDirectories(directory.resolve("home"));
        me = (int) Files.getAttribute(home, "unix:uid");
        environment.put("HOME", home.toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
    }

    private boolean isRefused(int user) {
        var location = Location.of(git.directory());
        var ownership = new Ownership(user, environment);
        try {
            ownership.require(location);
            return false;
        } catch (NightException e) {
            assertEquals(ExitCode.CONFIG, e.exitCode());
            assertTrue(
                    e.getMessage().contains("git config --global --add safe.directory " + git.directory()),
                    e.getMessage());
            return true;
        }
    }

    private boolean isRefusedByGit() throws IOException, InterruptedException {
        var builder = new ProcessBuilder("git", "log", "-1")
                .directory(git.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") || name.startsWith("XDG_"));
        builder.environment().putAll(environment);
        builder.environment().put("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        boolean refused = process.waitFor() != 0;
        assertEquals(refused, output.contains("dubious ownership"), output);
        return refused;
    }

    @Test
    void ones_own_repository_is_fine_and_another_users_is_refused() throws Exception {
        assertDoesNotThrow(() -> Ownership.ofThisProcess().require(Location.of(git.directory())));
        assertEquals(me, Ownership.effectiveUser());
        assertTrue(isRefused(me + 1));
        assertTrue(isRefusedByGit());
    }

    @Test
    void root_may_work_for_the_user_who_called_it() {
        environment.put("SUDO_UID", Integer.toString(me));
        assertFalse(isRefused(0));
        environment.put("SUDO_UID", Integer.toString(me + 1));
        assertEquals(me != 0, isRefused(0));
        environment.put("SUDO_UID", Integer.toString(me));
        assertTrue(isRefused(me + 1), "only root asks who called it");
    }

    @Test
    void a_work_tree_of_ones_own_may_lead_to_a_repository_of_another_user() {
        git.run("worktree", "add", "-q", "../linked");
        var location = Location.of(directory.resolve("linked"));
        assertEquals(directory.resolve("linked/.git"), location.gitFile());
        assertEquals(git.directory().resolve(".git"), location.commonDirectory());
        assertThrows(NightException.class, () -> new Ownership(me + 1, environment).require(location));
    }

    /** What stands in the user's configuration, R being the repository and D the folder that it lies in. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            *,               false
            R,               false
            D,               true
            R/,              false
            ~/../r,          false
            D/other,         true
            "R\\n*",         false
            "*\\nempty",     true
            "*\\nempty\\nR", false
            .,               true
            """)
    void what_the_user_calls_safe_is_taken_as_git_takes_it(String values, boolean refused) throws Exception {
        var config = home.resolve(".gitconfig").toString();
        for (var value : values.split("\\\\n", -1)) {
            var path = value.equals("empty")
                    ? ""
                    : value.replace("R", git.directory().toString()).replace("D", directory.toString());
            git.run("config", "-f", config, "--add", "safe.directory", path);
        }
        assertEquals(refused, isRefused(me + 1), Files.readString(Path.of(config)));
        if (!values.equals("R/") && !values.equals("~/../r")) { // git before 2.46 compares the letters
            assertEquals(refused, isRefusedByGit(), Files.readString(Path.of(config)));
        }
    }

    @Test
    void a_folder_and_all_below_it_can_be_called_safe_as_git_does_from_2_46_on() {
        git.run("config", "-f", home.resolve(".gitconfig").toString(), "safe.directory", directory + "/*");
        assertFalse(isRefused(me + 1));
        git.run("config", "-f", home.resolve(".gitconfig").toString(), "safe.directory", home + "/*");
        assertTrue(isRefused(me + 1));
    }

    @Test
    void it_is_read_where_git_reads_it_and_not_in_the_repository_itself() throws Exception {
        git.run("config", "safe.directory", "*");
        assertTrue(isRefused(me + 1));
        assertTrue(isRefusedByGit());
        for (var file : new String[] {".config/git/config", "xdg/git/config"}) {
            Files.createDirectories(home.resolve(file).getParent());
            git.run("config", "-f", home.resolve(file).toString(), "safe.directory", "*");
            if (file.startsWith("xdg")) {
                environment.put("XDG_CONFIG_HOME", home.resolve("xdg").toString());
            }
            assertFalse(isRefused(me + 1), file);
            assertFalse(isRefusedByGit(), file);
            Files.delete(home.resolve(file));
        }
        environment.put(
                "GIT_CONFIG_GLOBAL",
                Files.writeString(home.resolve("mine"), "[safe]\n\tdirectory = *\n")
                        .toString());
        assertFalse(isRefused(me + 1));
        assertFalse(isRefusedByGit());
    }

    @Test
    void what_the_users_configuration_includes_is_not_read_and_the_refusal_says_so() throws IOException {
        var included = Files.writeString(home.resolve("more"), "[safe]\n\tdirectory = %s\n".formatted(git.directory()));
        for (var section : List.of("include", "includeIf \"gitdir:/\"")) {
            Files.writeString(home.resolve(".gitconfig"), "[%s]\n\tpath = %s\n".formatted(section, included));
            var refused = assertThrows(
                    NightException.class,
                    () -> new Ownership(me + 1, environment).require(Location.of(git.directory())));
            assertTrue(
                    refused.getMessage()
                            .contains("what %s includes is not read here".formatted(home.resolve(".gitconfig"))),
                    refused.getMessage());
        }
        Files.copy(included, home.resolve(".gitconfig"), StandardCopyOption.REPLACE_EXISTING);
        assertFalse(isRefused(me + 1));
    }
}

package pantheon.night.workspace.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.NightException;
import pantheon.night.workspace.Commits;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.TreeSnapshot;
import pantheon.night.workspace.Workspace;

/** What a night adds to a repository has the modes that git gives what it adds there. */
final class SharedModesTest {
    @TempDir
    private Path directory;

    private static String mode(Path file) {
        try {
            return Integer.toOctalString((int) Files.getAttribute(file, "unix:mode") & 07777);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The modes of what is new in a repository since it was looked at, by what it is. */
    private static Map<String, String> added(Git git, Map<String, String> before) throws IOException {
        var added = new TreeMap<String, String>();
        TreeSnapshot.of(git.directory()).keySet().stream()
                .filter(path -> !before.containsKey(path))
                .forEach(path -> {
                    var kind = path.replaceAll("objects/[0-9a-f]{2}", "objects/xx")
                            .replaceAll("xx/[0-9a-f]{38}", "xx/object")
                            .replace("run-1", "branch");
                    added.merge(
                            kind,
                            mode(git.directory().resolve(path)),
                            (one, other) -> one.contains(other) ? one : one + " and " + other);
                });
        return added;
    }

    private Git repository(String name, String shared) {
        var git = Git.init(directory.resolve(name)).write("a.md", "a\n").write("d/b.md", "b\n");
        git.commitAll("base");
        git.run("config", "core.sharedRepository", shared);
        return git;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"umask", "group", "all", "true", "false", "0660", "0640", "0664", "0600", "1", "2", "world"})
    void they_are_those_of_git(String shared) throws Exception {
        var gits = repository("gits", shared);
        var before = TreeSnapshot.of(gits.directory());
        gits.run("switch", "-q", "-c", "night/branch");
        gits.write("d/b.md", "changed\n");
        gits.run("commit", "-q", "-a", "-m", "changed");
        var expected = added(gits, before);
        gits.run("switch", "-q", "main");

        var ours = repository("ours", shared);
        var beforeUs = TreeSnapshot.of(ours.directory());
        try (var workspace = Workspace.open(ours.directory())) {
            var scratch = workspace.checkout(workspace.baseCommit(), directory.resolve("scratch"));
            scratch.files().write("d/b.md", "changed\n".getBytes(UTF_8));
            Commits.id(workspace.commit(Commits.of(scratch.diff(), "task-1"), Commits.JUDGE));
        }
        var added = added(ours, beforeUs);
        expected.keySet().retainAll(added.keySet()); // git also writes its index and COMMIT_EDITMSG
        assertEquals(expected, added);
        assertTrue(
                added.keySet()
                        .containsAll(List.of(
                                ".git/objects/xx",
                                ".git/objects/xx/object",
                                ".git/refs/heads/night",
                                ".git/refs/heads/night/branch")),
                added::toString);
        ours.run("fsck", "--strict");
    }

    @Test
    void what_git_would_not_take_is_told_when_the_repository_is_opened() {
        for (var wrong : new String[] {"0222", "some", "07777x"}) {
            var git = repository("r" + wrong, wrong);
            var refused = assertThrows(NightException.class, () -> Workspace.open(git.directory()));
            assertTrue(refused.getMessage().contains("core.sharedRepository = " + wrong), refused.getMessage());
        }
    }

    @Test
    void bits_that_are_there_stay_but_for_an_exact_mode() {
        var group = new SharedModes(0660, false);
        assertEquals(02775, group.wanted(0755, true));
        assertEquals(02770, group.wanted(0700, true));
        assertEquals(0444, group.wanted(0444, false));
        assertEquals(0664, group.wanted(0644, false));
        assertEquals(02750, new SharedModes(0640, true).wanted(0755, true));
        assertEquals(0440, new SharedModes(0640, true).wanted(0444, false));
        assertEquals(0700, new SharedModes(0600, true).wanted(0755, true));
    }
}

package pantheon.night.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher gives to java, here a script that prints it, and writes the cache of classes where it is asked to. */
final class LauncherTest {
    private static final Path LAUNCHER = Path.of("src/main/launcher").toAbsolutePath();

    @TempDir
    private Path folder;

    private Path home;
    private Path java;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(folder.resolve("the program"));
        Files.createDirectory(home.resolve("bin"));
        for (var script : List.of("pantheon-night", "pantheon-night-cache", "pantheon-night-java.sh")) {
            Files.copy(LAUNCHER.resolve(script), home.resolve("bin/" + script), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectory(home.resolve("lib"));
        Files.writeString(home.resolve("lib/b.jar"), "old code");
        Files.writeString(home.resolve("lib/a.jar"), "a library");
        java = Files.createDirectories(folder.resolve("java"));
        Files.createDirectory(java.resolve("bin"));
        release("25.0.3");
        var program = java.resolve("bin/java");
        Files.writeString(program, """
                #!/bin/sh
                for word in "$@"; do
                    echo "$word"
                    case "$word" in -XX:AOTCacheOutput=*) echo classes >"${word#*=}" ;; esac
                done
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void jars_are_in_the_order_of_their_names() throws Exception {
        var words = start("status");
        var classPath = words.get(words.indexOf("-cp") + 1);
        assertEquals("%1$s/lib/a.jar:%1$s/lib/b.jar".formatted(home), classPath);
        assertEquals(List.of("pantheon.night.Main", "status"), words.subList(words.size() - 2, words.size()));
    }

    @Test
    void words_with_blanks_stay_one_word() throws Exception {
        assertEquals("--reason", start("reject", "a task", "--reason").getLast());
        assertTrue(start("reject", "a task", "--reason").contains("a task"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "status", "list", "help", "model --help", "agent check"})
    void what_is_over_at_once_is_compiled_quickly(String line) throws Exception {
        assertTrue(start(line.split(" ", -1)).contains("-XX:TieredStopAtLevel=1"), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--until 06:00", "demo status", "replay", "model bench"})
    void what_may_take_long_is_compiled_well_once_it_does_and_leaves_memory_to_its_model(String line) throws Exception {
        var started = start(line.split(" ", -1));
        assertFalse(started.contains("-XX:TieredStopAtLevel=1"), line);
        assertTrue(started.contains("-XX:Tier4InvocationThreshold=50000"), line);
        assertFalse(started.contains("-XX:InlineSmallCode=700"), line);
        assertTrue(started.contains("-XX:MaxHeapFreeRatio=50"), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--until 06:00 --dry-run", "--json mine --to data", "verify", "gather a b"})
    void what_folds_journals_is_compiled_at_once_in_small_pieces_and_given_memory_as_the_runtime_does(String line)
            throws Exception {
        var started = start(line.split(" ", -1));
        assertTrue(started.stream().noneMatch(word -> word.startsWith("-XX:Tier") || word.contains("Heap")), line);
        assertTrue(started.contains("-XX:InlineSmallCode=700"), line);
    }

    @Test
    void a_cache_of_these_jars_is_used() throws Exception {
        assertFalse(usesCache());
        makeCache();
        assertTrue(usesCache());
    }

    @Test
    void a_cache_of_other_jars_is_not_used() throws Exception {
        makeCache();
        var changed = home.resolve("lib/b.jar");
        var time = Files.getLastModifiedTime(changed);
        Files.writeString(changed, "new code");
        Files.setLastModifiedTime(changed, time);
        assertFalse(usesCache());
        makeCache();
        assertTrue(usesCache());
    }

    @Test
    void a_cache_is_not_used_where_a_jar_has_another_name_or_is_new_or_gone() throws Exception {
        makeCache();
        Files.move(home.resolve("lib/b.jar"), home.resolve("lib/c.jar"));
        assertFalse(usesCache());
        Files.move(home.resolve("lib/c.jar"), home.resolve("lib/b.jar"));
        assertTrue(usesCache());
        Files.writeString(home.resolve("lib/0.jar"), "");
        assertFalse(usesCache());
        Files.delete(home.resolve("lib/0.jar"));
        Files.delete(home.resolve("lib/a.jar"));
        assertFalse(usesCache());
    }

    @Test
    void a_cache_is_not_used_by_another_runtime_or_in_another_place() throws Exception {
        makeCache();
        release("25.0.4");
        assertFalse(usesCache());
        release("25.0.3");
        assertTrue(usesCache());
        var moved = folder.resolve("moved");
        Files.move(home, moved, StandardCopyOption.ATOMIC_MOVE);
        home = moved;
        assertFalse(usesCache());
    }

    @Test
    void a_jdk_that_is_too_old_is_told() throws Exception {
        release("17.0.1");
        var run = run("pantheon-night", "status");
        assertEquals(69, run.status());
        assertTrue(run.lines().getFirst().startsWith("pantheon-night needs a JDK 25 or later"), run.lines()::toString);
    }

    private void release(String version) throws IOException {
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    }

    private boolean usesCache() throws Exception {
        return start("status").contains("-XX:AOTCache=%s/cache/classes.aot".formatted(home));
    }

    private void makeCache() throws Exception {
        var run = run("pantheon-night-cache");
        assertEquals(new Run(0, List.of()), run);
    }

    private List<String> start(String... words) throws Exception {
        var run = run("pantheon-night", words);
        assertEquals(0, run.status(), run.lines()::toString);
        return run.lines();
    }

    private record Run(int status, List<String> lines) {}

    private Run run(String script, String... words) throws Exception {
        var line = new ArrayList<>(List.of(home.resolve("bin/" + script).toString()));
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("PANTHEON_NIGHT_JAVA_HOME", java.toString());
        var process = builder.start();
        try (var output = process.inputReader()) {
            var lines = output.lines().toList();
            return new Run(process.waitFor(), lines);
        }
    }
}

package pantheon.night.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.NightException;

/** A repository with half a file is told in one message; what the library says of each try stays unsaid. */
final class BrokenPackTest {
    @TempDir
    private Path directory;

    private Git packed() {
        var git = Git.init(directory.resolve("r")).write("f", "x\n").write("g", "y\n");
        git.commitAll("base");
        git.run("gc", "-q");
        return git;
    }

    private static void halve(Path folder, String end) throws IOException {
        try (var files = Files.list(folder)) {
            var file = files.filter(each -> each.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
            assertTrue(file.toFile().setWritable(true));
            var bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        }
    }

    /** What a process of its own prints, both streams together. */
    private static String opened(Path workspace) throws IOException, InterruptedException {
        var child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=logback.xml", // as the program has it
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OpenInChild.class.getName(),
                workspace.toString());
        child.environment().put("LC_ALL", "C.UTF-8");
        var process = child.redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), UTF_8).strip();
        } finally {
            process.waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".idx", ".pack"})
    void half_a_pack_or_its_index_is_told_in_one_line(String end) throws Exception {
        var git = packed();
        halve(git.directory().resolve(".git/objects/pack"), end);
        var told = opened(git.directory());
        assertEquals(1, told.lines().count(), told);
        assertTrue(told.contains("Run \"git fsck\" there."), told);
    }

    @Test
    void a_whole_pack_is_opened() throws Exception {
        assertEquals("opened", opened(packed().directory()));
    }

    /** Opens a workspace in a process of its own, and prints how that went. */
    static final class OpenInChild {
        private OpenInChild() {}

        public static void main(String[] arguments) {
            try (var workspace = Workspace.open(Path.of(arguments[0]))) {
                System.out.println(workspace.paths().isEmpty() ? "empty" : "opened");
            } catch (NightException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}

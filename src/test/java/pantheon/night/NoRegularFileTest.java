package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.config.AgentFiles;
import pantheon.night.config.ConfigLoader;
import pantheon.night.config.ToolFiles;
import pantheon.night.disk.Pipes;
import pantheon.night.model.ModelFolder;
import pantheon.night.past.PrunedNights;
import pantheon.night.proof.SigningKey;
import pantheon.night.proof.VerifyingKey;
import pantheon.night.queue.QueueReader;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;

/** A pipe that nobody writes, or a file without end, in the place of each file that the program reads. */
final class NoRegularFileTest {
    private static final Duration PROMPTLY = Duration.ofSeconds(10);

    @TempDir
    private Path folder = Path.of("");

    /** Somebody who reads a file, and the file's place in a folder. */
    interface Reader {
        void read(Path file) throws Exception;
    }

    static Stream<Arguments> readers() {
        return Stream.of(
                reader("pantheon-night.yaml", ExitCode.CONFIG, file -> ConfigLoader.load(file, Map.of(), Map.of())),
                reader("agents/a.yaml", ExitCode.CONFIG, file -> AgentFiles.load(parent(file))),
                reader("tools/a.yaml", ExitCode.CONFIG, file -> ToolFiles.load(parent(file))),
                reader("signing.key", ExitCode.CONFIG, SigningKey::read),
                reader("signing.pub", ExitCode.DATA, VerifyingKey::read),
                reader("queue.jsonl", ExitCode.DATA, file -> new QueueReader(Map.of()).read(file, task -> {})),
                reader("log/pruned/index.jsonl", ExitCode.IO, file -> PrunedNights.of(parent(parent(file)))),
                reader("model/config.json", ExitCode.UNAVAILABLE, file -> ModelFolder.of(parent(file))));
    }

    /** What is read line by line is bounded by its lines. */
    static Stream<Arguments> readersOfWholeFiles() {
        return readers().filter(reader -> !reader.get()[0].toString().endsWith(".jsonl"));
    }

    private static Arguments reader(String place, ExitCode code, Reader reader) {
        return Arguments.of(place, code, reader);
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    private static String refused(ExitCode code, Executable action) {
        var refused = assertTimeoutPreemptively(PROMPTLY, () -> assertThrows(NightException.class, action), "it hangs");
        assertEquals(code, refused.exitCode(), refused.getMessage());
        return refused.getMessage();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void a_pipe_is_refused_unopened(String place, ExitCode code, Reader reader) throws Exception {
        var file = folder.resolve(place);
        Files.createDirectories(parent(file));
        Pipes.make(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var message = refused(code, () -> reader.read(file));
        assertTrue(message.contains(file.toString()), message);
        assertTrue(message.contains("it is no regular file"), message);
        Files.delete(file);
        Files.writeString(file, "what: it is\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertFalse(readable(reader, file).contains("regular file"), "a plain file beside it is looked into");
    }

    private static String readable(Reader reader, Path file) throws Exception {
        try {
            reader.read(file);
            return "";
        } catch (NightException wrongContent) {
            return wrongContent.getMessage();
        }
    }

    @ParameterizedTest
    @MethodSource("readersOfWholeFiles")
    void a_file_that_is_larger_than_it_can_be_is_refused_unread(String place, ExitCode code, Reader reader)
            throws Exception {
        var file = folder.resolve(place);
        Files.createDirectories(parent(file));
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var message = refused(code, () -> reader.read(file));
        assertTrue(message.contains("it is larger than "), message);
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_pipe_where_git_reads_a_file_is_refused_unopened(String place) throws Exception {
        var git = Git.init(folder.resolve("r")).write("f", "x");
        git.commitAll("base");
        try (var opened = Workspace.open(git.directory())) {
            assertFalse(opened.baseCommit().isEmpty(), "it is fine without the pipe");
        }
        var file = git.directory().resolve(".git").resolve(place);
        Files.deleteIfExists(file);
        Files.createDirectories(parent(file));
        Pipes.make(file);
        var message =
                refused(ExitCode.CONFIG, () -> Workspace.open(git.directory()).close());
        assertTrue(message.matches("(?s).*" + place + "( that)? cannot be read: it is no regular file.*"), message);
    }

    static Stream<String> places() {
        return Stream.of(
                "config",
                "config.worktree",
                "HEAD",
                "packed-refs",
                "shallow",
                "commondir",
                "refs/heads/other",
                "objects/info/alternates",
                "objects/info/commit-graph",
                "objects/pack/multi-pack-index",
                "logs/refs/heads/night/run-1");
    }

    @Test
    void what_a_repositorys_configuration_includes_is_looked_at_first() throws Exception {
        var git = Git.init(folder.resolve("r")).write("f", "x");
        git.commitAll("base");
        git.run("config", "include.path", "../more");
        var included = Files.writeString(git.directory().resolve("more"), "[user]\n\tname = Ann\n");
        try (var opened = Workspace.open(git.directory())) {
            assertFalse(opened.baseCommit().isEmpty(), "a plain file is included");
        }
        Files.delete(included);
        Pipes.make(included);
        refusedForKind(git);
        Files.delete(included);
        Files.createSymbolicLink(included, Path.of("/dev/zero"));
        refusedForKind(git);
    }

    private static void refusedForKind(Git git) {
        var message =
                refused(ExitCode.CONFIG, () -> Workspace.open(git.directory()).close());
        assertTrue(message.contains("it is no regular file"), message);
    }
}

package pantheon.night.engine.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The real server of llama.cpp on real weights; {@code src/test/setup.sh} brings both. */
final class RealLlama {
    private static final Path PACKAGE = Path.of("target/judges").toAbsolutePath();
    private static final Path MODEL =
            Path.of("target/models/SmolLM2-135M-Instruct.Q4_1.gguf").toAbsolutePath();
    private static final Path SCRIPT =
            Path.of("src/test/resources/llama_server.py").toAbsolutePath();

    private final Process process;

    RealLlama(Path socket, int slots, int context) throws IOException {
        assertTrue(Files.isDirectory(PACKAGE) && Files.exists(MODEL), "run src/test/setup.sh first");
        Files.deleteIfExists(socket);
        var command = new ProcessBuilder(
                "python3",
                SCRIPT.toString(),
                PACKAGE.toString(),
                socket.toString(),
                MODEL.toString(),
                String.valueOf(slots),
                String.valueOf(context));
        command.environment().clear();
        command.environment().put("PATH", System.getenv("PATH"));
        process = command.redirectErrorStream(true)
                .redirectOutput(socket.resolveSibling("server.log").toFile())
                .start();
    }

    /** Kills it, in the midst of whatever it does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it, and waits for that. */
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            kill();
        }
    }
}

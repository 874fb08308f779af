package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is installed confines itself, in a shell and without a unit. */
final class ConfinementIT {
    private static Program.Run bash(Path folder, String command) {
        return Program.process(folder, Map.of(), List.of("bash", "-c", command));
    }

    @Test
    void refuses_a_connection_as_standard_input(@TempDir Path folder) throws IOException {
        var program = Program.HOME.resolve("bin/pantheon-night") + " --version";
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var refused = bash(folder, program + " 0<>/dev/tcp/127.0.0.1/" + server.getLocalPort());
            assertEquals(77, refused.status(), refused.err());
            assertTrue(refused.err().startsWith("standard input (descriptor 0) is a socket"), refused.err());
        }
        assertEquals(0, bash(folder, program + " 0</dev/null").status());
    }

    @Test
    void every_thread_of_a_night_is_confined(@TempDir Path folder) throws Exception {
        var night = Program.start(folder, "demo", folder.resolve("demo").toString());
        try {
            var threads = new TreeSet<String>();
            var log = folder.resolve("demo/log");
            while (night.isAlive() && threads.isEmpty()) {
                if (Files.isDirectory(log)) {
                    threads.addAll(confinementOfThreads(night.pid()));
                }
                night.waitFor(10, TimeUnit.MILLISECONDS);
            }
            assertEquals(List.of("NoNewPrivs: 1", "Seccomp: 2"), List.copyOf(threads));
        } finally {
            night.destroyForcibly().waitFor();
        }
    }

    private static Set<String> confinementOfThreads(long pid) throws IOException {
        var found = new TreeSet<String>();
        try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (var thread : threads) {
                try {
                    Files.readAllLines(thread.resolve("status")).stream()
                            .filter(line -> line.startsWith("NoNewPrivs:") || line.startsWith("Seccomp:"))
                            .forEach(line -> found.add(line.replaceAll("\\s+", " ")));
                } catch (IOException threadEnded) {
                    // What is gone is not asked; those that live must all answer alike.
                }
            }
        }
        return found;
    }
}

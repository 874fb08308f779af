package pantheon.night.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class of the tests that is run as a process of its own, beside nothing but the package under test. */
public final class Probe {
    private Probe() {}

    /** How a probe ended, with its output and errors together. */
    public record Run(int status, String out) {}

    /** The command that starts a probe, for a shell. */
    public static String command(Class<?> probe) throws Exception {
        return command(probe, classPath(probe));
    }

    private static String command(Class<?> probe, List<Path> classPath) {
        return Path.of(System.getProperty("java.home"), "bin/java")
                + " --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -cp "
                + String.join(":", classPath.stream().map(Path::toString).toList()) + " " + probe.getName();
    }

    /** The same on copies of the classes, which every user can read. */
    public static String commandForEveryUser(Class<?> probe, Path folder) throws Exception {
        var copies = new ArrayList<Path>();
        for (var entry : classPath(probe)) {
            var copy = folder.resolve("entry-" + copies.size());
            copies.add(copy);
            var names = List.of(
                    "pantheon/night", "pantheon/night/disk", "pantheon/night/local", "pantheon/night/local/preflight");
            if (Files.isRegularFile(entry)) {
                Files.copy(entry, copy);
                continue;
            }
            for (var name : names) {
                Files.createDirectories(copy.resolve(name));
                try (var classes = Files.newDirectoryStream(entry.resolve(name), "*.class")) {
                    for (var file : classes) {
                        Files.copy(file, copy.resolve(name).resolve(file.getFileName()));
                    }
                }
            }
        }
        run("chmod -R a+rX " + folder);
        return command(probe, copies);
    }

    private static List<Path> classPath(Class<?> probe) throws Exception {
        var folders = new ArrayList<Path>();
        for (var type : List.of(probe, Confinement.class, org.jspecify.annotations.NullMarked.class)) {
            folders.add(Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        return folders;
    }

    /** Runs a command line under bash. */
    public static Run run(String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out);
    }
}

package pantheon.night.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as it is installed, run as a process of its own; and other programs beside it. */
final class Program {
    static final Path HOME = Path.of("target/pantheon-night").toAbsolutePath();

    /** Of the caller's environment nothing is passed on but where programs are found; its credentials are its own. */
    private static final Map<String, String> ENVIRONMENT = environment();

    private Program() {}

    private static Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        for (var name : List.of("PATH", "JAVA_HOME", "PANTHEON_NIGHT_JAVA_HOME", "TMPDIR")) {
            var value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        try {
            var home = Files.createTempDirectory("home");
            home.toFile().deleteOnExit(); // it stays empty
            environment.put("HOME", home.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for a home", e);
        }
        return environment;
    }

    static void setEnvironment(ProcessBuilder builder, Map<String, String> more) {
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        builder.environment().putAll(more);
    }

    /** How a process ended, with all that it said. */
    record Run(int status, String out, String err) {}

    static Run run(Path folder, String... arguments) {
        return run(folder, Map.of(), arguments);
    }

    static Run run(Path folder, Map<String, String> environment, String... arguments) {
        var command = new ArrayList<String>();
        command.add(HOME.resolve("bin/pantheon-night").toString());
        command.addAll(List.of(arguments));
        return process(folder, environment, command);
    }

    /** Starts the program and does not wait for it. */
    static Process start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    static Process start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(HOME.resolve("bin/pantheon-night").toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        setEnvironment(builder, environment);
        return builder.start();
    }

    static Run process(Path folder, Map<String, String> environment, List<String> command) {
        try {
            var out = Files.createTempFile("out", ".txt");
            var err = Files.createTempFile("err", ".txt");
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            setEnvironment(builder, environment);
            var process = builder.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end");
            }
            var run = new Run(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return run;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(command + " cannot be run", e);
        }
    }
}

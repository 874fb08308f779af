package pantheon.night.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as it is installed, run as a process of its own; and other programs beside it. */
final class Program {
    static final Path HOME = Path.of("target/pantheon-night").toAbsolutePath();

    private Program() {}

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
        builder.environment().putAll(environment);
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
            builder.environment().putAll(environment);
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

package pantheon.night.cli.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.report.section.ShellWord;

/**
 * A program of the system with its words, and what it reads on its standard input.
 *
 * @param words the program first, as it is found in the usual folders
 */
record SystemCommand(List<String> words, String input) {
    private static final int MOST_BYTES = 1 << 16;

    /** Nothing of the caller's: neither who they are to sudo, nor what their git is configured to. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH",
            "/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL",
            "C.UTF-8",
            "HOME",
            "/",
            "GIT_CONFIG_GLOBAL",
            "/dev/null",
            "GIT_TERMINAL_PROMPT",
            "0");

    SystemCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command has a program");
        }
    }

    static SystemCommand of(String... words) {
        return new SystemCommand(List.of(words), "");
    }

    /** Git in a repository. */
    static SystemCommand git(Path repository, String... words) {
        return new SystemCommand(
                Stream.concat(Stream.of("git", "-C", repository.toString()), Stream.of(words))
                        .toList(),
                "");
    }

    /** How it ended. */
    record Outcome(int status, String said) {
        boolean isGood() {
            return status == 0;
        }

        /** The last line that is not empty, which is where programs say what is wrong. */
        String lastLine() {
            return said.lines().filter(line -> !line.isBlank()).reduce("nothing was said", (before, line) -> line);
        }
    }

    /** The same as another user does it; only root can. */
    SystemCommand as(String user) {
        return user.equals(System.getProperty("user.name"))
                ? this
                : new SystemCommand(
                        Stream.concat(Stream.of("runuser", "-u", user, "--"), words.stream())
                                .toList(),
                        input);
    }

    /**
     * Runs it to its end.
     *
     * @throws NightException with exit code 73 where there is no such program
     */
    Outcome run() {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        try {
            var process = builder.start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(UTF_8));
            }
            var said = new String(process.getInputStream().readNBytes(MOST_BYTES), UTF_8);
            process.getInputStream().close();
            return new Outcome(process.waitFor(), said);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be run: %s. Install it."
                            .formatted(words.getFirst(), IoReason.of(e, Path.of(words.getFirst()))),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NightException(
                    ExitCode.INTERRUPTED, "setup was interrupted; run it again, what is done stays.", e);
        }
    }

    /** As a shell takes it, on one line. */
    String shown() {
        var line = words.stream().map(ShellWord::of).collect(Collectors.joining(" "));
        var escaped = input.replace("\\", "\\\\").replace("\n", "\\n");
        return input.isEmpty() ? line : "printf %%b %s | %s".formatted(ShellWord.of(escaped), line);
    }
}

package pantheon.night.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The real git, run in one directory with a configuration of nobody's. */
public record Git(Path directory) {

    /** A new repository with a branch main and no commit. */
    public static Git init(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Git git = new Git(directory);
        git.run("init", "-q", "-b", "main");
        git.run("config", "user.name", "Ada");
        git.run("config", "user.email", "ada@example.org");
        return git;
    }

    public Git write(String path, String content) {
        return write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public Git write(String path, byte[] content) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Commits everything in the working tree and gives the commit's id. */
    public String commitAll(String message) {
        run("add", "-A", "-f");
        run("commit", "-q", "--allow-empty", "-m", message);
        return run("rev-parse", "HEAD").strip();
    }

    public String run(String... arguments) {
        return new String(feed(new byte[0], arguments), StandardCharsets.UTF_8);
    }

    /** What a command prints with {@code -z}. */
    public List<String> names(String... arguments) {
        return Pattern.compile("\\x00")
                .splitAsStream(run(arguments))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    public byte[] feed(byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "core.quotepath=true"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment()
                .putAll(Map.of("HOME", "/nonexistent", "GIT_CONFIG_NOSYSTEM", "1", "GIT_OPTIONAL_LOCKS", "0"));
        try {
            Process process = builder.redirectErrorStream(true).start();
            Thread writer = Thread.startVirtualThread(() -> {
                try (OutputStream out = process.getOutputStream()) {
                    out.write(input);
                } catch (IOException e) {
                    // A git that reads none of it has closed the pipe; its status tells whether that was right.
                    return;
                }
            });
            byte[] output;
            try (InputStream in = process.getInputStream()) {
                output = in.readAllBytes();
            }
            writer.join();
            int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError(
                        command + " ended with " + status + ":\n" + new String(output, StandardCharsets.UTF_8));
            }
            return output;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

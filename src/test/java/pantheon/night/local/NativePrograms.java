package pantheon.night.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The small C programs of the tests, built by gcc. */
public final class NativePrograms {
    private static final Path SOURCES = Path.of("src/test/native");

    private NativePrograms() {}

    /** Builds one program into a folder; fails where there is no compiler. */
    public static Path build(String name, Path folder) throws IOException, InterruptedException {
        return compile(folder.resolve(name), List.of("-pthread"), List.of(name + ".c"));
    }

    /**
     * Builds a program or a library of several sources.
     *
     * @param options for gcc
     * @param sources below {@code src/test/native}
     */
    public static Path compile(Path program, List<String> options, List<String> sources)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("gcc", "-O1", "-Wall", "-Werror"));
        command.addAll(options);
        command.addAll(List.of("-o", program.toString()));
        sources.forEach(source -> command.add(SOURCES.resolve(source).toString()));
        command.add("-lrt");
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("gcc cannot build " + program.getFileName() + ": " + out);
        }
        return program;
    }
}

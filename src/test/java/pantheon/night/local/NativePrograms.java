package pantheon.night.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The small C programs of the tests, built by gcc. */
public final class NativePrograms {
    private static final Path SOURCES = Path.of("src/test/native");

    private NativePrograms() {}

    /** Builds one program into a folder; fails where there is no compiler. */
    public static Path build(String name, Path folder) throws IOException, InterruptedException {
        var program = folder.resolve(name);
        var process = new ProcessBuilder(List.of(
                        "gcc",
                        "-O1",
                        "-Wall",
                        "-Werror",
                        "-pthread",
                        "-o",
                        program.toString(),
                        SOURCES.resolve(name + ".c").toString(),
                        "-lrt"))
                .redirectErrorStream(true)
                .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("gcc cannot build " + name + ": " + out);
        }
        return program;
    }
}

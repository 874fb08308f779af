package pantheon.night.engine.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process of its own with this test's classes. */
final class EngineProcess {
    private EngineProcess() {}

    /**
     * What a process left.
     *
     * @param output of both streams
     */
    record Ended(int status, String output) {}

    /** The flag that sets a property to what it is here. */
    static String inherited(String property) {
        var value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException(property + " is not set; the build sets it to where it unpacks natives");
        }
        return "-D" + property + "=" + value;
    }

    static Ended run(List<String> flags, Class<?> main, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dai.djl.offline=true");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}

package pantheon.night.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoEngineTest {
    private static final Path EMBEDDED = Path.of("/models/embedded");

    private static DemoEngine engine(String... line) {
        var command = CommandLine.Model.CommandSpec.create();
        var engine = new DemoEngine();
        command.addMixin("engine", CommandLine.Model.CommandSpec.forAnnotatedObject(engine));
        new CommandLine(command).parseArgs(line);
        engine.require();
        return engine;
    }

    private static List<String> keys(String... line) {
        return engine(line).keys(EMBEDDED).lines().toList();
    }

    @Test
    void the_embedded_model_runs_in_this_process() {
        assertEquals(List.of("    path: \"/models/embedded\""), keys());
    }

    @Test
    void a_server_is_named_by_its_socket_with_the_usual_format() {
        assertEquals(
                List.of("    engine: \"server\"", "    socket: \"/run/a \\\"b\\\".sock\"", "    format: \"hermes\""),
                keys("--engine", "/run/a \"b\".sock"));
    }

    @Test
    void the_folder_of_a_tokenizer_tells_the_format_unless_it_is_given() {
        assertEquals(
                List.of("    engine: \"server\"", "    socket: \"/run/s.sock\"", "    tokenizer: \"/models/big\""),
                keys("--engine", "/run/s.sock", "--tokenizer", "/models/big"));
        assertEquals(
                "    format: \"qwen\"",
                keys("--engine", "/run/s.sock", "--tokenizer", "/models/big", "--format", "qwen")
                        .getLast());
    }
}

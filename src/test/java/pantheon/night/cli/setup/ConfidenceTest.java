package pantheon.night.cli.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.model.ModelManifest;

/** An agent that asks how sure its model is, on models that tell and on those that do not. */
final class ConfidenceTest {
    @TempDir
    private Path folder;

    private Setup setup(String more, String model) throws IOException {
        var agents = Files.createDirectories(folder.resolve("agents"));
        Files.writeString(agents.resolve("picker.yaml"), """
            name: picker
            version: "1"
            description: Picks a file.
            model: m
            input: {type: object, properties: {path: {type: string}}, required: [path]}
            output: {type: object, properties: {status: {enum: [done, fail]}}, required: [status]}
            tools:
              - name: list_files
              - name: read_file
                choices:
                  path: {from: list_files, at: /files/*%s}
            prompt: {role: You pick.}
            checks:
              - use: only_changes
                with: {fields: [path]}
            """.formatted(more));
        var config = Files.writeString(folder.resolve("pantheon-night.yaml"), "models: {m: {%s}}%n".formatted(model));
        return Setup.load(config, Map.of());
    }

    @Test
    void a_server_does_not_tell() throws IOException {
        var server = "engine: server, socket: /run/model.sock, format: qwen";
        var refused = assertThrows(NightException.class, () -> setup(", leastConfidence: 0.8", server));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        assertEquals(
                folder.resolve("agents/picker.yaml")
                        + ":4: agent picker asks for leastConfidence, and its model m is a server's, which does not tell how likely a choice was; expected a model with engine: onnx or openvino. Give the agent one, or remove leastConfidence.",
                refused.getMessage());
        assertFalse(setup("", server).agent("picker").asksConfidence());
    }

    @Test
    void a_server_that_cannot_score_whole_values_is_told_of() throws IOException {
        var asking = setup(", score: whole", "engine: server, socket: /run/model.sock, format: qwen");
        assertEquals(
                "agent picker asks for score, and its model m is a server's, which cannot score whole values; it chooses token by token",
                asking.unscored(asking.agent("picker")).orElseThrow());
        var here = setup(", score: whole", "path: model, format: qwen");
        assertEquals(Optional.empty(), here.unscored(here.agent("picker")));
    }

    @Test
    void an_agent_that_needs_a_general_model_does_not_load_with_one_that_was_trained_for_another() throws IOException {
        var model = Files.createDirectory(folder.resolve("model"));
        Files.writeString(model.resolve("config.json"), "{}");
        ModelManifest.write(model, "small", List.of("docops.front-matter"));
        var text = Files.readString(Path.of("config/more-agents/docops.description.yaml"))
                .replace("model: big", "model: m");
        setup("", "path: model, format: qwen");
        Files.writeString(folder.resolve("agents/docops.description.yaml"), text);
        var config = folder.resolve("pantheon-night.yaml");
        var refused = assertThrows(NightException.class, () -> Setup.load(config, Map.of()));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        assertTrue(
                refused.getMessage()
                        .contains(
                                "agent docops.description needs a general model, and its model m was trained for docops.front-matter alone"),
                refused.getMessage());
        ModelManifest.write(model, "large", List.of());
        assertEquals(
                "m", Setup.load(config, Map.of()).agent("docops.description").model());
    }

    @Test
    void a_model_of_this_process_does() throws IOException {
        assertTrue(setup(", leastConfidence: 0.8", "path: model, format: qwen")
                .agent("picker")
                .asksConfidence());
    }
}

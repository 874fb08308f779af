package pantheon.night.cli.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.model.ModelManifest;

/** An agent on a model that was trained for others. */
final class StrangerTest {
    private static final Path MODEL =
            Path.of("src/main/models/docops-front-matter").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void is_told_by_both_names_and_the_models_own_agent_is_not() throws IOException {
        var setup = setup(MODEL);
        assertEquals(Optional.empty(), setup.stranger(setup.agent("docops.front-matter")));
        assertEquals(
                Optional.of(
                        "agent licence.header runs on model docops-front-matter, which was trained for docops.front-matter alone and may know nothing of it; give it another model, or look at its first tasks closely"),
                setup.stranger(setup.agent("licence.header")));
    }

    @Test
    void is_nobody_on_a_model_that_names_no_agents() throws IOException {
        var model = Files.createDirectory(folder.resolve("model"));
        Files.copy(MODEL.resolve("chat_template.jinja"), model.resolve("chat_template.jinja"));
        ModelManifest.write(model, "any", List.of());
        var setup = setup(model);
        assertEquals(Optional.empty(), setup.stranger(setup.agent("licence.header")));
    }

    private Setup setup(Path model) throws IOException {
        var agents = Files.createDirectory(folder.resolve("agents"));
        var text = Files.readString(Path.of("config/agents/docops.front-matter.yaml"));
        Files.writeString(agents.resolve("own.yaml"), text);
        Files.writeString(
                agents.resolve("other.yaml"), text.replace("name: docops.front-matter", "name: licence.header"));
        var config = Files.writeString(
                folder.resolve("pantheon-night.yaml"), "models: {docops-front-matter: {path: %s}}%n".formatted(model));
        return Setup.load(config, Map.of());
    }
}

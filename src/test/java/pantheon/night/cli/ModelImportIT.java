package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.model.importing.TinyFolder;

/** The import as a command, of a folder that is said to be trained from another. */
final class ModelImportIT {
    @TempDir
    private Path folder;

    @Test
    void a_trained_folder_comes_in_where_it_is_like_its_base() throws IOException {
        TinyFolder.of("llama").with(config -> config.put("rope_theta", 5000)).write(folder.resolve("trained"));
        TinyFolder.of("llama").with(config -> config.put("rope_theta", 10_000)).write(folder.resolve("other"));
        var refused = Program.run(folder, "model", "import", "--base", "other", "trained", "made");
        assertEquals(65, refused.status());
        assertTrue(refused.err().contains("its rope_theta is 5000, the base's 10000"), refused.err());
        assertFalse(Files.exists(folder.resolve("made")));
        var made = Program.run(folder, "model", "import", "--json", "--base", "trained", "trained", "made");
        assertEquals(0, made.status(), made.err());
        var result = Json.parse(made.out());
        assertEquals("made", result.path("name").asString());
        assertEquals(
                "its conversations are written as qwen has them",
                result.path("notes").path(0).asString());
    }
}

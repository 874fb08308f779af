package pantheon.night.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;

class ModelManifestTest {
    private static final String DIGEST_OF_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    private static final String DIGEST_OF_B = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectory(folder.resolve("onnx"));
        Files.writeString(folder.resolve("onnx/model.onnx"), "a");
        Files.writeString(folder.resolve("config.json"), "b");
    }

    @Test
    void lists_every_file_but_itself() throws IOException {
        ModelManifest.write(folder, "tiny", List.of());
        ModelManifest.write(folder, "tiny", List.of());
        var expected = Json.object().put("format", 1).put("name", "tiny");
        expected.putObject("files").put("config.json", DIGEST_OF_B).put("onnx/model.onnx", DIGEST_OF_A);
        assertEquals(expected, Json.parse(Files.readString(folder.resolve("manifest.json"))));
    }

    @Test
    void names_the_agents_that_the_model_knows_beside_its_digest() {
        var any = ModelManifest.write(folder, "tiny", List.of());
        assertTrue(any.knows("a.b"));
        var one = ModelManifest.write(folder, "tiny", List.of("a.b"));
        assertEquals(one, ModelManifest.verified(folder));
        assertTrue(one.knows("a.b"));
        assertFalse(one.knows("a"));
        assertEquals(any.digest(), one.digest());
    }

    @Test
    void the_embedded_model_knows_the_one_agent_that_ships() {
        var embedded = ModelManifest.verified(Path.of("src/main/models/docops-front-matter"));
        assertEquals(List.of("docops.front-matter"), embedded.agents());
    }

    @Test
    void has_the_digest_that_sha256sum_would_give_its_list() {
        // sha256sum config.json onnx/model.onnx | sha256sum
        assertEquals(
                "e5fde80115523d6f8610d000b13b50149109263b18a665f42f1a74aefdcc6a3e",
                ModelManifest.write(folder, "tiny", List.of()).digest());
    }

    @Test
    void its_digest_stands_for_names_and_contents_of_files() throws IOException {
        var manifest = ModelManifest.write(folder, "tiny", List.of());
        assertEquals(manifest, ModelManifest.verified(folder));
        assertEquals(
                manifest.digest(),
                ModelManifest.write(folder, "other name", List.of()).digest());
        Files.move(folder.resolve("config.json"), folder.resolve("config2.json"));
        var renamed = ModelManifest.write(folder, "tiny", List.of()).digest();
        assertNotEquals(manifest.digest(), renamed);
        Files.writeString(folder.resolve("config2.json"), "c");
        assertNotEquals(renamed, ModelManifest.write(folder, "tiny", List.of()).digest());
    }

    private static void refused(String what, Path path, Executable action) {
        var refused = assertThrows(NightException.class, action);
        assertEquals(ExitCode.UNAVAILABLE, refused.exitCode());
        assertTrue(refused.getMessage().startsWith(path + " " + what), refused.getMessage());
    }

    @Test
    void what_a_link_brings_in_from_elsewhere_is_refused(@TempDir Path elsewhere) throws IOException {
        ModelManifest.write(folder, "tiny", List.of());
        Files.writeString(elsewhere.resolve("model.onnx"), "a");
        Files.delete(folder.resolve("onnx/model.onnx"));
        var link = Files.createSymbolicLink(folder.resolve("onnx/model.onnx"), elsewhere.resolve("model.onnx"));
        refused("is a link that leads out of the model's folder", link, () -> ModelManifest.verified(folder));
        refused(
                "is a link that leads out of the model's folder",
                link,
                () -> ModelManifest.write(folder, "tiny", List.of()));
        Files.delete(link);
        Files.delete(folder.resolve("onnx"));
        Files.createSymbolicLink(folder.resolve("onnx"), elsewhere);
        refused("is a link to a folder", folder.resolve("onnx"), () -> ModelManifest.verified(folder));
        Files.delete(folder.resolve("onnx"));
        Files.createSymbolicLink(folder.resolve("onnx"), Path.of("nowhere"));
        refused("is a link that leads to no file", folder.resolve("onnx"), () -> ModelManifest.verified(folder));
    }

    @Test
    void a_link_to_a_file_of_the_folder_is_that_file() throws IOException {
        Files.createSymbolicLink(folder.resolve("model.onnx"), Path.of("onnx/model.onnx"));
        assertEquals(
                DIGEST_OF_A,
                ModelManifest.write(folder, "tiny", List.of()).files().get("model.onnx"));
        ModelManifest.verified(folder);
    }

    @Test
    void a_manifest_that_is_a_link_is_replaced_and_not_written_through(@TempDir Path elsewhere) throws IOException {
        var precious = Files.writeString(elsewhere.resolve("precious"), "a letter");
        Files.createSymbolicLink(folder.resolve("manifest.json"), precious);
        ModelManifest.write(folder, "tiny", List.of());
        assertEquals("a letter", Files.readString(precious));
        ModelManifest.verified(folder);
    }

    @Test
    void a_file_that_is_swapped_between_comparing_and_loading_is_noticed(@TempDir Path elsewhere) throws IOException {
        ModelManifest.write(folder, "tiny", List.of());
        var verified = VerifiedFolder.of(folder);
        verified.requireUnchanged();
        verified.requireListed(folder.resolve("onnx/model.onnx"));
        var aside = Files.move(folder.resolve("onnx"), elsewhere.resolve("onnx"));
        Files.createDirectory(folder.resolve("onnx"));
        Files.writeString(folder.resolve("onnx/model.onnx"), "another graph");
        assertThrows(NightException.class, verified::requireUnchanged);
        Files.delete(folder.resolve("onnx/model.onnx"));
        Files.delete(folder.resolve("onnx"));
        Files.move(aside, folder.resolve("onnx"));
        var noticed = assertThrows(NightException.class, verified::requireUnchanged, "also where it is put back");
        assertEquals(folder + " was changed while the model was loaded. Try again.", noticed.getMessage());
    }

    @Test
    void a_file_that_the_manifest_does_not_name_is_not_opened() {
        ModelManifest.write(folder, "tiny", List.of());
        var verified = VerifiedFolder.of(folder);
        var refused = assertThrows(
                NightException.class, () -> verified.requireListed(folder.resolve("onnx/../other/model.onnx")));
        assertTrue(refused.getMessage().startsWith("other/model.onnx would be loaded"), refused.getMessage());
    }
}

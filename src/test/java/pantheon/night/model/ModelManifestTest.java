package pantheon.night.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        ModelManifest.write(folder, "tiny");
        ModelManifest.write(folder, "tiny");
        var expected = Json.object().put("format", 1).put("name", "tiny");
        expected.putObject("files").put("config.json", DIGEST_OF_B).put("onnx/model.onnx", DIGEST_OF_A);
        assertEquals(expected, Json.parse(Files.readString(folder.resolve("manifest.json"))));
    }

    @Test
    void has_the_digest_that_sha256sum_would_give_its_list() {
        // sha256sum config.json onnx/model.onnx | sha256sum
        assertEquals(
                "e5fde80115523d6f8610d000b13b50149109263b18a665f42f1a74aefdcc6a3e",
                ModelManifest.write(folder, "tiny").digest());
    }

    @Test
    void its_digest_stands_for_names_and_contents_of_files() throws IOException {
        var manifest = ModelManifest.write(folder, "tiny");
        assertEquals(manifest, ModelManifest.verified(folder));
        assertEquals(
                manifest.digest(), ModelManifest.write(folder, "other name").digest());
        Files.move(folder.resolve("config.json"), folder.resolve("config2.json"));
        var renamed = ModelManifest.write(folder, "tiny").digest();
        assertNotEquals(manifest.digest(), renamed);
        Files.writeString(folder.resolve("config2.json"), "c");
        assertNotEquals(renamed, ModelManifest.write(folder, "tiny").digest());
    }
}

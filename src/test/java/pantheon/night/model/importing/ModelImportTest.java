package pantheon.night.model.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.VerifiedFolder;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.decoder.TinyGguf;
import pantheon.night.model.gguf.TensorType;

final class ModelImportTest {
    private static final Path REAL = Path.of("target/models/SmolLM2-135M-Instruct.Q4_1.gguf");

    @TempDir
    private Path folder;

    private NightException refused(TinyGguf model) throws IOException {
        var file = model.write(folder.resolve("tiny.gguf"));
        var refused = assertThrows(
                NightException.class,
                () -> new ModelImport(
                                file,
                                folder.resolve("made"),
                                "made",
                                Arithmetic.FAST,
                                0,
                                (graph, tokenizer) -> fail("no graph is tried"))
                        .run(false));
        try (var left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList(), "nothing is left of it");
        }
        return refused;
    }

    @Test
    void real_weights_become_a_folder_that_its_manifest_describes() throws IOException {
        assertTrue(Files.exists(REAL), REAL + " is not there; run src/test/setup.sh");
        var target = folder.resolve("smollm2");
        var manifest = new ModelImport(
                        REAL, target, "smollm2", Arithmetic.FAST, 1024, (graph, tokenizer) -> fail("no graph is tried"))
                .run(false);
        assertEquals(manifest.digest(), VerifiedFolder.of(target).manifest().digest());
        assertEquals(1024, ModelFolder.of(target).contextTokens());
        assertEquals(49_152, ModelFolder.of(target).vocabulary());
        var origin = Json.parse(Files.readString(target.resolve("origin.json")));
        assertEquals("apache-2.0", origin.path("license").asString());
        assertEquals(
                "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
                origin.path("sha256").asString());
        try (var files = Files.list(target)) {
            for (var file : files.toList()) {
                assertEquals(
                        "rw-r--r--",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file.toString());
            }
        }
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
        var again = new ModelImport(
                REAL, target, "smollm2", Arithmetic.FAST, 1024, (graph, tokenizer) -> fail("no graph is tried"));
        var there = assertThrows(NightException.class, () -> again.run(false));
        assertEquals(ExitCode.CANT_CREATE, there.exitCode());
        assertTrue(
                there.getMessage().contains("exists already. Name another folder, or add --replace"),
                there.getMessage());
        assertEquals(manifest.digest(), again.run(true).digest(), "the same file makes the same bytes");
    }

    @Test
    void what_is_not_known_is_refused_by_name() throws IOException {
        var family = refused(new TinyGguf("gemma3"));
        assertTrue(
                family.getMessage()
                        .contains(
                                "its architecture is gemma3. Take a model of one of the families llama, qwen2, qwen3"),
                family.getMessage());
        var key = refused(new TinyGguf("llama").with(file -> file.uint32("llama.expert_count", 8)));
        assertTrue(key.getMessage().contains("its metadata have llama.expert_count"), key.getMessage());
        var scaling = refused(new TinyGguf("llama").with(file -> file.text("llama.rope.scaling.type", "yarn")));
        assertTrue(scaling.getMessage().contains("it stretches its context by yarn"), scaling.getMessage());
        var tensor = refused(new TinyGguf("llama")
                .with(file -> file.tensor("blk.0.attn_output.bias", TensorType.F32, List.of(1L), new byte[4])));
        assertTrue(
                tensor.getMessage().contains("tensor blk.0.attn_output.bias is no part of a llama decoder"),
                tensor.getMessage());
        var sides = refused(new TinyGguf("llama")
                .with(file -> file.uint32("llama.vocab_size", 1))
                .with(file -> file.tensor("output.weight", TensorType.F32, List.of(2L), new byte[8])));
        assertTrue(sides.getMessage().contains("tensor output.weight has the sides [2]"), sides.getMessage());
        for (var each : List.of(family, key, scaling, tensor, sides)) {
            assertEquals(ExitCode.DATA, each.exitCode());
        }
    }
}

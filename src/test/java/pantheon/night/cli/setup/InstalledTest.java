package pantheon.night.cli.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.config.NightConfig;

/** What models need that is installed beside the program, as {@code doctor} looks at it. */
final class InstalledTest {
    @TempDir
    private Path folder;

    private String look(Path libraries, String device) {
        var openVino = new NightConfig.OpenVino(libraries, device, "bf16");
        var model = new NightConfig.Model(folder.resolve("model"), 2, 0, 1, "qwen", "fast", null, openVino);
        return Engines.installed(model).orElseThrow().get();
    }

    private NightException refused(Path libraries, String device) {
        var refused = assertThrows(NightException.class, () -> look(libraries, device));
        assertEquals(ExitCode.UNAVAILABLE, refused.exitCode());
        return refused;
    }

    private static Path libraries() {
        var libraries = Path.of("target/openvino").toAbsolutePath();
        assertTrue(Files.isDirectory(libraries), "run src/test/setup.sh first");
        return libraries;
    }

    @Test
    void version_folder_devices_and_precision_are_told_whether_the_models_folder_is_there_or_not() {
        var words = look(libraries(), "CPU");
        assertTrue(words.startsWith("OpenVINO 2026.4.1-22982-"), words);
        assertTrue(
                words.endsWith(
                        " in %s; devices CPU; CPU computes in bf16 (activations not rounded, keys and values in bf16)"
                                .formatted(libraries())),
                words);
    }

    @Test
    void what_lacks_is_told() {
        assertTrue(refused(folder, "CPU").getMessage().startsWith("OpenVINO's C library libopenvino_c.so.2641"));
        assertTrue(
                refused(libraries(), "NPU")
                        .getMessage()
                        .startsWith(
                                "OpenVINO finds no device NPU here; it finds: CPU. Its library libopenvino_intel_npu_plugin.so"));
    }

    @Test
    void one_that_the_program_brings_all_of_needs_nothing() {
        assertEquals(Optional.empty(), Engines.installed(new NightConfig.Model(folder, 2, 0, "qwen")));
    }
}

package pantheon.night.engine.openvino;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device lacks, on folders that look as a machine's do. */
final class DeviceNeedsTest {
    @TempDir
    private Path machine;

    private Path libraries;
    private Path devices;

    @BeforeEach
    void make_folders() throws IOException {
        libraries = Files.createDirectories(machine.resolve("openvino"));
        devices = Files.createDirectories(machine.resolve("dev"));
    }

    private String gpuLacks() {
        return DeviceNeeds.of("GPU.1").lacking(libraries, devices);
    }

    private Path node() throws IOException {
        Files.createFile(libraries.resolve("libopenvino_intel_gpu_plugin.so"));
        return Files.createFile(Files.createDirectories(devices.resolve("dri")).resolve("renderD128"));
    }

    @Test
    void its_library_is_named_first() {
        assertEquals("Its library libopenvino_intel_gpu_plugin.so is not in " + libraries, gpuLacks());
        assertTrue(DeviceNeeds.of("NPU").lacking(libraries, devices).contains("libopenvino_intel_npu_plugin.so"));
        assertTrue(DeviceNeeds.of("CPU").lacking(libraries, devices).contains("libopenvino_intel_cpu_plugin.so"));
    }

    @Test
    void a_library_may_lie_where_packages_put_it() throws IOException {
        var plugins = Files.createDirectories(libraries.resolve("openvino-2026.4.1"));
        Files.createFile(plugins.resolve("libopenvino_intel_gpu_plugin.so"));
        assertEquals(
                "There is no %s/dri/renderD*: the machine has no such device, or the unit shows none (systemd/drop-ins/openvino-device.conf does)"
                        .formatted(devices),
                gpuLacks());
    }

    @Test
    void where_all_is_there_the_driver_is_told() throws IOException {
        var node = node();
        assertEquals(
                "Its library and %s are there, so what may lack is Intel's OpenCL driver and libOpenCL.so.1, or the unit's DeviceAllow= for it"
                        .formatted(node),
                gpuLacks());
    }

    @Test
    void a_node_of_another_group_is_told_with_its_group() throws IOException {
        var node = node();
        assertEquals(
                "This user may not open %s, whose group is %s".formatted(node, Files.getAttribute(node, "posix:group")),
                DeviceNeeds.GPU.lacking(libraries, devices, each -> false));
    }
}

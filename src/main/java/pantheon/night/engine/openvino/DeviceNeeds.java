package pantheon.night.engine.openvino;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import pantheon.night.IoReason;

/** What a kind of device needs beside OpenVINO's own libraries. */
enum DeviceNeeds {
    CPU("libopenvino_intel_cpu_plugin.so", "", "", "a processor of x86-64"),
    GPU("libopenvino_intel_gpu_plugin.so", "dri", "renderD", "Intel's OpenCL driver and libOpenCL.so.1"),
    NPU(
            "libopenvino_intel_npu_plugin.so",
            "accel",
            "accel",
            "Intel's NPU driver, and Level Zero's loader libze_loader.so.1");

    /** Where packages put what is loaded later. */
    private static final String PLUGIN_FOLDERS = "openvino-*";

    private final String plugin;
    private final String folder;
    private final String nodes;
    private final String driver;

    /**
     * @param plugin the library of the device
     * @param folder below /dev, empty where there is none
     * @param nodes how the names of its device nodes begin
     * @param driver what else has to be installed
     */
    DeviceNeeds(String plugin, String folder, String nodes, String driver) {
        this.plugin = plugin;
        this.folder = folder;
        this.nodes = nodes;
        this.driver = driver;
    }

    /** Those of a device as the configuration has it, possibly with a number. */
    static DeviceNeeds of(String device) {
        int point = device.indexOf('.');
        return valueOf(point < 0 ? device : device.substring(0, point));
    }

    /**
     * The first thing that a device lacks, in words.
     *
     * @param libraries the folder of OpenVINO's
     * @param devices the folder of device nodes, {@code /dev}
     */
    String lacking(Path libraries, Path devices) {
        return lacking(libraries, devices, node -> Files.isReadable(node) && Files.isWritable(node));
    }

    /** The same, where it is told which nodes this user may open. */
    String lacking(Path libraries, Path devices, Predicate<Path> mayOpen) {
        if (!hasPlugin(libraries)) {
            return "Its library %s is not in %s".formatted(plugin, libraries);
        }
        return folder.isEmpty()
                ? "Its library is there, so it lacks " + driver
                : lackingOfNodes(devices.resolve(folder), mayOpen);
    }

    private String lackingOfNodes(Path kind, Predicate<Path> mayOpen) {
        var found = matching(kind, nodes + "*");
        if (found.isEmpty()) {
            return "There is no %s/%s*: the machine has no such device, or the unit shows none (systemd/drop-ins/openvino-device.conf does)"
                    .formatted(kind, nodes);
        }
        return found.stream()
                .filter(mayOpen.negate())
                .findFirst()
                .map(node -> "This user may not open %s, whose group is %s".formatted(node, group(node)))
                .orElseGet(
                        () -> "Its library and %s are there, so what may lack is %s, or the unit's DeviceAllow= for it"
                                .formatted(found.getFirst(), driver));
    }

    private boolean hasPlugin(Path libraries) {
        return Files.exists(libraries.resolve(plugin))
                || matching(libraries, PLUGIN_FOLDERS).stream().anyMatch(each -> Files.exists(each.resolve(plugin)));
    }

    private static List<Path> matching(Path folder, String glob) {
        var found = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            return List.of();
        }
        return found.stream().sorted().toList();
    }

    private static String group(Path node) {
        try {
            return String.valueOf(Files.getAttribute(node, "posix:group"));
        } catch (IOException e) {
            return "not known: " + IoReason.of(e, node);
        }
    }
}

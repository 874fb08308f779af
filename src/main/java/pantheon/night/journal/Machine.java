package pantheon.night.journal;

import java.io.IOException;
import java.nio.file.Path;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a machine is known by, so that rates are not taken from another one.
 *
 * @param cores the processors that this process may use
 * @param cpu the processor's model name, {@code unknown} where the kernel does not tell it
 * @param memoryBytes the machine's memory; 0 where the kernel does not tell it
 */
public record Machine(int cores, String cpu, long memoryBytes) {
    /** A machine that nobody wrote down. */
    public static final Machine UNKNOWN = new Machine(0, "unknown", 0);

    /**
     * This machine.
     *
     * @param proc where the kernel tells of itself, {@code /proc}
     */
    public static Machine here(Path proc) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field(proc.resolve("cpuinfo"), "model name", "unknown"),
                kibibytes(field(proc.resolve("meminfo"), "MemTotal", "0 kB")) * 1024);
    }

    private static long kibibytes(String text) {
        return Long.parseLong(text.replaceAll("[^0-9]", ""));
    }

    private static String field(Path file, String name, String otherwise) {
        try (var lines = RegularFile.reader(file)) {
            return lines.lines()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException | java.io.UncheckedIOException e) {
            return otherwise; // an unknown machine: its rates are not taken for those of another
        }
    }

    /** Whether rates of the one hold on the other; the kernel's part of the memory varies, so 5 % do not count. */
    public boolean isLike(Machine other) {
        return cores == other.cores
                && cpu.equals(other.cpu)
                && Math.abs(memoryBytes - other.memoryBytes) <= 0.05 * Math.max(memoryBytes, other.memoryBytes);
    }

    public ObjectNode json() {
        return Json.object().put("cores", cores).put("cpu", cpu).put("memory_bytes", memoryBytes);
    }

    /** Reads {@link #json} back; a missing value is {@link #UNKNOWN}. */
    public static Machine of(JsonNode json) {
        return json.isObject()
                ? new Machine(
                        json.required("cores").intValue(),
                        json.required("cpu").stringValue(),
                        json.required("memory_bytes").longValue())
                : UNKNOWN;
    }
}

package pantheon.night.engine.openvino;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What of this process is in memory. */
final class Resident {
    private Resident() {}

    /** A figure of its status in KiB, as {@code VmRSS}. */
    static long kib(String name) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return sum(lines.filter(line -> line.startsWith(name + ":")));
        }
    }

    /** The KiB of a file's mappings. */
    static long kib(Path file) throws IOException {
        var lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        long all = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(" " + file)) {
                all += sum(lines.subList(i, i + 24).stream()
                        .filter(line -> line.startsWith("Rss:"))
                        .limit(1));
            }
        }
        return all;
    }

    private static long sum(Stream<String> lines) {
        return lines.mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}

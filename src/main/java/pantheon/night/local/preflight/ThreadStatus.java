package pantheon.night.local.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import pantheon.night.disk.RegularFile;
import pantheon.night.local.Finding;

/** What the kernel says of every thread of this process, see proc_pid_status(5). */
final class ThreadStatus {
    private static final int MOST_BYTES = 1 << 16;
    private static final Path THREADS = Path.of("/proc/self/task");

    private final List<Map<String, String>> threads;

    private ThreadStatus(List<Map<String, String>> threads) {
        this.threads = threads;
    }

    static ThreadStatus read() throws IOException {
        var all = new ArrayList<Map<String, String>>();
        try (var threads = Files.newDirectoryStream(THREADS)) {
            for (var thread : threads) {
                fields(thread).ifPresent(all::add);
            }
        }
        if (all.isEmpty()) {
            throw new IOException("no thread in " + THREADS);
        }
        return new ThreadStatus(all);
    }

    /** Empty where the thread has ended meanwhile. */
    private static Optional<Map<String, String>> fields(Path thread) throws IOException {
        try {
            return Optional.of(fields(RegularFile.lines(thread.resolve("status"), MOST_BYTES)));
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Map<String, String> fields(List<String> lines) {
        var fields = new HashMap<String, String>();
        for (var line : lines) {
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return fields;
    }

    /** Whether the fields of every thread are as expected; the first that is not is named, with its value. */
    Finding every(List<String> names, Predicate<String> expected) {
        for (var name : names) {
            for (var thread : threads) {
                var value = thread.getOrDefault(name, "missing");
                if (!expected.test(value)) {
                    return new Finding(false, name + " " + value.replaceAll("\\s+", " "));
                }
            }
        }
        return new Finding(true, String.join(", ", names) + " as expected on every thread");
    }

    /** The real user's id, the same on every thread of a JVM. */
    String user() {
        return threads.getFirst().getOrDefault("Uid", "").split("\\s+", 2)[0];
    }
}

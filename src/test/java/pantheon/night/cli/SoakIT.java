package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night that is long for a test: the process is no larger at its end than after a third of it. */
final class SoakIT {
    private static final int TASKS = 200;

    /** What the process had when so many tasks had begun. */
    private record Sample(int begun, int memoryKilobytes, int descriptors, int threads) {
        static Sample of(String line) {
            var numbers =
                    Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();
            return new Sample(numbers[0], numbers[1], numbers[2], numbers[3]);
        }
    }

    @Test
    void memory_descriptors_and_threads_stay_as_they_are(@TempDir Path folder) throws IOException {
        var script = Path.of("src/bench/soak.sh").toAbsolutePath().toString();
        var run = Program.process(folder, Map.of(), List.of(script, "%d".formatted(TASKS), folder.toString()));
        assertEquals(0, run.status(), run.err());
        var samples = Files.readAllLines(folder.resolve("samples.txt")).stream()
                .map(Sample::of)
                .filter(sample -> sample.begun() >= TASKS / 3)
                .toList();
        var first = samples.getFirst();
        var last = samples.getLast();
        assertTrue(last.begun() > TASKS * 3 / 4, run.out()); // looked at every second, so the end itself is not seen
        assertTrue(last.memoryKilobytes() < first.memoryKilobytes() * 1.25, run.out());
        for (var sample : samples) {
            assertTrue(sample.descriptors() <= first.descriptors() + 10, sample.toString());
            assertTrue(sample.threads() <= first.threads() + 5, sample.toString());
        }
    }
}

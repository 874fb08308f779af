package pantheon.night.simulation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Simulated nights by the thousand, measured: {@code Drill NIGHTS [FIRST_SEED]}, run by {@code src/bench/simulation.sh}.
 *
 * <p>Each round tells how many nights a second it did and what processor time one took; the first ones compile. The
 * exit code is 1 where a seed failed.
 */
final class Drill {
    private static final int ROUND = 1_000;

    private Drill() {}

    /**
     * Runs it.
     *
     * @param arguments how many nights, and the first seed
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long nights = Long.parseLong(arguments[0]);
        long first = arguments.length > 1 ? Long.parseLong(arguments[1]) : 0;
        var failed = new ArrayList<String>();
        try (var simulation = Simulation.inMemory()) {
            for (long from = first; from < first + nights; from += ROUND) {
                long to = Math.min(from + ROUND, first + nights);
                var begun = System.nanoTime();
                var used = processorTime();
                var failures = simulation.failures(LongStream.range(from, to));
                tell(from, to, System.nanoTime() - begun, processorTime().minus(used));
                if (!failures.isEmpty()) {
                    System.out.println(failures);
                    failed.add(failures.substring(failures.lastIndexOf('\n') + 1));
                }
            }
        }
        System.out.println(failed.isEmpty() ? "all passed" : failed);
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static void tell(long from, long to, long nanos, Duration used) {
        long nights = to - from;
        System.out.printf(
                Locale.ROOT,
                "seeds %d to %d: %.1f nights/s, %.1f ms of processor time a night%n",
                from,
                to - 1,
                nights * 1e9 / nanos,
                used.toNanos() / 1e6 / nights);
    }
}

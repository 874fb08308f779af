import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import pantheon.night.training.Mining;
import pantheon.night.training.MiningOptions;

/** Mines a night and tells how fast. */
final class MiningBench {
    public static void main(String... arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var source = new Mining.Source("past", folder.resolve("log/past.jsonl"), folder.resolve("artifacts"));
        long start = System.nanoTime();
        var manifest = new Mining(MiningOptions.DEFAULT).mine(List.of(source), folder.resolve("data"));
        double seconds = (System.nanoTime() - start) / 1e9;
        long traces = manifest.get("kept").longValue();
        for (var count : manifest.get("left_out")) {
            traces += count.longValue();
        }
        long bytes = 0;
        for (var file : manifest.get("files")) {
            bytes += file.get("bytes").longValue();
        }
        System.out.printf(
                "%d traces in %.1f s: %.0f a second; %d kept, %d MB written; heap of at most %d MB, %s lines of journal%n",
                traces,
                seconds,
                traces / seconds,
                manifest.get("kept").longValue(),
                bytes >> 20,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax() >> 20,
                manifest.get("sources").get(0).get("lines"));
    }
}

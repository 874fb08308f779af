import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import pantheon.night.training.Mining;
import pantheon.night.training.MiningOptions;

/** Mines a night and tells how fast. */
final class MiningBench {
    public static void main(String... arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var source = new Mining.Source("past", folder.resolve("log/past.jsonl"), folder.resolve("artifacts"));
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = System.nanoTime();
        long busy = system.getProcessCpuTime();
        var mining = new Mining(MiningOptions.DEFAULT);
        var manifest = mining.mine(List.of(source), folder.resolve("data"));
        double seconds = (System.nanoTime() - start) / 1e9;
        double cores = (system.getProcessCpuTime() - busy) / 1e9;
        System.gc();
        long kept = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        Reference.reachabilityFence(mining);
        long traces = manifest.get("kept").longValue();
        for (var count : manifest.get("left_out")) {
            traces += count.longValue();
        }
        long bytes = 0;
        for (var file : manifest.get("files")) {
            bytes += file.get("bytes").longValue();
        }
        System.out.printf(
                "%d traces in %.1f s: %.0f a second, %.1f s of processor time; %d kept, %d MB written;"
                        + " %.1f MB of a heap of at most %d MB still in use, %s lines of journal%n",
                traces,
                seconds,
                traces / seconds,
                cores,
                manifest.get("kept").longValue(),
                bytes >> 20,
                kept / 1e6,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax() >> 20,
                manifest.get("sources").get(0).get("lines"));
    }
}

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import pantheon.night.local.child.ChildCommand;
import pantheon.night.local.child.ChildLimits;
import pantheon.night.local.child.ConfinedChild;

/** Times /bin/true from start to end: confined as a command tool, and started by the JDK. Argument: how often. */
final class CommandBench {
    private CommandBench() {}

    public static void main(String... arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        var folder = Files.createTempDirectory("command-bench");
        time("warming up", count, () -> confined(folder));
        time("confined", count, () -> confined(folder));
        time(
                "ProcessBuilder",
                count,
                () -> new ProcessBuilder("/bin/true").start().waitFor());
        Files.delete(folder);
    }

    private static void confined(Path folder) {
        var limits = new ChildLimits(Duration.ofSeconds(60), 30, 1L << 30, 100, 1 << 20, 64, 1 << 20);
        var end = ConfinedChild.run(
                new ChildCommand(List.of("/bin/true"), Map.of(), folder, List.of(), List.of(folder), true, limits));
        if (end.exitCode() != 0 || !end.gone()) {
            throw new IllegalStateException(end.toString());
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void time(String what, int count, Action action) throws Exception {
        var nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            action.run();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-15s median %.1f ms, 95 %% %.1f ms, least %.1f ms%n",
                what, nanos[count / 2] / 1e6, nanos[count * 95 / 100] / 1e6, nanos[0] / 1e6);
    }
}

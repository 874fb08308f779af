package pantheon.night.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

/** A night's worth of tasks, in a process whose Java heap is all there from the start. */
class NativeMemoryTest {
    private static final int TASKS = 1000;
    private static final int WARM_UP = 300;
    /** What the compiler and the allocator may still take; a KV cache that leaked each task would be 90 MiB. */
    private static final long SLACK_KIB = 24 << 10;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"OPTIMUM", "GENERATOR"})
    void stays_flat_over_a_thousand_tasks(TestModel model) throws Exception {
        var flags = List.of(
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                EngineProcess.inherited("onnxruntime.native.path"),
                EngineProcess.inherited("ENGINE_CACHE_DIR"));
        var ended = EngineProcess.run(
                flags,
                NativeMemoryTest.class,
                model.write(folder.resolve("model")).toString());
        assertEquals(0, ended.status(), ended.output());
        var figures = List.of(ended.output().strip().lines().toList().getLast().split(" "));
        long warm = Long.parseLong(figures.get(0));
        long end = Long.parseLong(figures.get(1));
        assertTrue(end - warm < SLACK_KIB, () -> "resident memory grew from %d to %d KiB".formatted(warm, end));
    }

    /** Runs tasks on the model folder that it is given; prints the resident KiB after warming up and at the end. */
    public static void main(String[] arguments) throws IOException {
        long warm = 0;
        try (var engine = OnnxEngine.load(Path.of(arguments[0]), new OnnxOptions(1, 0, 1, ChatFormats.QWEN))) {
            for (int task = 0; task < TASKS; task++) {
                run(engine, task);
                if (engine.openTensors() != 0) {
                    throw new IllegalStateException(engine.openTensors() + " tensors are open");
                }
                warm = task == WARM_UP ? residentKib() : warm;
            }
        }
        System.out.println(warm + " " + residentKib());
    }

    private static void run(OnnxEngine engine, int task) {
        var limits = new GenerationLimits(10, Duration.ofMinutes(1));
        var format = ChatFormats.QWEN;
        var opening = format.opening("Tidy up.", List.of());
        var input = "Task %d. ".formatted(task).repeat(20 + task % 30);
        var prompt = new Prompt(opening, opening.length()).with(format.input(input));
        try (var conversation = engine.open()) {
            var first = conversation.generate(prompt, limits);
            conversation.generate(prompt.with(format.answer(first.text()) + format.input("More")), limits);
        }
    }

    private static long residentKib() throws IOException {
        System.gc();
        var status = Files.readAllLines(Path.of("/proc/self/status"));
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}

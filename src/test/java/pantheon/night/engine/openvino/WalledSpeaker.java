package pantheon.night.engine.openvino;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.local.Confinement;
import pantheon.night.local.NarrowWalls;
import pantheon.night.prompt.Prompt;

/**
 * A process that runs a model within the program's own walls and {@link NarrowWalls}. It prints what it found there, a line
 * each: how many entries /sys has, the errno of choosing processors, the answer of two conversations beside one another.
 * Its first argument is the model's folder, the second what it does at the end.
 */
final class WalledSpeaker {
    private WalledSpeaker() {}

    public static void main(String... arguments) throws IOException {
        Confinement.confineThisProcess();
        // With its first channel the JVM itself asks the kernel, once, which families of sockets there are.
        FileChannel.open(Path.of("/dev/null")).close();
        NarrowWalls.raise();
        try (var entries = Files.list(Path.of("/sys"))) {
            System.out.println(entries.count() == 0 ? "sys empty" : "sys");
        }
        System.out.println("affinity " + NarrowWalls.errnoOfAffinity());
        try (var engine = OpenVinoEngine.load(Path.of(arguments[0]), TestIr.options(4));
                var one = engine.open();
                var other = engine.open()) {
            var limits = new GenerationLimits(100, Duration.ofMinutes(1));
            var prompt = Prompt.unshared("Say\n");
            System.out.println(one.generate(prompt, limits).text());
            System.out.println(other.generate(prompt, limits).text());
        }
        atTheEnd(arguments[1]);
    }

    private static void atTheEnd(String what) throws IOException {
        switch (what) {
            case "nothing" -> {}
            case "socket" -> NarrowWalls.openSocket();
            case "file" -> Files.writeString(Path.of("/tmp/walled-speaker"), "");
            default -> throw new IllegalArgumentException(what);
        }
        System.out.println("ended");
    }
}

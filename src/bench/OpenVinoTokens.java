import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pantheon.night.engine.Decoding;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.openvino.OpenVinoEngine;
import pantheon.night.engine.openvino.OpenVinoOptions;
import pantheon.night.engine.openvino.Precision;
import pantheon.night.model.Tokenizer;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

/** What OpenVINO makes of a model in this process: its tokens, and rows beside one another against each alone. */
final class OpenVinoTokens {
    private static final String TEXT = "The pumps of the second house were checked in winter, before each start. ";

    private OpenVinoTokens() {}

    /**
     * Arguments: libraries, folder, precision, and {@code ids FILE} (writes a prompt's ids), {@code tokens N} (tells the ids
     * that follow it), {@code rows N} (eight rows of N tokens, beside one another and each alone) or {@code memory N} (what is
     * resident once eight rows are N tokens long, and what the engine says is the most).
     */
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[1]);
        if (arguments[3].equals("ids")) {
            try (var tokenizer = Tokenizer.load(folder.resolve("tokenizer.json"), ChatFormats.QWEN.stops())) {
                Files.writeString(Path.of(arguments[4]), joined(tokenizer.encode(TEXT)));
            }
            return;
        }
        int count = Integer.parseInt(arguments[4]);
        boolean memory = arguments[3].equals("memory");
        boolean beside = memory || arguments[3].equals("rows");
        try (var engine = OpenVinoEngine.load(
                folder,
                new OpenVinoOptions(
                        Path.of(arguments[0]),
                        "CPU",
                        Precision.named(arguments[2]),
                        2,
                        memory ? count : 2048,
                        beside ? 8 : 1,
                        ChatFormats.QWEN,
                        Decoding.EXACT))) {
            if (memory) {
                memory(engine, count);
            } else if (beside) {
                rows(engine, count);
            } else {
                var scored = engine.scored(TEXT, count);
                var all = scored.tokens();
                System.out.println("here " + joined(Arrays.copyOfRange(all, scored.given(), all.length)));
            }
        }
    }

    private static String joined(int[] ids) {
        return IntStream.of(ids).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }

    private static void rows(OpenVinoEngine engine, int count) throws Exception {
        long start = System.nanoTime();
        var alone =
                IntStream.range(0, 8).mapToObj(row -> text(engine, row, count)).toList();
        double one = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        var together = new ArrayList<String>();
        try (var clients = Executors.newFixedThreadPool(8)) {
            List<Future<String>> all = IntStream.range(0, 8)
                    .mapToObj(row -> clients.submit(() -> text(engine, row, count)))
                    .toList();
            for (var text : all) {
                together.add(text.get());
            }
        }
        double eight = (System.nanoTime() - start) / 1e9;
        long same = IntStream.range(0, 8)
                .filter(row -> alone.get(row).equals(together.get(row)))
                .count();
        System.out.printf(
                "%d of 8 rows as alone; alone %.1f s, beside %.1f s: %.1f times as fast; %s%n",
                same, one, eight, one / eight, engine.model().facts());
    }

    /** Eight conversations, each as long as its context, all of them open until the last has ended. */
    private static void memory(OpenVinoEngine engine, int count) throws Exception {
        var open = IntStream.range(0, 8).mapToObj(row -> engine.open()).toList();
        var limits = new GenerationLimits(count, Duration.ofHours(1));
        for (int row = 0; row < open.size(); row++) {
            var prompt = row + TEXT.repeat((count - 60) / 16);
            System.out.printf("row %d: %d tokens%n", row, open.get(row).countTokens(prompt));
            open.get(row).generate(Prompt.unshared(prompt), limits);
        }
        var told = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.matches("(VmHWM|VmRSS|RssAnon|RssFile):.*"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList();
        System.out.printf("%s; the engine's most is %,d kB%n", String.join(", ", told), engine.memoryBytes() / 1024);
        open.forEach(conversation -> conversation.close());
    }

    private static String text(OpenVinoEngine engine, int row, int count) {
        try (var conversation = engine.open()) {
            var prompt = Prompt.unshared(row + TEXT.repeat(1 + row));
            return conversation
                    .generate(prompt, new GenerationLimits(count, Duration.ofHours(1)))
                    .text();
        }
    }
}

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.grammar.Grammar;
import pantheon.night.grammar.Narrowing;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.prompt.ChatFormats;
import tools.jackson.databind.JsonNode;

/**
 * Which schemas of a collection pass, and how long compiling them and masking their instances takes.
 *
 * <p>A schema passes where it compiles, all tokens of each valid instance are allowed and then the end, and each
 * invalid instance is refused somewhere. Every step's mask is made and timed, and must allow the token that comes.
 *
 * <p>Each time is taken twice: by the clock, as others see it, and as the thread's own processor time, which what else
 * runs on the machine changes less. The latter does not hold the collector's and the compiler's threads.
 */
final class MaskBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WORST_SHOWN = 12;

    private final TokenMasks masks;
    private final HuggingFaceTokenizer tokenizer;
    private final boolean explain;
    private final Times maskTimes = new Times("mask, us", 1e3);
    private final Times compileTimes = new Times("compile, ms", 1e6);
    private final Times firstTimes = new Times("compile with the first mask, ms", 1e6);
    private final Map<String, Integer> failures = new HashMap<>();
    private int passed;
    private int loosened;
    private int wronglyAccepted;
    private int wronglyAcceptedExactly;
    private int wronglyRefused;
    private String current = "";
    private String refusedAt = "";

    private MaskBench(TokenMasks masks, HuggingFaceTokenizer tokenizer, boolean explain) {
        this.masks = masks;
        this.tokenizer = tokenizer;
        this.explain = explain;
    }

    /** Arguments: the collection (JSON Lines, also in gzip), a tokenizer.json, and "explain" for a line on each failure. */
    public static void main(String... arguments) throws Exception {
        var cases = cases(Path.of(arguments[0]));
        var tokenizerFile = Path.of(arguments[1]);
        long start = System.nanoTime();
        var trie = Vocabulary.of(Json.parse(Files.readString(tokenizerFile))).trie();
        System.out.printf(
                "trie: %.1f MB, built in %d ms with its file%n",
                trie.memoryBytes() / 1e6, (System.nanoTime() - start) / 1_000_000);
        var options = Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");
        try (var tokenizer = HuggingFaceTokenizer.newInstance(tokenizerFile, options)) {
            var masks = new TokenMasks(trie);
            int warmUp = Math.min(cases.size(), 300);
            var first = new MaskBench(masks, tokenizer, false);
            cases.subList(0, warmUp).forEach(first::run);
            var bench = new MaskBench(masks, tokenizer, arguments.length > 2);
            long begun = System.nanoTime();
            cases.forEach(bench::run);
            bench.report(cases.size());
            narrowing();
            System.out.printf("in all %.1f s%n", (System.nanoTime() - begun) / 1e9);
        }
    }

    private static List<JsonNode> cases(Path file) throws IOException {
        var cases = new ArrayList<JsonNode>();
        try (var lines = new BufferedReader(new InputStreamReader(opened(file)))) {
            for (String line; (line = lines.readLine()) != null; ) {
                cases.add(Json.parse(line));
            }
        }
        return cases;
    }

    private static InputStream opened(Path file) throws IOException {
        var bytes = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    }

    /** One point in time, by both measures. */
    private record Moment(long clock, long processor) {
        static Moment now() {
            return new Moment(System.nanoTime(), THREADS.getCurrentThreadCpuTime());
        }
    }

    /** What some steps took. */
    private static final class Times {
        private final String name;
        private final double unit;
        private long[] clock = new long[1 << 16];
        private long[] processor = new long[1 << 16];
        private final List<String> worst = new ArrayList<>();
        private final List<Long> worstNanos = new ArrayList<>();
        private long bound;
        private int count;

        Times(String name, double unit) {
            this.name = name;
            this.unit = unit;
        }

        /** Adds a step that ends now. */
        void add(long clockNanos, long processorNanos, String where) {
            if (count == clock.length) {
                clock = Arrays.copyOf(clock, 2 * count);
                processor = Arrays.copyOf(processor, 2 * count);
            }
            clock[count] = clockNanos;
            processor[count++] = processorNanos;
            if (processorNanos > bound) {
                worst.add(where);
                worstNanos.add(processorNanos);
                if (worst.size() > 2_000) {
                    shorten();
                    bound = worstNanos.getLast();
                }
            }
        }

        /** Keeps the longest thousand. */
        private void shorten() {
            var order = IntStream.range(0, worst.size())
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> -worstNanos.get(i)))
                    .limit(1_000)
                    .toList();
            var names = order.stream().map(worst::get).toList();
            var nanos = order.stream().map(worstNanos::get).toList();
            worst.clear();
            worst.addAll(names);
            worstNanos.clear();
            worstNanos.addAll(nanos);
        }

        void report() {
            report("by the clock", clock);
            report("processor", processor);
            shorten();
            var seen = new ArrayList<String>();
            for (int i = 0; i < worst.size() && seen.size() < WORST_SHOWN; i++) {
                var schema = worst.get(i).split(" ", 2)[0];
                if (!seen.contains(schema)) {
                    seen.add(schema);
                    System.out.printf("    %.2f in %s%n", worstNanos.get(i) / unit, worst.get(i));
                }
            }
        }

        private void report(String measure, long[] nanos) {
            var sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            System.out.printf(
                    "%s, %s: %d, mean %.2f, p50 %.2f, p90 %.2f, p99 %.2f, p99.9 %.2f, worst %.2f%n",
                    name,
                    measure,
                    count,
                    Arrays.stream(sorted).average().orElse(0) / unit,
                    at(sorted, 0.5) / unit,
                    at(sorted, 0.9) / unit,
                    at(sorted, 0.99) / unit,
                    at(sorted, 0.999) / unit,
                    at(sorted, 1) / unit);
        }

        private static long at(long[] sorted, double part) {
            return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) (sorted.length * part))];
        }
    }

    private void run(JsonNode test) {
        current = test.get("id").stringValue();
        Grammar grammar;
        var begun = Moment.now();
        try {
            grammar = Grammar.of(test.get("schema"));
        } catch (UnusableSchema e) {
            took(compileTimes, begun, "");
            fail(test, "not compiled", e.getMessage());
            return;
        }
        took(compileTimes, begun, "");
        grammar.open(masks).mask();
        took(firstTimes, begun, "");
        boolean exact = grammar.loosenings().isEmpty();
        loosened += exact ? 0 : 1;
        var wrong = new ArrayList<String>();
        for (var valid : test.get("valid")) {
            if (!accepts(grammar, Json.write(valid))) {
                wronglyRefused++;
                wrong.add("refuses " + refusedAt + " | " + Json.write(valid));
            }
        }
        for (var invalid : test.get("invalid")) {
            if (accepts(grammar, Json.write(invalid.get("data")))) {
                wronglyAccepted++;
                wronglyAcceptedExactly += exact ? 1 : 0;
                wrong.add((exact ? "EXACTLY " : "loosely ") + "accepts because " + invalid.get("why") + " "
                        + Json.write(invalid.get("data")) + " " + grammar.loosenings());
            }
        }
        if (wrong.isEmpty()) {
            passed++;
        } else {
            fail(test, wrong.getFirst().startsWith("refuses") ? "valid refused" : "invalid accepted", wrong.getFirst());
        }
    }

    private void took(Times times, Moment begun, String after) {
        long clock = System.nanoTime() - begun.clock();
        times.add(clock, THREADS.getCurrentThreadCpuTime() - begun.processor(), current + after);
    }

    private boolean accepts(Grammar grammar, String text) {
        var matcher = grammar.open(masks);
        var done = new StringBuilder();
        for (long id : tokenizer.encode(text, false, false).getIds()) {
            int token = (int) id;
            long processor = THREADS.getCurrentThreadCpuTime();
            long clock = System.nanoTime();
            boolean allowed = matcher.mask().contains(token);
            clock = System.nanoTime() - clock;
            processor = THREADS.getCurrentThreadCpuTime() - processor;
            maskTimes.add(clock, processor, place(processor, done));
            if (allowed != matcher.take(token)) {
                throw new IllegalStateException(
                        "mask and step disagree on token " + token + " after " + done + " of " + text);
            }
            done.append(tokenizer.decode(new long[] {id}));
            if (!allowed) {
                refusedAt = done.substring(Math.max(0, done.length() - 60));
                return false;
            }
        }
        refusedAt = "end";
        return matcher.mayEnd();
    }

    private String place(long nanos, StringBuilder done) {
        return nanos < 1_000_000 ? current : current + " after " + done.substring(Math.max(0, done.length() - 60));
    }

    private void fail(JsonNode test, String kind, String message) {
        failures.merge(kind, 1, Integer::sum);
        if (explain) {
            System.out.printf(
                    "%s %s: %s%n",
                    test.get("id").stringValue(), kind, message.length() > 600 ? message.substring(0, 600) : message);
        }
    }

    private void report(int count) {
        System.out.printf(
                "%d of %d schemas pass wholly: %.1f %%; %s%n", passed, count, 100.0 * passed / count, failures);
        System.out.printf("compiled with loosening: %d%n", loosened);
        System.out.printf(
                "valid refused: %d; invalid accepted: %d, by schemas without loosening: %d%n",
                wronglyRefused, wronglyAccepted, wronglyAcceptedExactly);
        maskTimes.report();
        compileTimes.report();
        firstTimes.report();
    }

    /** How long it takes to narrow an argument to 50 labels. */
    private static void narrowing() {
        var schema = Json.parse(
                "{\"type\": \"object\", \"properties\": {\"label\": {\"type\": \"string\"}, \"why\": {\"type\": \"string\"}}, \"required\": [\"label\"]}");
        var turn = TurnGrammar.of(ChatFormats.QWEN.call(), List.of(new ToolCard("label", "A tool.", schema)));
        var times = new Times("narrowing to 50 labels, us", 1e3);
        for (int i = 0; i < 3_000; i++) {
            var labels = Json.MAPPER.createArrayNode(); // others each time, since what was narrowed alike is known
            for (int label = 0; label < 50; label++) {
                labels.add("area/label-%d-%d".formatted(i, label));
            }
            var narrowing = new Narrowing("label", "label", labels.valueStream().toList());
            var begun = Moment.now();
            turn.narrowed(List.of(narrowing));
            if (i >= 1_000) {
                times.add(
                        System.nanoTime() - begun.clock(),
                        THREADS.getCurrentThreadCpuTime() - begun.processor(),
                        "narrowing");
            }
        }
        times.report();
    }
}

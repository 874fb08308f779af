import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.draft.UnusableSchema;
import pantheon.night.grammar.Grammar;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.Vocabulary;
import pantheon.night.grammar.schema.UnusableSchema;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.prompt.ChatFormats;
import tools.jackson.databind.JsonNode;

/**
 * Which schemas of a collection pass, and how long compiling them and masking their instances takes.
 *
 * <p>A schema passes where it compiles, all tokens of each valid instance are allowed and then the end, and each
 * invalid instance is refused somewhere. Every step's mask is made and timed, and must allow the token that comes.
 */
final class MaskBench {
    private final TokenMasks masks;
    private final HuggingFaceTokenizer tokenizer;
    private final boolean explain;
    private final List<Long> maskNanos = new ArrayList<>();
    private final List<Long> compileNanos = new ArrayList<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private int passed;
    private int loosened;
    private int wronglyAccepted;
    private int wronglyAcceptedExactly;
    private int wronglyRefused;

    private MaskBench(TokenMasks masks, HuggingFaceTokenizer tokenizer, boolean explain) {
        this.masks = masks;
        this.tokenizer = tokenizer;
        this.explain = explain;
    }

    /** Arguments: the collection (JSON Lines in gzip), a tokenizer.json, and "explain" for a line on each failure. */
    public static void main(String... arguments) throws Exception {
        var cases = new ArrayList<JsonNode>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(Path.of(arguments[0])))))) {
            for (String line; (line = lines.readLine()) != null; ) {
                cases.add(Json.parse(line));
            }
        }
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

    private void run(JsonNode test) {
        current = test.get("id").stringValue();
        Grammar grammar;
        long start = System.nanoTime();
        try {
            grammar = Grammar.of(test.get("schema"));
            compileNanos.add(System.nanoTime() - start);
        } catch (UnusableSchema e) {
            compileNanos.add(System.nanoTime() - start);
            fail(test, "not compiled", e.getMessage());
            return;
        }
        if (System.nanoTime() - start > 14_000_000 && explain) {
            System.out.printf("SLOW %s %d ms%n", test.get("id").stringValue(), (System.nanoTime() - start) / 1_000_000);
        }
        boolean exact = grammar.loosenings().isEmpty();
        loosened += exact ? 0 : 1;
        var wrong = new ArrayList<String>();
        for (var valid : test.get("valid")) {
            if (!accepts(grammar, Json.write(valid), true)) {
                wronglyRefused++;
                wrong.add("refuses " + refusedAt + " | " + Json.write(valid));
            }
        }
        for (var invalid : test.get("invalid")) {
            if (accepts(grammar, Json.write(invalid.get("data")), false)) {
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

    private String refusedAt = "";
    private String current = "";

    private boolean accepts(Grammar grammar, String text, boolean timed) {
        var matcher = grammar.open(masks);
        var done = new StringBuilder();
        for (long id : tokenizer.encode(text, false, false).getIds()) {
            int token = (int) id;
            long start = System.nanoTime();
            boolean allowed = matcher.mask().contains(token);
            long nanos = System.nanoTime() - start;
            maskNanos.add(nanos);
            if (nanos > 10_000_000 && explain) {
                System.out.printf(
                        "SLOW mask %d ms in %s after %s%n",
                        nanos / 1_000_000, current, done.substring(Math.max(0, done.length() - 80)));
            }
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
        times("mask, us", maskNanos, 1e3);
        times("compile, ms", compileNanos, 1e6);
    }

    /** How long it takes to narrow an argument to 50 labels. */
    private static void narrowing() {
        var schema = Json.parse(
                "{\"type\": \"object\", \"properties\": {\"label\": {\"type\": \"string\"}, \"why\": {\"type\": \"string\"}}, \"required\": [\"label\"]}");
        var turn = TurnGrammar.of(ChatFormats.QWEN.call(), List.of(new ToolCard("label", "A tool.", schema)));
        var labels = IntStream.range(0, 50).mapToObj(i -> "area/label-" + i).toList();
        var nanos = new ArrayList<Long>();
        for (int i = 0; i < 3_000; i++) {
            long start = System.nanoTime();
            turn.narrowed("label", "label", labels);
            if (i >= 1_000) {
                nanos.add(System.nanoTime() - start);
            }
        }
        times("narrowing to 50 labels, us", nanos, 1e3);
    }

    private static void times(String name, List<Long> nanos, double unit) {
        long[] sorted = nanos.stream().mapToLong(n -> n).sorted().toArray();
        System.out.printf(
                "%s: %d, mean %.2f, p50 %.2f, p90 %.2f, p99 %.2f, p99.9 %.2f, worst %.2f%n",
                name,
                sorted.length,
                Arrays.stream(sorted).average().orElse(0) / unit,
                sorted[sorted.length / 2] / unit,
                sorted[(int) (sorted.length * 0.9)] / unit,
                sorted[(int) (sorted.length * 0.99)] / unit,
                sorted[(int) (sorted.length * 0.999)] / unit,
                sorted[sorted.length - 1] / unit);
    }
}

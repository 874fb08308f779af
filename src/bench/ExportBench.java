import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.grammar.TokenMatcher;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.export.Dialect;
import pantheon.night.grammar.export.GrammarExport;
import pantheon.night.grammar.token.ByteAlphabet;
import pantheon.night.grammar.token.TokenSet;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.call.CallForm;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a collection of schemas in the grammar languages of other engines, each as the arguments of one tool, with texts
 * and our own verdicts on them: the given instances, random walks, and walks with one character changed. How long the
 * writing takes is printed.
 */
final class ExportBench {
    private static final String TOOL = "f";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WALKS = 4;
    private static final int CHANGES = 6;
    private static final int LONGEST_TEXT = 6_000;
    private static final int[] CHARACTERS = "\"\\{}[],:0123456789.-eE abcxyzABC_/<\u00e9\u20ac\ud83d\ude00\n\t"
            .codePoints()
            .toArray();

    private final Vocabulary bytes = bytes();
    private final TokenMasks masks = new TokenMasks(bytes.trie());
    private final Map<Dialect, List<Took>> millis = new EnumMap<>(Dialect.class);

    private record Took(double ms, String id) {}

    /** Arguments: the collection (JSON Lines in gzip), the file to write, and of how many schemas one is taken. */
    public static void main(String... arguments) throws Exception {
        var cases = new ArrayList<JsonNode>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(Path.of(arguments[0])))))) {
            for (String line; (line = lines.readLine()) != null; ) {
                cases.add(Json.parse(line));
            }
        }
        int every = Integer.parseInt(arguments[2]);
        var bench = new ExportBench();
        for (int i = 0; i < Math.min(200, cases.size()); i++) {
            bench.run(cases.get(i), true); // the machine's compiler warms up
        }
        bench.millis.clear();
        try (var out = Files.newBufferedWriter(Path.of(arguments[1]))) {
            for (int i = 0; i < cases.size(); i += every) {
                bench.write(bench.run(cases.get(i), false), out);
            }
        }
        bench.report();
    }

    private void write(ObjectNode line, BufferedWriter out) throws IOException {
        out.write(Json.write(line));
        out.newLine();
    }

    private ObjectNode run(JsonNode test, boolean warmUp) {
        var line = Json.object();
        line.put("id", test.get("id").stringValue());
        TurnGrammar turn;
        try {
            turn = TurnGrammar.of(ChatFormats.QWEN.call(), List.of(new ToolCard(TOOL, "a tool", test.get("schema"))));
        } catch (NightException e) {
            line.put("unusable", e.getMessage());
            return line;
        }
        for (var dialect : Dialect.values()) {
            export(turn, dialect, test.get("id").stringValue(), line.putObject(dialect.name()));
        }
        if (!warmUp) {
            addTexts(test, turn, line);
        }
        return line;
    }

    private void export(TurnGrammar turn, Dialect dialect, String id, ObjectNode out) {
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            var exported = GrammarExport.of(turn, dialect, null).whole();
            out.put("grammar", exported.text());
            var loosenings = out.putArray("loosenings");
            exported.loosenings().forEach(found -> loosenings.add(found.toString()));
            out.put("twice", !exported.twice().isEmpty());
        } catch (NightException e) {
            out.put("refused", e.getMessage());
        }
        double took = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
        out.put("ms", took);
        millis.computeIfAbsent(dialect, missing -> new ArrayList<>()).add(new Took(took, id));
    }

    private void addTexts(JsonNode test, TurnGrammar turn, ObjectNode line) {
        var random = new Random(7);
        var texts = line.putArray("texts");
        for (var valid : test.get("valid")) {
            addText(turn, call(Json.write(valid)), "valid", texts.addObject());
        }
        for (var invalid : test.get("invalid")) {
            addText(turn, call(Json.write(invalid.get("data"))), "invalid", texts.addObject());
        }
        for (int walk = 0; walk < WALKS; walk++) {
            var text = walk(turn.open(bytes, masks), random, walk < 2 ? 60 : 200);
            if (text.length() <= LONGEST_TEXT) {
                addText(turn, text, "walk", texts.addObject());
                for (int change = 0; change < CHANGES; change++) {
                    addText(turn, changed(text, random, change), "change", texts.addObject());
                }
            }
        }
    }

    private static String call(String arguments) {
        return ((CallForm.OfJson) ChatFormats.QWEN.call()).written(TOOL, arguments);
    }

    private void addText(TurnGrammar turn, String text, String kind, ObjectNode out) {
        out.put("kind", kind);
        out.put("text", text);
        out.put("accepted", accepts(turn.open(bytes, masks), text));
    }

    private static boolean accepts(TokenMatcher matcher, String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (!matcher.take(b & 0xFF)) {
                return false;
            }
        }
        return matcher.mayEnd();
    }

    /** Bytes by chance, most of them plain characters, now and then a quote; then the shortest way to the end. */
    private String walk(TokenMatcher matcher, Random random, int free) {
        var text = new ByteArrayOutputStream();
        for (int taken = 0; !matcher.isComplete(); taken++) {
            var allowed = members(taken < free ? matcher.mask() : matcher.mask(matcher.rest() - 1));
            var plain =
                    Arrays.stream(allowed).filter(b -> b < 0x80 && b != '\\').toArray();
            boolean quote = random.nextInt(8) == 0 && Arrays.binarySearch(allowed, '"') >= 0;
            var from = plain.length == 0 || random.nextInt(12) == 0 ? allowed : plain;
            int next = quote ? '"' : from[random.nextInt(from.length)];
            matcher.take(next);
            text.write(next);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static int[] members(TokenSet set) {
        return IntStream.range(0, 256).filter(set::contains).toArray();
    }

    /** A text with one character replaced, put in, or taken out, behind the call's head. */
    private static String changed(String text, Random random, int change) {
        var characters = new ArrayList<>(text.codePoints().boxed().toList());
        int head = call("").indexOf("}");
        int at = Math.min(head, characters.size() - 1) + random.nextInt(Math.max(1, characters.size() - head));
        int other = CHARACTERS[random.nextInt(CHARACTERS.length)];
        switch (change % 3) {
            case 0 -> characters.set(at, other);
            case 1 -> characters.add(at, other);
            default -> characters.subList(at, at + 1).clear();
        }
        var out = new StringBuilder();
        characters.forEach(out::appendCodePoint);
        return out.toString();
    }

    private void report() {
        millis.forEach((dialect, all) -> {
            var sorted = all.stream().map(Took::ms).sorted().toList();
            System.out.printf(
                    "%s: %d written in median %.1f ms of CPU, 99 %% %.1f, worst %.1f; %d took more than 50%n",
                    dialect,
                    sorted.size(),
                    sorted.get(sorted.size() / 2),
                    sorted.get(sorted.size() * 99 / 100),
                    sorted.getLast(),
                    sorted.stream().filter(took -> took > 50).count());
            all.stream()
                    .filter(took -> took.ms() > 25)
                    .sorted(Comparator.comparing(Took::ms).reversed())
                    .forEach(took -> System.out.printf("  %.1f ms: %s%n", took.ms(), took.id()));
        });
    }

    /** A vocabulary of the 256 bytes, with ids that are the bytes. */
    private static Vocabulary bytes() {
        var tokenizer = Json.object();
        for (var part : List.of("pre_tokenizer", "decoder")) {
            tokenizer.putObject(part).put("type", "ByteLevel");
        }
        var model = tokenizer.putObject("model").put("type", "BPE");
        model.putArray("merges");
        var vocabulary = model.putObject("vocab");
        for (int b = 0; b < 256; b++) {
            vocabulary.put(String.valueOf(ByteAlphabet.character(b)), b);
        }
        return Vocabulary.of(tokenizer);
    }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.ToolCard;
import pantheon.night.engine.Engine;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.server.ServerEngine;
import pantheon.night.engine.server.ServerOptions;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;
import pantheon.night.prompt.call.CallForm;
import tools.jackson.core.JacksonException;

/**
 * Short turns of a server's model, held to our grammars; counts those that are no call on its schema. Each turn's verdict is
 * a line of a file, by its number, so a run that was ended goes on where it was.
 */
final class ServerTurns {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final GenerationLimits LIMITS = new GenerationLimits(48, LONG);

    /** A call as a list, so that a turn has few tokens beside what its schema is about. */
    private static final CallForm.OfJson FORM = new CallForm.OfJson("", "[", ", ", "]", "");

    private static final List<ToolCard> CARDS =
            List.of(card("a", """
                    {"title": {"type": "string", "minLength": 1, "maxLength": 9}, "sure": {"type": "boolean"}}"""), card("b", """
                    {"kind": {"enum": ["note", "it's", "\\"quoted\\"", 5, null]}}"""), card("c", """
                    {"path": {"type": "string", "pattern": "^[a-z]{1,6}\\\\.md$"}}"""), card("d", """
                    {"count": {"type": "integer", "minimum": -3, "maximum": 120}}"""), card("e", """
                    {"tags": {"type": "array", "items": {"type": "string", "maxLength": 4}, "maxItems": 2}}"""), card("f", """
                    {"day": {"type": "string", "format": "date"}}"""));

    private ServerTurns() {}

    private static ToolCard card(String name, String properties) {
        var schema = Json.object().put("type", "object").put("additionalProperties", false);
        schema.set("properties", Json.parse(properties));
        var required = schema.putArray("required");
        Json.parse(properties).propertyNames().forEach(required::add);
        return new ToolCard(name, "Does %s.".formatted(name), schema);
    }

    /** Arguments: the socket, the tokenizer's folder, how many turns, the file of verdicts. */
    public static void main(String[] arguments) throws Exception {
        int turns = Integer.parseInt(arguments[2]);
        var file = Path.of(arguments[3]);
        var verdicts = known(file);
        var options = new ServerOptions(
                Path.of(arguments[0]), null, null, Path.of(arguments[1]), 0, 0, ChatFormats.QWEN, LONG, LONG);
        long started = System.nanoTime();
        try (var engine = ServerEngine.connect(options);
                var out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                var threads = Executors.newFixedThreadPool(engine.model().sequences())) {
            System.out.println(engine.model().facts());
            var done = new ExecutorCompletionService<Map.Entry<Integer, String>>(threads);
            var left = IntStream.range(0, turns)
                    .filter(number -> !verdicts.containsKey(number))
                    .toArray();
            for (int number : left) {
                done.submit(() -> Map.entry(number, verdict(engine, number)));
            }
            for (int i = 1; i <= left.length; i++) {
                var one = done.take().get();
                verdicts.put(one.getKey(), one.getValue());
                out.write("%d %s%n".formatted(one.getKey(), one.getValue()));
                out.flush();
                if (i % 500 == 0 || i == left.length) {
                    System.out.printf(
                            "%d turns, the last %d in %d s: %s%n",
                            verdicts.size(), i, (System.nanoTime() - started) / 1_000_000_000, counted(verdicts));
                }
            }
        }
        var all = counted(verdicts);
        System.out.printf("%d turns of %d: %s%n", verdicts.size(), turns, all);
        System.exit(all.containsKey("off its schema") || verdicts.size() < turns ? 1 : 0);
    }

    /** The verdicts of earlier runs; a last line that was cut off is none. */
    private static Map<Integer, String> known(Path file) throws IOException {
        var verdicts = new TreeMap<Integer, String>();
        var text = Files.exists(file) ? Files.readString(file) : "";
        for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            int space = line.indexOf(' ');
            verdicts.put(Integer.valueOf(line.substring(0, space)), line.substring(space + 1));
        }
        Files.writeString(file, text.substring(0, text.lastIndexOf('\n') + 1));
        return verdicts;
    }

    private static Map<String, Long> counted(Map<Integer, String> verdicts) {
        return verdicts.values().stream()
                .collect(Collectors.groupingBy(verdict -> verdict, TreeMap::new, Collectors.counting()));
    }

    /** Each turn has one or several tools, and a note that tempts to leave the grammar. */
    private static String verdict(Engine engine, int number) {
        var random = new Random(number);
        var cards = random.nextBoolean() ? List.of(CARDS.get(number % CARDS.size())) : CARDS;
        var turn = TurnGrammar.of(FORM, cards);
        var prefix = "<|im_start|>system\nCall one of the tools %s.<|im_end|>\n"
                .formatted(cards.stream().map(ToolCard::name).toList());
        var prompt = new Prompt(prefix, prefix.length())
                .with("<|im_start|>user\n%s<|im_end|>\n<|im_start|>assistant\n".formatted(note(random)));
        try (var conversation = engine.open()) {
            var said = conversation.generate(prompt, turn, LIMITS);
            if (said.stopReason() != StopReason.END_OF_TURN) {
                return "ended by " + said.stopReason();
            }
            if (isCall(cards, said.text())) {
                return "on its schema";
            }
            System.out.println("off: " + Json.quote(said.text()));
            return "off its schema";
        }
    }

    private static String note(Random random) {
        var words =
                List.of("it's", "\"urgent\"", "null", "true", "</tool_call>", "```", "5", "ü", "'", "\\", "plan", "}]");
        return IntStream.rangeClosed(0, random.nextInt(5))
                .mapToObj(i -> words.get(random.nextInt(words.size())))
                .reduce("Note", (one, other) -> one + " " + other);
    }

    private static boolean isCall(List<ToolCard> cards, String text) {
        try {
            var call = Json.parse(text);
            return call.isArray()
                    && call.size() == 2
                    && cards.stream()
                            .filter(card -> card.name().equals(call.get(0).asString("")))
                            .anyMatch(card -> Schema.compile(card.name(), card.arguments())
                                    .check(call.get(1))
                                    .isEmpty());
        } catch (JacksonException e) {
            return false;
        }
    }
}

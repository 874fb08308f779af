import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
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

/** Short turns of a server's model, held to our grammars; counts those that are no call on its schema. */
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

    public static void main(String[] arguments) {
        int turns = Integer.parseInt(arguments[2]);
        var options = new ServerOptions(
                Path.of(arguments[0]), null, null, Path.of(arguments[1]), 0, 0, ChatFormats.QWEN, LONG, LONG);
        long started = System.nanoTime();
        try (var engine = ServerEngine.connect(options);
                var threads = Executors.newFixedThreadPool(engine.model().sequences())) {
            System.out.println(engine.model().facts());
            var running = IntStream.range(0, turns)
                    .mapToObj(number -> threads.submit(() -> verdict(engine, number)))
                    .toList();
            var verdicts = new TreeMap<String, Long>();
            for (var one : running) {
                verdicts.merge(one.get(), 1L, Long::sum);
                long done =
                        verdicts.values().stream().mapToLong(Long::longValue).sum();
                if (done % 500 == 0 || done == turns) {
                    System.out.printf(
                            "%d turns in %d s: %s%n", done, (System.nanoTime() - started) / 1_000_000_000, verdicts);
                }
            }
            System.exit(verdicts.getOrDefault("off its schema", 0L) == 0 ? 0 : 1);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
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

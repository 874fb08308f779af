import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.ToolCard;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Engine;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.onnx.OnnxEngine;
import pantheon.night.engine.onnx.OnnxOptions;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;
import pantheon.night.prompt.call.MalformedReply;

/** Turns of a real model in each call format, under masks; counts those that are no call on its schema. */
final class Turns {
    private static final int ROOM = 120;
    private static final int AT_ONCE = 8;
    private static final List<ToolCard> CARDS = List.of(card("label", """
                    {"type": "object", "properties": {
                      "title": {"type": "string", "minLength": 1, "maxLength": 40},
                      "kind": {"enum": ["note", "it's", "\\"quoted\\"", 5, null]},
                      "count": {"type": ["integer", "null"], "maximum": 99},
                      "sure": {"type": "boolean"}},
                     "required": ["title", "sure"], "additionalProperties": false}"""), card("save", """
                    {"type": "object", "properties": {
                      "path": {"type": "string", "pattern": "^[a-z]{1,12}\\\\.md$"},
                      "tags": {"type": "array", "items": {"type": "string", "maxLength": 12}, "maxItems": 3}},
                     "required": ["path"], "additionalProperties": false}"""), card("final", """
                    {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}},
                     "required": ["status"], "additionalProperties": false}"""));

    private final ChatFormat format;
    private final TurnGrammar grammar;
    private final String opening;

    private Turns(ChatFormat format) {
        this.format = format;
        this.grammar = TurnGrammar.of(format.call(), CARDS);
        this.opening = format.opening("You sort notes.", CARDS);
    }

    private record Numbers(int first, int count) {}

    private static ToolCard card(String name, String schema) {
        return new ToolCard(name, "Does %s.".formatted(name), Json.parse(schema));
    }

    /** Arguments: the model's folder, how many turns of each format, the number of the first, and formats, or none for all. */
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var numbers = new Numbers(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[1]));
        var names = arguments.length > 3 ? List.of(arguments).subList(3, arguments.length) : ChatFormats.names();
        int wrong = 0;
        for (var format : names.stream().map(ChatFormats::named).distinct().toList()) {
            try (var engine = OnnxEngine.load(folder, new OnnxOptions(2, 0, AT_ONCE, format))) {
                wrong += new Turns(format).run(engine, numbers);
            } catch (NightException e) {
                System.out.printf("%-16s cannot be this model's: %s%n", format.name(), e.getMessage());
            }
        }
        System.exit(wrong == 0 ? 0 : 1);
    }

    private int run(Engine engine, Numbers numbers) throws Exception {
        var next = new AtomicInteger();
        var off = new ConcurrentSkipListMap<Integer, String>();
        long started = System.nanoTime();
        try (var rows = Executors.newFixedThreadPool(AT_ONCE)) {
            var all = new ArrayList<Future<?>>();
            for (int row = 0; row < AT_ONCE; row++) {
                all.add(rows.submit(() -> {
                    try (var conversation = engine.open()) {
                        for (int i; (i = next.getAndIncrement()) < numbers.count(); ) {
                            var reply = turn(conversation, numbers.first() + i);
                            if (!isCall(reply)) {
                                off.put(numbers.first() + i, reply);
                            }
                        }
                    }
                }));
            }
            for (var row : all) {
                row.get();
            }
        }
        System.out.printf(
                "%-16s %d of %d turns from %d on off schema, %d ms a turn, %d at once%n",
                format.name(),
                off.size(),
                numbers.count(),
                numbers.first(),
                (System.nanoTime() - started) / 1_000_000 / numbers.count(),
                AT_ONCE);
        off.entrySet().stream()
                .limit(3)
                .forEach(one -> System.out.println("    " + one.getKey() + " " + Json.quote(one.getValue())));
        return off.size();
    }

    /** Each turn is what its number says, so that what was done in parts adds up. */
    private String turn(Conversation conversation, int number) {
        var random = new Random(number);
        var input = Json.object().put("note", note(random)).put("number", random.nextInt(1_000_000));
        var prompt = new Prompt(opening, opening.length()).with(format.input(Json.write(input)));
        return conversation
                .generate(prompt, grammar, new GenerationLimits(ROOM, Duration.ofMinutes(5)))
                .text();
    }

    private static String note(Random random) {
        var words = List.of(
                "it's", "\"urgent\"", "null", "true", "</parameter>", "one\ntwo", "5", "ü", "'", "\\", "plan", "disk");
        var note = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            note.append(words.get(random.nextInt(words.size()))).append(' ');
        }
        return note.toString();
    }

    private boolean isCall(String reply) {
        try {
            var calls = format.parse(reply, grammar.types());
            return calls.size() == 1
                    && CARDS.stream()
                            .filter(card -> card.name().equals(calls.getFirst().name()))
                            .anyMatch(card -> Schema.compile(card.name(), card.arguments())
                                    .check(calls.getFirst().arguments())
                                    .isEmpty());
        } catch (MalformedReply e) {
            return false;
        }
    }
}

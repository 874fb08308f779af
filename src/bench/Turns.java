import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.ToolCard;
import pantheon.night.engine.Conversation;
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

    private Turns() {}

    private static ToolCard card(String name, String schema) {
        return new ToolCard(name, "Does %s.".formatted(name), Json.parse(schema));
    }

    public static void main(String[] arguments) {
        var folder = Path.of(arguments[0]);
        int turns = Integer.parseInt(arguments[1]);
        int wrong = 0;
        for (var format :
                ChatFormats.names().stream().map(ChatFormats::named).distinct().toList()) {
            try (var engine = OnnxEngine.load(folder, new OnnxOptions(2, 0, 1, format));
                    var conversation = engine.open()) {
                wrong += run(format, conversation, turns);
            } catch (NightException e) {
                System.out.printf("%-16s cannot be this model's: %s%n", format.name(), e.getMessage());
            }
        }
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static int run(ChatFormat format, Conversation conversation, int turns) {
        var grammar = TurnGrammar.of(format.call(), CARDS);
        var opening = format.opening("You sort notes.", CARDS);
        var random = new Random(1);
        var off = new ArrayList<String>();
        long started = System.nanoTime();
        for (int i = 0; i < turns; i++) {
            var input = Json.object().put("note", note(random)).put("number", random.nextInt(1_000_000));
            var prompt = new Prompt(opening, opening.length()).with(format.input(Json.write(input)));
            var reply = conversation
                    .generate(prompt, grammar, new GenerationLimits(ROOM, Duration.ofMinutes(1)))
                    .text();
            if (!isCall(format, grammar, reply)) {
                off.add(reply);
            }
        }
        System.out.printf(
                "%-16s %d of %d turns off schema, %d ms a turn%n",
                format.name(), off.size(), turns, (System.nanoTime() - started) / 1_000_000 / turns);
        off.stream().limit(3).forEach(reply -> System.out.println("    " + Json.quote(reply)));
        return off.size();
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

    private static boolean isCall(ChatFormat format, TurnGrammar grammar, String reply) {
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

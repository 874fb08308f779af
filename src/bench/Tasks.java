import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Decoding;
import pantheon.night.engine.Engine;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.onnx.OnnxEngine;
import pantheon.night.engine.onnx.OnnxOptions;
import pantheon.night.engine.openvino.OpenVinoEngine;
import pantheon.night.engine.openvino.OpenVinoOptions;
import pantheon.night.engine.openvino.Precision;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.model.Tokenizer;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

/**
 * Many short tasks of one agent: 600 tokens that all of them begin with, four calls of 40 to 50 tokens, results of 100
 * between. Arguments: the model's folder, how many tasks, and either a file, into which it writes the texts that others are
 * to be asked with, or the folder of OpenVINO's libraries and a precision, which has OpenVINO run the model.
 */
final class Tasks {
    private static final int STEPS = 4;
    private static final int PREFIX_TOKENS = 600;
    private static final int RESULT_TOKENS = 100;
    private static final List<String> TOOLS =
            List.of("open_page", "list_pages", "mark_page", "join_pages", "close_page");
    private static final String ARGUMENTS = """
            {"type": "object", "properties": {"page": {"type": "string", "minLength": 8, "maxLength": 16},
             "reason": {"type": "string", "minLength": 8, "maxLength": 16}}, "required": ["page", "reason"], "additionalProperties": false}""";
    private static final String RULES =
            "You keep the pages of a handbook in order. Answer with one call and nothing else. Open a page before you mark it. ";
    private static final List<String> WORDS = List.of(
            "page",
            "the",
            "of",
            "chapter",
            "title",
            "is",
            "old",
            "new",
            "and",
            "has",
            "a",
            "list",
            "two",
            "notes",
            "on",
            "pumps",
            "valves",
            "in",
            "winter",
            "check",
            "pressure",
            "before",
            "each",
            "start",
            "to",
            "oil",
            "belt");

    /** Where OpenVINO's libraries are, where it runs the model. */
    private static Path libraries = Path.of("");

    private static Precision precision = Precision.F32;

    private Tasks() {}

    private static Engine engine(Path folder, int rows, Decoding decoding) {
        return libraries.toString().isEmpty()
                ? OnnxEngine.load(folder, new OnnxOptions(2, 2048, rows, ChatFormats.QWEN, decoding))
                : OpenVinoEngine.load(
                        folder,
                        new OpenVinoOptions(libraries, "CPU", precision, 2, 2048, rows, ChatFormats.QWEN, decoding));
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        int tasks = Integer.parseInt(arguments[1]);
        var texts = texts(folder);
        if (arguments.length > 3) {
            libraries = Path.of(arguments[2]);
            precision = Precision.named(arguments[3]);
        } else if (arguments.length > 2) {
            Files.writeString(Path.of(arguments[2]), texts.json());
            return;
        }
        for (var decoding : Decoding.values()) {
            for (int rows : List.of(1, 4, 8)) {
                beside(folder, texts, decoding, rows, tasks);
            }
        }
        alone(folder, texts, Math.max(1, tasks / 8));
    }

    private record Texts(String opening, String result) {
        String json() {
            var json = Json.object().put("prefix", opening).put("result", ChatFormats.QWEN.results(List.of(result)));
            var inputs = json.putArray("inputs");
            IntStream.range(0, 256).forEach(task -> inputs.add(input(task)));
            json.set(
                    "schema",
                    Json.parse(
                            "{\"type\": \"object\", \"properties\": {\"name\": {\"enum\": %s}, \"arguments\": %s}, \"required\": [\"name\", \"arguments\"], \"additionalProperties\": false}"
                                    .formatted(Json.write(Json.MAPPER.valueToTree(TOOLS)), ARGUMENTS)));
            return Json.write(json);
        }
    }

    private static String input(int task) {
        return ChatFormats.QWEN.input(
                "{\"task\": \"Put page %d of chapter %d in order.\"}".formatted(1000 + task * 7, task));
    }

    private static List<ToolCard> cards() {
        return TOOLS.stream()
                .map(name -> new ToolCard(name, "Does %s.".formatted(name.replace('_', ' ')), Json.parse(ARGUMENTS)))
                .toList();
    }

    /** Lengthens the opening and a result by words, up to their tokens. */
    private static Texts texts(Path folder) {
        try (var tokenizer = Tokenizer.load(folder.resolve("tokenizer.json"), ChatFormats.QWEN.stops())) {
            var random = new Random(1);
            var system = new StringBuilder(RULES);
            while (tokenizer.encode(ChatFormats.QWEN.opening(system.toString(), cards())).length < PREFIX_TOKENS) {
                system.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            var result = new StringBuilder();
            while (tokenizer.encode(result.toString()).length < RESULT_TOKENS) {
                result.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            return new Texts(
                    ChatFormats.QWEN.opening(system.toString(), cards()),
                    result.toString().strip());
        }
    }

    private static final class Counts {
        final LongAdder computed = new LongAdder();
        final LongAdder generated = new LongAdder();
        final LongAdder forced = new LongAdder();
    }

    private static void task(Conversation conversation, Texts texts, TurnGrammar grammar, int task, Counts counts) {
        var prompt = new Prompt(texts.opening(), texts.opening().length()).with(input(task));
        for (int step = 0; step < STEPS; step++) {
            var answer = conversation.generate(prompt, grammar, new GenerationLimits(400, Duration.ofMinutes(10)));
            counts.computed.add(answer.usage().prefilledTokens());
            counts.generated.add(answer.usage().outputTokens());
            counts.forced.add(answer.usage().forcedTokens());
            prompt = prompt.with(
                    ChatFormats.QWEN.answer(answer.text()) + ChatFormats.QWEN.results(List.of(texts.result())));
        }
    }

    private static void beside(Path folder, Texts texts, Decoding decoding, int rows, int tasks) throws Exception {
        var grammar = TurnGrammar.of(ChatFormats.QWEN.call(), cards());
        try (var engine = engine(folder, rows, decoding);
                var clients = Executors.newFixedThreadPool(rows)) {
            try (var warm = engine.open()) {
                task(warm, texts, grammar, 255, new Counts());
            }
            var counts = new Counts();
            long start = System.nanoTime();
            List<Future<?>> all = IntStream.range(0, tasks)
                    .<Future<?>>mapToObj(task -> clients.submit(() -> {
                        try (var conversation = engine.open()) {
                            task(conversation, texts, grammar, task, counts);
                        }
                    }))
                    .toList();
            for (var one : all) {
                one.get();
            }
            tell("%s, %d rows".formatted(decoding.key(), rows), tasks, start, counts);
        }
    }

    /** One task after the other, each step's prompt computed from its first token on. */
    private static void alone(Path folder, Texts texts, int tasks) {
        var grammar = TurnGrammar.of(ChatFormats.QWEN.call(), cards());
        try (var engine = engine(folder, 1, Decoding.EXACT)) {
            var counts = new Counts();
            long start = System.nanoTime();
            for (int task = 0; task < tasks; task++) {
                // A character in front that differs from step to step: nothing is shared, and nothing is kept.
                for (int step = 0; step < STEPS; step++) {
                    try (var conversation = engine.open()) {
                        var text = "%d %d %s%s".formatted(task, step, texts.opening(), input(task))
                                + (ChatFormats.QWEN.answer(texts.result().substring(0, 160))
                                                + ChatFormats.QWEN.results(List.of(texts.result())))
                                        .repeat(step);
                        var answer = conversation.generate(
                                Prompt.unshared(text), grammar, new GenerationLimits(400, Duration.ofMinutes(10)));
                        counts.computed.add(answer.usage().prefilledTokens());
                        counts.generated.add(answer.usage().outputTokens());
                        counts.forced.add(answer.usage().forcedTokens());
                    }
                }
            }
            tell("one by one, full prefill", tasks, start, counts);
        }
    }

    private static void tell(String what, int tasks, long start, Counts counts) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%-26s %7.0f tasks/h  %5.1f tokens a step, %5.1f of them forced  %6.1f of prompts computed a step  %.1f s%n",
                what,
                tasks * 3600 / seconds,
                counts.generated.doubleValue() / tasks / STEPS,
                counts.forced.doubleValue() / tasks / STEPS,
                counts.computed.doubleValue() / tasks / STEPS,
                seconds);
    }
}

package pantheon.night.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pantheon.night.engine.Engine;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.decode.Share;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

/** Several conversations at once: each as if it were alone. */
class BesideOneAnotherTest {
    private static final int CONVERSATIONS = 8;
    private static final GenerationLimits LIMITS = new GenerationLimits(30, Duration.ofMinutes(1));
    private static final String SYSTEM = ChatFormats.QWEN.opening("Read the thing.", List.of());

    @TempDir
    private Path folder;

    /** Three turns of one conversation, the next after what the model said; some much longer than others. */
    private static List<String> turns(Engine engine, int number) {
        try (var conversation = engine.open()) {
            var prompt = new Prompt(SYSTEM, SYSTEM.length()).with(ChatFormats.QWEN.input("Go on. ".repeat(number)));
            var said = conversation.generate(prompt, LIMITS).text();
            var next = prompt.with(ChatFormats.QWEN.answer(said) + ChatFormats.QWEN.correction("Then " + number));
            return List.of(
                    said,
                    conversation.generate(next, LIMITS).text(),
                    conversation.generate(next, LIMITS).text());
        }
    }

    private Engine load(TestModel model, int sequences) throws Exception {
        var written = folder.resolve(model.name());
        return OnnxEngine.load(
                written.toFile().exists() ? written : model.write(written),
                new OnnxOptions(1, 0, sequences, ChatFormats.QWEN));
    }

    @ParameterizedTest
    @EnumSource
    void eight_conversations_at_once_are_each_what_they_are_alone(TestModel model) throws Exception {
        var alone = IntStream.range(0, CONVERSATIONS)
                .mapToObj(number -> {
                    try (var engine = load(model, 1)) {
                        return turns(engine, number);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
        try (var engine = load(model, CONVERSATIONS - 2);
                var threads = Executors.newFixedThreadPool(CONVERSATIONS)) {
            var all = IntStream.range(0, CONVERSATIONS)
                    .<Callable<List<String>>>mapToObj(number -> () -> turns(engine, number))
                    .toList();
            var together =
                    threads.invokeAll(all).stream().map(Future::resultNow).toList();
            if ("differ".equals(engine.model().facts().get("rows"))) {
                // Such kernels may turn a near tie; what comes of the prompt alone is still the same.
                assertEquals(firsts(alone), firsts(together));
            } else {
                assertEquals(alone, together);
            }
            assertTrue(alone.stream().distinct().count() > 4, alone.toString());
        }
    }

    private static List<String> firsts(List<List<String>> conversations) {
        return conversations.stream()
                .map(turns -> turns.getFirst().substring(0, 1))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPTIMUM", "GENERATOR"})
    void what_sequences_have_outlives_a_session(TestModel model) throws Exception {
        try (var engine = OnnxEngine.load(
                        model.write(folder.resolve("model")), new OnnxOptions(1, 0, 2, ChatFormats.QWEN));
                var one = engine.runner().open();
                var other = engine.runner().open()) {
            var runner = engine.runner();
            for (var sequence : List.of(one, other)) {
                runner.run(List.of(new Share(sequence, new int[] {5, 6, 7}, 1)));
            }
            var without = runner.run(List.of(new Share(one, new int[] {8}, 1)))[0].clone();
            assertTrue(runner.isSound());
            runner.rebuild();
            assertArrayEquals(without, runner.run(List.of(new Share(other, new int[] {8}, 1)))[0]);
        }
    }

    @Test
    void the_journal_is_told_what_rows_beside_one_another_are() throws Exception {
        try (var grouped = load(TestModel.GENERATOR, 4);
                var plain = load(TestModel.OPTIMUM, 4);
                var one = load(TestModel.GENERATOR, 1)) {
            assertEquals(4, grouped.model().sequences());
            assertTrue(
                    List.of("equal", "differ").contains(grouped.model().facts().get("rows")));
            assertEquals("alone", plain.model().facts().get("rows"));
            assertEquals(
                    List.of("decoding", "onnxruntime"),
                    List.copyOf(one.model().facts().keySet()));
        }
    }
}

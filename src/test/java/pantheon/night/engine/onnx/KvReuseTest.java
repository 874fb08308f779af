package pantheon.night.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

class KvReuseTest {
    private static final GenerationLimits LIMITS = new GenerationLimits(40, Duration.ofMinutes(1));
    private static final String SYSTEM = ChatFormats.QWEN.opening("Read the thing, then answer in order.", List.of());
    private static final String ANSWER = "<|im_start|>assistant\n";

    @TempDir
    private Path folder;

    private static String user(String text) {
        return "<|im_start|>user\n" + text + "<|im_end|>\n";
    }

    private static int cached(Generation generation) {
        return Objects.requireNonNull(generation.usage().cachedTokens());
    }

    /** A prompt that has the system turn in common with others. */
    private static Prompt prompt(String text) {
        return new Prompt(text, SYSTEM.length());
    }

    private OnnxEngine load(TestModel model) throws Exception {
        var written = folder.resolve(model.name());
        return OnnxEngine.load(
                written.toFile().exists() ? written : model.write(written), new OnnxOptions(1, 0, 1, ChatFormats.QWEN));
    }

    /** What an engine that has seen nothing yet gives. */
    private Generation alone(TestModel model, String prompt) throws Exception {
        try (var engine = load(model);
                var conversation = engine.open()) {
            var generation = conversation.generate(prompt(prompt), LIMITS);
            assertEquals(0, generation.usage().cachedTokens());
            return generation;
        }
    }

    @ParameterizedTest
    @EnumSource
    void equal_tokens_with_and_without_reuse(TestModel model) throws Exception {
        try (var engine = load(model);
                var conversation = engine.open()) {
            var prompt = SYSTEM + user("Begin.") + ANSWER;
            int seen = 0;
            var answers = new ArrayList<String>();
            for (int turn = 0; turn < 5; turn++) {
                var generation = conversation.generate(prompt(prompt), LIMITS);
                var without = alone(model, prompt);
                assertEquals(without.text(), generation.text());
                assertEquals(without.stopReason(), generation.stopReason());
                assertEquals(without.usage().inputTokens(), generation.usage().inputTokens());
                int cached = cached(generation);
                assertTrue(cached == seen || (turn > 0 && cached == seen + 1), cached + " cached of " + seen);
                // The last token of a turn is not run before the next turn needs it, unless it was drafted.
                seen = generation.usage().inputTokens() + generation.usage().outputTokens() - 1;
                answers.add(generation.text());
                prompt += generation.text() + "<|im_end|>\n" + user("Turn " + turn + ", more words.") + ANSWER;
            }
            assertTrue(answers.stream().distinct().count() >= 4, answers.toString());
            assertEquals(0, engine.openTensors());
        }
    }

    @ParameterizedTest
    @EnumSource
    void prefills_a_shared_prefix_once(TestModel model) throws Exception {
        try (var engine = load(model)) {
            for (int task = 0; task < 3; task++) {
                var prompt = SYSTEM + user("Task " + task) + ANSWER;
                try (var conversation = engine.open()) {
                    var generation = conversation.generate(prompt(prompt), LIMITS);
                    assertEquals(
                            task == 0 ? 0 : conversation.countTokens(SYSTEM),
                            generation.usage().cachedTokens());
                    assertEquals(alone(model, prompt).text(), generation.text());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void goes_back_to_where_a_prompt_parts_from_the_last(TestModel model) throws Exception {
        try (var engine = load(model);
                var conversation = engine.open()) {
            var start = SYSTEM + user("First a long text that stays: " + "0123456789".repeat(20));
            var first = conversation.generate(prompt(start + user("ABC") + ANSWER), LIMITS);
            var changed = start + user("XYZ") + ANSWER;
            var second = conversation.generate(prompt(changed), LIMITS);
            assertEquals(
                    conversation.countTokens(start + "<|im_start|>user\n"),
                    second.usage().cachedTokens());
            assertEquals(alone(model, changed).text(), second.text());
            assertNotEquals(first.text(), second.text());
            var again = conversation.generate(prompt(changed), LIMITS);
            assertEquals(second.text(), again.text());
            assertEquals(again.usage().inputTokens() - 1, again.usage().cachedTokens());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_long_prompt_is_the_same_in_pieces(TestModel model) throws Exception {
        var sentences = IntStream.range(0, 60)
                .mapToObj(i -> user("Sentence number " + i * 37))
                .toList();
        var whole = SYSTEM + String.join("", sentences) + ANSWER;
        try (var engine = load(model);
                var conversation = engine.open()) {
            for (int end : List.of(1, 7, 31)) {
                var part = SYSTEM + sentences.stream().limit(end).collect(Collectors.joining());
                conversation.generate(prompt(part), new GenerationLimits(1, Duration.ofMinutes(1)));
            }
            var generation = conversation.generate(prompt(whole), LIMITS);
            var expected = alone(model, whole);
            assertEquals(expected.text(), generation.text());
            assertEquals(expected.usage().inputTokens(), generation.usage().inputTokens());
        }
    }

    @Test
    void appends_in_place_where_the_graph_can() throws Exception {
        for (var model : TestModel.values()) {
            try (var engine = load(model)) {
                assertEquals(model.isGenerator(), engine.runner().isInPlace(), model.name());
            }
        }
    }

    @Test
    void keeps_the_prefixes_that_were_used_last_of_two_whole_contexts() throws Exception {
        try (var engine = load(TestModel.GENERATOR)) {
            for (int agent : List.of(0, 1, 0, 2)) {
                generate(engine, agent);
            }
            int whole = system(0).length() / 2;
            assertTrue(cached(generate(engine, 0)) > whole);
            assertTrue(cached(generate(engine, 2)) > whole);
            assertTrue(cached(generate(engine, 1)) < whole);
        }
    }

    private static String system(int agent) {
        return ChatFormats.QWEN.opening(agent + " of the agents has much to read. ".repeat(55), List.of());
    }

    private static Generation generate(OnnxEngine engine, int agent) {
        try (var conversation = engine.open()) {
            var system = system(agent);
            return conversation.generate(new Prompt(system + user("Go") + ANSWER, system.length()), LIMITS);
        }
    }

    @Test
    void never_tokenises_what_it_generated_again() throws Exception {
        // The model says three tokens; read again, they would be one.
        try (var engine = OnnxEngine.load(
                        TestModel.writeSpeaker(folder.resolve("speaker"), "the"),
                        new OnnxOptions(1, 0, 1, ChatFormats.QWEN));
                var conversation = engine.open()) {
            var first = conversation.generate(Prompt.unshared("Say\n"), LIMITS);
            assertEquals("the", first.text());
            assertEquals(StopReason.END_OF_TURN, first.stopReason());
            assertEquals(1, conversation.countTokens(first.text()));
            var second = conversation.generate(Prompt.unshared("Say\nthe<|im_end|>\n"), LIMITS);
            assertEquals(4 + 3 + 2, second.usage().inputTokens());
            assertEquals(4 + 3, second.usage().cachedTokens());
        }
    }
}

package pantheon.night.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.Alternatives;
import pantheon.night.engine.Decoding;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineContract;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Usage;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

class OnnxEngineTest extends EngineContract {
    private static final OnnxOptions OPTIONS = new OnnxOptions(1, 0, 1, ChatFormats.QWEN);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** No character twice: each says which one follows it. */
    private static final String ANSWER = "h\u00e9\u6f22\ud83d\ude42,b k";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    @Override
    protected boolean tellsLikelihood() {
        return true;
    }

    @Override
    protected Engine engine() throws Exception {
        return OnnxEngine.load(TestModel.writeSpeaker(shared.resolve("speaker"), ANSWER), OPTIONS);
    }

    @Test
    void says_its_answer_to_the_end_and_again() throws Exception {
        try (var engine = speaker(ANSWER);
                var conversation = engine.open()) {
            var limits = new GenerationLimits(100, MINUTE);
            for (int turn = 0; turn < 2; turn++) {
                var said = conversation.generate(Prompt.unshared("Say\n"), limits);
                assertEquals(ANSWER, said.text());
                assertEquals(StopReason.END_OF_TURN, said.stopReason());
            }
        }
    }

    /** How likely a text is behind another, by all logits of one run. */
    private static double whole(OnnxEngine engine, String prompt, String text) {
        var scored = engine.scored(prompt + text, 100, 0);
        double sum = 0;
        for (int i = prompt.length(); i < scored.given(); i++) {
            var logits = scored.logits()[i - 1];
            double all = 0;
            for (float logit : logits) {
                all += Math.exp(logit);
            }
            sum += logits[scored.tokens()[i]] - Math.log(all);
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(Decoding.class)
    void scores_texts_in_a_turn_as_a_whole_and_goes_on_as_if_it_had_not(Decoding decoding) throws Exception {
        var options = new OnnxOptions(1, 0, 1, ChatFormats.QWEN, decoding);
        var model = TestModel.GENERATOR.write(folder.resolve("tiny"));
        try (var engine = OnnxEngine.load(model, options);
                var alone = OnnxEngine.load(model, options);
                var conversation = engine.open()) {
            var limits = new GenerationLimits(5, MINUTE);
            var prompt = Prompt.unshared("Say\n");
            var first = conversation.generate(prompt, limits).text();
            var texts = new Alternatives("x:", List.of("abc", "abd", "q", "a"), ";y");
            for (var asked : List.of(prompt, Prompt.unshared("Tell\n"))) {
                var scores = conversation.score(asked, texts, MINUTE).orElseThrow();
                for (int i = 0; i < 4; i++) {
                    var text = texts.values().get(i) + ";";
                    double expected = whole(alone, asked.text() + "x:", text);
                    assertEquals(expected, scores.logLikelihoods().get(i), 1e-3);
                }
            }
            assertEquals(Optional.empty(), conversation.score(prompt, texts, Duration.ZERO));
            var next = prompt.with(first + "\nmore\n");
            var behind = conversation.generate(next, limits);
            try (var other = alone.open()) {
                assertEquals(other.generate(next, limits).text(), behind.text());
            }
        }
    }

    @Test
    void does_not_score_what_goes_beyond_its_context() throws Exception {
        try (var engine = OnnxEngine.load(
                        TestModel.writeSpeaker(folder.resolve("short"), "abc"),
                        new OnnxOptions(1, 20, 1, ChatFormats.QWEN));
                var conversation = engine.open()) {
            var prompt = Prompt.unshared("x".repeat(10));
            var texts = new Alternatives("", List.of("a", "b".repeat(8)), ";");
            assertTrue(conversation.score(prompt, texts, MINUTE).isPresent());
            var longer = new Alternatives("", List.of("a", "b".repeat(9)), ";");
            assertEquals(Optional.empty(), conversation.score(prompt, longer, MINUTE));
        }
    }

    @Test
    void reads_context_and_control_tokens_from_the_folder() throws Exception {
        try (var engine = OnnxEngine.load(TestModel.GENERATOR.write(folder.resolve("tiny")), OPTIONS)) {
            assertEquals("tiny", engine.model().name());
            assertEquals(TestModel.CONTEXT, engine.model().contextTokens());
            assertEquals(TestTokenizer.CONTROL_TEXTS, engine.model().controlTexts());
        }
    }

    @Test
    void stops_at_the_token_limit() throws Exception {
        try (var engine = speaker("abcdef");
                var conversation = engine.open()) {
            var generation = conversation.generate(Prompt.unshared("Say\n"), new GenerationLimits(4, MINUTE));
            assertEquals("abcd", generation.text());
            assertEquals(StopReason.TOKEN_LIMIT, generation.stopReason());
            assertEquals(new Usage(4, 0, 4), generation.usage());
            var whole = conversation.generate(Prompt.unshared("Say\n"), new GenerationLimits(7, MINUTE));
            assertEquals("abcdef", whole.text());
            assertEquals(StopReason.END_OF_TURN, whole.stopReason());
            assertEquals(7, whole.usage().outputTokens());
        }
    }

    @Test
    void goes_on_after_the_token_limit_where_it_stopped() throws Exception {
        try (var engine = speaker("abcdef");
                var conversation = engine.open()) {
            conversation.generate(Prompt.unshared("Say\n"), new GenerationLimits(4, MINUTE));
            var rest = conversation.generate(Prompt.unshared("Say\nabcd"), new GenerationLimits(9, MINUTE));
            assertEquals("ef", rest.text());
            assertEquals(new Usage(8, 7, 3), rest.usage());
        }
    }

    @Test
    void stops_where_the_context_is_full() throws Exception {
        var endless = new int[TestModel.VOCABULARY];
        Arrays.fill(endless, 'x');
        var model = TestModel.writeSpeaker(folder.resolve("endless"), endless);
        try (var engine = OnnxEngine.load(model, new OnnxOptions(1, 20, 1, ChatFormats.QWEN));
                var conversation = engine.open()) {
            var generation = conversation.generate(Prompt.unshared("0123456789"), new GenerationLimits(50, MINUTE));
            assertEquals(StopReason.CONTEXT_FULL, generation.stopReason());
            assertEquals("x".repeat(10), generation.text());
        }
    }

    @Test
    void generates_nothing_for_a_prompt_that_fills_the_context() throws Exception {
        try (var engine = OnnxEngine.load(
                        TestModel.writeSpeaker(folder.resolve("short"), "abc"),
                        new OnnxOptions(1, 20, 1, ChatFormats.QWEN));
                var conversation = engine.open()) {
            var generation = conversation.generate(Prompt.unshared("x".repeat(20)), new GenerationLimits(50, MINUTE));
            assertEquals("", generation.text());
            assertEquals(StopReason.CONTEXT_FULL, generation.stopReason());
            assertEquals(new Usage(20, 0, 0), generation.usage());
            assertEquals(
                    "abc",
                    conversation
                            .generate(Prompt.unshared("x".repeat(10) + "\n"), new GenerationLimits(50, MINUTE))
                            .text());
        }
    }

    @Test
    void stops_at_the_time_limit() throws Exception {
        try (var engine = speaker("abc");
                var conversation = engine.open()) {
            var late = conversation.generate(Prompt.unshared("Say\n"), new GenerationLimits(9, Duration.ZERO));
            assertEquals(StopReason.TIME_LIMIT, late.stopReason());
            assertEquals(new Usage(4, 0, 0), late.usage());
            assertEquals(
                    "abc",
                    conversation
                            .generate(Prompt.unshared("Say\n"), new GenerationLimits(9, MINUTE))
                            .text());
        }
    }

    @Test
    void never_says_an_id_that_stands_for_nothing() throws Exception {
        var padding = new int[TestModel.VOCABULARY];
        Arrays.fill(padding, TestModel.VOCABULARY - 1);
        try (var engine = OnnxEngine.load(TestModel.writeSpeaker(folder.resolve("padding"), padding), OPTIONS);
                var conversation = engine.open()) {
            // All real tokens are equally likely; the first of them is byte 0.
            assertEquals(
                    "\0",
                    conversation
                            .generate(Prompt.unshared("Say\n"), new GenerationLimits(1, MINUTE))
                            .text());
        }
    }

    @Test
    void answers_several_threads_alike() throws Exception {
        var opening = ChatFormats.QWEN.opening("x", List.of());
        var prompt = new Prompt(opening, opening.length()).with(ChatFormats.QWEN.input("Go on."));
        try (var engine = OnnxEngine.load(TestModel.GENERATOR.write(folder.resolve("tiny")), OPTIONS);
                var threads = Executors.newFixedThreadPool(4)) {
            var texts = threads
                    .invokeAll(Collections.nCopies(40, () -> {
                        try (var conversation = engine.open()) {
                            return conversation
                                    .generate(prompt, new GenerationLimits(30, MINUTE))
                                    .text();
                        }
                    }))
                    .stream()
                    .map(Future::resultNow)
                    .distinct()
                    .toList();
            assertEquals(1, texts.size(), texts.toString());
        }
    }

    @Test
    void warns_of_half_precision_and_names_the_alternative() throws Exception {
        assertEquals(List.of(), warnings(TestModel.OPTIMUM));
        var warning = warnings(TestModel.HALF).getFirst();
        assertTrue(warning.contains("model_fp16.onnx is in fp16"), warning);
        assertTrue(warning.contains("use an int4 export"), warning);
    }

    /** What loading a model logs. */
    private List<String> warnings(TestModel model) throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(OnnxEngine.class);
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        logger.addAppender(logged);
        try (var engine = OnnxEngine.load(model.write(folder.resolve(model.name())), OPTIONS)) {
            assertTrue(engine.model().contextTokens() > 0);
            return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        } finally {
            logger.detachAppender(logged);
        }
    }

    @Test
    void refuses_a_longer_context_than_the_model_has() throws Exception {
        var model = TestModel.writeSpeaker(folder.resolve("short"), "abc");
        var options = new OnnxOptions(1, TestModel.CONTEXT + 1, 1, ChatFormats.QWEN);
        var refused = assertThrows(NightException.class, () -> OnnxEngine.load(model, options));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        assertTrue(String.valueOf(refused.getMessage()).contains("is 2049, but model speaker has a context of 2048"));
    }

    private OnnxEngine speaker(String answer) throws Exception {
        return OnnxEngine.load(TestModel.writeSpeaker(folder.resolve("says"), answer), OPTIONS);
    }
}

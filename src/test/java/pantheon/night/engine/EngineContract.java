package pantheon.night.engine;

import static java.util.Collections.nCopies;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.engine.HeldTurns.Held;
import pantheon.night.grammar.Narrowing;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.export.Witness;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;
import tools.jackson.databind.JsonNode;

/**
 * What every engine keeps to that runs a model, whatever the model says. One engine answers all of it, as it would in a
 * night. Its model says more than three tokens to {@link #SAY}, in Qwen's format.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract {
    protected static final String SAY = "Count from one to ten in words.";

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final GenerationLimits LIMITS = new GenerationLimits(90, LONG);
    private static final GenerationLimits SOME = new GenerationLimits(16, LONG);
    private static final GenerationLimits FEW = new GenerationLimits(3, LONG);
    private static final String OK = HeldTurns.written("ok");
    private static final TurnGrammar ONLY_OK = HeldTurns.only("ok");

    private Engine engine;
    private List<Generation> answers = List.of();

    /** The engine, whose model has a context of 2,048 tokens or fewer. */
    protected abstract Engine engine() throws Exception;

    /** Whether it tells how likely what it chose was. */
    protected boolean tellsLikelihood() {
        return false;
    }

    /** Is told of each turn before it is asked for, with one of its shortest texts: what a script may answer. */
    protected void announce(TurnGrammar turn) {
        // A model needs no script.
    }

    /** How many tokens of a conversation at most are not found again, since the cache has them in pieces. */
    protected int cachedBy() {
        return 1;
    }

    @BeforeAll
    void load() throws Exception {
        engine = engine();
    }

    /** The one that answers all of it. */
    protected final Engine loaded() {
        return engine;
    }

    @AfterAll
    void close() {
        engine.close();
    }

    /** A small model that saw such exchanges says a text once more: few of its tokens have to be refused. */
    private static final String SHARED =
            asking("[\"g\", {\"w\": 7}]") + "[\"g\", {\"w\": 7}]" + asking("[\"h\", {}]") + "[\"h\", {}]";

    private static String asking(String asked) {
        return "<|im_end|>\n<|im_start|>user\n%s<|im_end|>\n<|im_start|>assistant\n".formatted(asked);
    }

    private static Prompt prompt(String asked) {
        return new Prompt(SHARED + asking(asked), SHARED.length());
    }

    private static Prompt next(Prompt before, Generation said, String asked) {
        return before.with(said.text() + asking(asked));
    }

    private Generation held(Conversation conversation, TurnGrammar turn, String example) {
        announce(turn);
        return conversation.generate(prompt(example), turn, LIMITS);
    }

    private Generation said(String asked, GenerationLimits limits) {
        try (var conversation = engine.open()) {
            return conversation.generate(prompt(asked), limits);
        }
    }

    private Generation held(TurnGrammar turn, String example) {
        try (var conversation = engine.open()) {
            return held(conversation, turn, example);
        }
    }

    private String onlyOk() {
        return held(ONLY_OK, OK).text();
    }

    // the model

    @Test
    void it_has_a_name() {
        assertFalse(engine.model().name().isBlank());
    }

    @Test
    void its_digest_is_a_sha_256() {
        assertTrue(
                engine.model().digest().matches("[0-9a-f]{64}"), engine.model().digest());
    }

    @Test
    void its_context_is_told_in_tokens() {
        assertTrue(engine.model().contextTokens() > 0);
        assertTrue(engine.model().contextTokens() <= 2048);
    }

    @Test
    void its_control_tokens_are_those_of_its_format_at_least() {
        assertTrue(engine.model().controlTexts().containsAll(ChatFormats.QWEN.stops()));
    }

    @Test
    void it_runs_on_this_machine() {
        assertTrue(
                engine.model().origin().matches("(process|unix):.*"),
                engine.model().origin());
    }

    @Test
    void it_tells_with_how_many_conversations_it_goes_on_at_once() {
        assertTrue(engine.model().sequences() >= 1);
    }

    @Test
    void the_journal_is_told_what_decides_how_it_answers() {
        assertFalse(engine.model().facts().isEmpty());
    }

    // turns that nothing holds

    @Test
    void a_prompt_is_continued() {
        assertFalse(said(SAY, SOME).text().isEmpty());
    }

    @Test
    void a_turn_ends_with_the_limit_of_tokens() {
        var cut = said(SAY, FEW);
        assertEquals(StopReason.TOKEN_LIMIT, cut.stopReason());
        assertEquals(3, cut.usage().outputTokens());
    }

    @Test
    void a_turn_may_be_one_token() {
        var cut = said(SAY, new GenerationLimits(1, LONG));
        assertEquals(StopReason.TOKEN_LIMIT, cut.stopReason());
        assertEquals(1, cut.usage().outputTokens());
    }

    @Test
    void a_turn_never_has_more_tokens_than_its_limit() {
        assertTrue(said(SAY, SOME).usage().outputTokens() <= SOME.maxTokens());
    }

    @Test
    void a_turn_never_has_the_text_of_the_token_that_ends_it() {
        assertFalse(said(SAY, SOME).text().contains("<|im_end|>"));
    }

    @Test
    void the_same_prompt_is_answered_alike() {
        assertEquals(said(SAY, FEW).text(), said(SAY, FEW).text());
    }

    @Test
    void a_longer_answer_begins_as_a_shorter_one() {
        var longer = said(SAY, new GenerationLimits(6, LONG)).text();
        assertTrue(longer.startsWith(said(SAY, FEW).text().replace("\uFFFD", "")), longer);
    }

    @Test
    void the_prompts_tokens_are_counted() {
        int counted = said(SAY, FEW).usage().inputTokens();
        assertTrue(counted > 5, () -> "tokens: " + counted);
    }

    @Test
    void a_longer_prompt_has_more_tokens() {
        assertTrue(said(SAY + " And then stop.", FEW).usage().inputTokens()
                > said(SAY, FEW).usage().inputTokens());
    }

    @Test
    void what_is_counted_before_is_what_is_counted_after() {
        try (var conversation = engine.open()) {
            var prompt = prompt(SAY);
            int before = conversation.countTokens(prompt.text());
            assertEquals(before, conversation.generate(prompt, FEW).usage().inputTokens());
        }
    }

    @Test
    void times_are_told_and_are_no_longer_than_it_took() {
        long began = System.nanoTime();
        var said = said(SAY, FEW);
        var told = said.prefillTime().plus(said.decodeTime());
        assertFalse(said.prefillTime().isNegative() || said.decodeTime().isNegative());
        assertTrue(told.toNanos() <= System.nanoTime() - began + 1_000_000, told.toString());
    }

    @Test
    void every_kind_of_character_may_stand_in_a_prompt() {
        assertFalse(said(
                        "\t  h\u00e9 \u6f22\u5b57 \ud83d\udc69\u200d\ud83d\udd27 \u0301 \u00a0 \u200b \\ \" ' {} \r\n",
                        FEW)
                .text()
                .isEmpty());
    }

    // limits

    @Test
    void a_prompt_that_fills_the_context_is_answered_with_nothing() {
        try (var conversation = engine.open()) {
            var full = conversation.generate(
                    prompt("one two ".repeat(engine.model().contextTokens())), FEW);
            assertEquals(StopReason.CONTEXT_FULL, full.stopReason());
            assertEquals("", full.text());
            assertEquals(0, full.usage().outputTokens());
        }
    }

    @Test
    void a_conversation_goes_on_after_a_prompt_that_was_too_long() {
        try (var conversation = engine.open()) {
            conversation.generate(prompt("one two ".repeat(engine.model().contextTokens())), FEW);
            assertEquals(OK, held(conversation, ONLY_OK, OK).text());
        }
    }

    @Test
    void a_turn_ends_where_the_context_is_full() {
        var word = "one two three four five six seven eight nine ten eleven twelve";
        var turn = HeldTurns.only(word);
        announce(turn);
        try (var conversation = engine.open()) {
            var cut = conversation.generate(nearlyFull(conversation), turn, LIMITS);
            assertEquals(StopReason.CONTEXT_FULL, cut.stopReason());
            assertTrue(HeldTurns.written(word).startsWith(cut.text()), cut.text());
            assertTrue(cut.usage().inputTokens() + cut.usage().outputTokens()
                    <= engine.model().contextTokens());
        }
    }

    /** A prompt that leaves room for a few tokens. */
    private Prompt nearlyFull(Conversation conversation) {
        var text = new StringBuilder("one");
        int room = engine.model().contextTokens() - 4;
        for (int left;
                (left = room - conversation.countTokens(prompt(text.toString()).text())) > 4; ) {
            text.append(" one".repeat(Math.max(1, left / 5)));
        }
        return prompt(text.toString());
    }

    @Test
    void no_time_is_no_answer() {
        var late = said(SAY, new GenerationLimits(9, Duration.ZERO));
        assertEquals(StopReason.TIME_LIMIT, late.stopReason());
        assertEquals("", late.text());
    }

    @Test
    void a_conversation_goes_on_after_its_time_was_up() {
        try (var conversation = engine.open()) {
            conversation.generate(prompt(SAY), new GenerationLimits(9, Duration.ZERO));
            assertEquals(OK, held(conversation, ONLY_OK, OK).text());
        }
    }

    @Test
    void a_held_turn_that_is_cut_is_the_beginning_of_one() {
        try (var conversation = engine.open()) {
            announce(ONLY_OK);
            var cut = conversation.generate(prompt(SAY), ONLY_OK, new GenerationLimits(4, LONG));
            assertTrue(OK.startsWith(cut.text()) && cut.text().length() < OK.length(), cut.text());
            assertEquals(StopReason.TOKEN_LIMIT, cut.stopReason());
        }
    }

    // conversations

    /** Every engine here tells. */
    private static int cached(Generation generation) {
        return Objects.requireNonNull(generation.usage().cachedTokens());
    }

    @Test
    void the_next_turn_comes_from_the_cache() {
        try (var conversation = engine.open()) {
            var prompt = prompt(SAY);
            var first = conversation.generate(prompt, FEW);
            var second = conversation.generate(next(prompt, first, "Go on."), FEW);
            assertTrue(second.usage().inputTokens() > first.usage().inputTokens());
            assertTrue(cached(second) >= first.usage().inputTokens() - cachedBy());
        }
    }

    @Test
    void the_beginning_that_conversations_share_comes_from_the_cache() {
        said(SAY, FEW);
        assertTrue(cached(said("Name a colour.", FEW)) > 3);
    }

    @Test
    void conversations_are_kept_apart() {
        var hi = HeldTurns.only("hi");
        try (var one = engine.open();
                var other = engine.open()) {
            assertEquals(OK, held(one, ONLY_OK, OK).text());
            assertEquals(
                    HeldTurns.written("hi"),
                    held(other, hi, HeldTurns.written("hi")).text());
            assertEquals(OK, held(one, ONLY_OK, OK).text());
        }
    }

    @Test
    void a_conversation_may_be_used_by_another_thread_later() throws Exception {
        try (var conversation = engine.open();
                var threads = Executors.newFixedThreadPool(2)) {
            for (int turn = 0; turn < 2; turn++) {
                assertEquals(
                        OK,
                        threads.submit(() -> held(conversation, ONLY_OK, OK).text())
                                .get());
            }
        }
    }

    @Test
    void more_conversations_than_it_goes_on_with_at_once_are_all_answered() throws Exception {
        int many = engine.model().sequences() + 3;
        assertEquals(nCopies(many, OK), together(nCopies(many, this::onlyOk)));
    }

    @Test
    void conversations_with_other_grammars_go_on_beside_one_another() throws Exception {
        var words = List.of("ok", "no", "hi", "go");
        assertEquals(
                words.stream().map(HeldTurns::written).toList(),
                together(words.stream()
                        .<Callable<String>>map(word -> () -> held(HeldTurns.only(word), HeldTurns.written(word))
                                .text())
                        .toList()));
    }

    private static List<String> together(List<Callable<String>> turns) throws Exception {
        try (var threads = Executors.newFixedThreadPool(turns.size())) {
            return threads.invokeAll(turns).stream().map(Future::resultNow).toList();
        }
    }

    @Test
    void many_conversations_may_be_open_while_one_is_used() {
        var open = IntStream.range(0, 50).mapToObj(number -> engine.open()).toList();
        assertEquals(OK, onlyOk());
        open.forEach(Conversation::close);
        assertEquals(OK, onlyOk());
    }

    @Test
    void a_thread_that_is_interrupted_harms_nobody_else() throws Exception {
        announce(ONLY_OK);
        var interrupted = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                onlyOk();
            } catch (EngineLost e) {
                // it may give up
            }
        });
        interrupted.start();
        interrupted.join();
        assertEquals(OK, onlyOk());
    }

    @Test
    void a_closed_conversation_refuses() {
        var conversation = engine.open();
        conversation.close();
        assertThrows(IllegalStateException.class, () -> conversation.generate(prompt(SAY), FEW));
    }

    @Test
    void a_conversation_may_be_closed_twice_and_unused() {
        var conversation = engine.open();
        conversation.close();
        conversation.close();
        assertEquals(OK, onlyOk());
    }

    // counting

    @Test
    void no_text_has_no_tokens() {
        assertEquals(0, counted(""));
    }

    @Test
    void a_longer_text_has_more_tokens() {
        assertTrue(counted("one two") < counted("one two three four"));
    }

    @Test
    void the_text_of_a_control_token_is_one_token() {
        assertEquals(counted("a") + 1, counted("a<|im_end|>"));
    }

    @Test
    void foreign_letters_have_tokens() {
        assertTrue(counted("\u6f22\u5b57\ud83d\ude42") > 1);
    }

    private int counted(String text) {
        try (var conversation = engine.open()) {
            return conversation.countTokens(text);
        }
    }

    // turns that a grammar holds

    static Stream<Held> kinds() {
        return HeldTurns.ALL.stream();
    }

    /** All of them at once: they are answered beside one another. */
    private void askForAll() throws Exception {
        try (var threads = Executors.newFixedThreadPool(engine.model().sequences())) {
            var asked = HeldTurns.ALL.stream()
                    .<Callable<Generation>>map(kind -> () -> held(kind.turn(), Witness.of(kind.turn())))
                    .toList();
            answers = threads.invokeAll(asked).stream().map(Future::resultNow).toList();
        }
    }

    @ParameterizedTest(name = "a turn is held to {0}")
    @MethodSource("kinds")
    void a_turn_is_held_to(Held kind) throws Exception {
        if (answers.isEmpty()) {
            askForAll();
        }
        var said = answers.get(HeldTurns.ALL.indexOf(kind));
        assertEquals(StopReason.END_OF_TURN, said.stopReason(), said.text());
        assertEquals(List.of(), kind.faults(said.text()), said.text());
    }

    @Test
    void a_turn_with_one_text_is_that_text_whatever_is_asked() {
        assertEquals(OK, held(ONLY_OK, "Be silent.").text());
    }

    @Test
    void a_turn_has_the_frame_of_its_format() {
        var schema = Json.parse("{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": false}");
        var turn = TurnGrammar.of(ChatFormats.QWEN.call(), List.of(new ToolCard("f", "A tool.", schema)));
        var call = "<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>";
        assertEquals(call, held(turn, call).text());
    }

    @Test
    void one_of_two_tools_is_called() {
        var schema = Json.parse("{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": false}");
        var turn = TurnGrammar.of(
                HeldTurns.CALL, List.of(new ToolCard("left", "", schema), new ToolCard("right", "", schema)));
        var text = held(turn, "[\"right\", {}]").text();
        assertTrue(List.of("[\"left\", {}]", "[\"right\", {}]").contains(text), text);
    }

    private static Narrowing narrowing(String tool, String... choices) {
        var values = Json.MAPPER.createArrayNode();
        List.of(choices).forEach(values::add);
        return new Narrowing(tool, "v", values.valueStream().toList());
    }

    @Test
    void a_narrowed_argument_is_one_of_its_choices() {
        var schema = Json.parse("""
                {"type": "object", "properties": {"v": {"type": "string"}}, "required": ["v"],
                 "additionalProperties": false}""");
        var turn = HeldTurns.turn("f", schema).narrowed(List.of(narrowing("f", "yes", "no")));
        var said = held(turn, HeldTurns.written("maybe"));
        var text = said.text();
        assertTrue(List.of(HeldTurns.written("yes"), HeldTurns.written("no")).contains(text), text);
        int from = Math.max(text.indexOf("yes"), text.indexOf("no"));
        var likelihood = said.likelihood().of("v", from, text.indexOf('"', from) + 1);
        assertEquals(tellsLikelihood(), likelihood.isPresent());
        assertTrue(likelihood.isEmpty() || (likelihood.getAsDouble() > 0 && likelihood.getAsDouble() <= 1));
    }

    @Test
    void a_tool_with_no_choice_left_is_never_called() {
        var schema = Json.parse("""
                {"type": "object", "properties": {"v": {"type": "string"}}, "required": ["v"],
                 "additionalProperties": false}""");
        var turn = TurnGrammar.of(HeldTurns.CALL, List.of(new ToolCard("f", "", schema), new ToolCard("g", "", schema)))
                .narrowed(List.of(narrowing("f"), narrowing("g", "ok")));
        assertEquals("[\"g\", {\"v\": \"ok\"}]", held(turn, OK).text());
    }

    private static final JsonNode NO_ARGUMENTS =
            Json.parse("{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": false}");

    @Test
    void where_one_tool_alone_is_left_it_is_called() {
        var turn = TurnGrammar.of(
                HeldTurns.CALL, List.of(new ToolCard("f", "", NO_ARGUMENTS), new ToolCard("g", "", NO_ARGUMENTS)));
        assertEquals("[\"g\", {}]", held(turn.only("g"), OK).text());
        assertEquals("[\"f\", {}]", held(turn.only("f"), OK).text());
    }

    @Test
    void a_free_turn_may_follow_a_held_one() {
        try (var conversation = engine.open()) {
            assertEquals(OK, held(conversation, ONLY_OK, OK).text());
            assertFalse(conversation.generate(prompt(SAY), FEW).text().isEmpty());
        }
    }

    @Test
    void a_held_turn_may_follow_a_free_one() {
        try (var conversation = engine.open()) {
            assertFalse(conversation.generate(prompt(SAY), FEW).text().isEmpty());
            assertEquals(OK, held(conversation, ONLY_OK, OK).text());
        }
    }

    @Test
    void a_held_turn_counts_its_tokens() {
        var usage = held(ONLY_OK, OK).usage();
        assertTrue(usage.outputTokens() >= 3, usage.toString());
        assertTrue(usage.inputTokens() > 0 && usage.prefilledTokens() >= 0, usage.toString());
    }

    @Test
    void a_grammar_is_the_same_however_often_it_is_asked_for() {
        for (int time = 0; time < 3; time++) {
            assertEquals(OK, held(HeldTurns.only("ok"), OK).text());
        }
    }
}

package pantheon.night.engine.server;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.engine.EngineLost;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.server.http.ExchangeFailed;
import pantheon.night.engine.server.http.ScriptedServer;
import pantheon.night.engine.server.http.ScriptedServer.Script;
import pantheon.night.grammar.Narrowing;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.export.Dialect;
import pantheon.night.grammar.export.GrammarExport;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;
import tools.jackson.databind.node.StringNode;

/** An engine before servers that answer as the recorded ones did, and before those that do not. */
class ServerEngineTest {
    private static final GenerationLimits LIMITS = new GenerationLimits(20, Duration.ofSeconds(20));
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String NO_SLOTS =
            "501 {\"error\":{\"code\":501,\"message\":\"This server does not support slots endpoint\",\"type\":\"not_supported_error\"}}";

    @TempDir
    private Path folder;

    private final Scripts scripts = new Scripts(prompt -> "hé漢🙂");
    private @Nullable ScriptedServer server;

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private Path socket() {
        return folder.resolve("s.sock");
    }

    private void serve(Script script) throws IOException {
        server = new ScriptedServer(socket(), script);
    }

    private ServerOptions options(@Nullable String model, @Nullable String adapter) {
        return new ServerOptions(
                socket(), model, adapter, null, 0, 0, ChatFormats.QWEN, Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    private ServerOptions impatient() {
        return new ServerOptions(socket(), null, null, null, 0, 0, ChatFormats.QWEN, SHORT, SHORT);
    }

    private static Generation generated(ServerEngine engine, String prompt) {
        try (var conversation = engine.open()) {
            return conversation.generate(Prompt.unshared(prompt), LIMITS);
        }
    }

    private String refusal(ServerOptions options) {
        var refused = assertThrows(NightException.class, () -> ServerEngine.connect(options));
        assertEquals(ExitCode.UNAVAILABLE, refused.exitCode(), refused.getMessage());
        return refused.getMessage().replace(socket().toString(), "SOCKET");
    }

    @Test
    void a_server_that_does_not_count_cached_tokens_has_none_in_its_answers() throws Exception {
        scripts.countsCached = false;
        serve(scripts::vllm);
        try (var engine = ServerEngine.connect(options(null, null))) {
            assertNull(generated(engine, "a b c").usage().cachedTokens());
            assertEquals("not counted", engine.model().facts().get("cached_tokens"));
        }
    }

    @Test
    void llama_cpp_is_asked_with_every_field_of_sampling_and_told_of_in_the_journal() throws Exception {
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, null))) {
            var generation = generated(engine, "a b c");
            assertEquals("hé漢🙂", generation.text());
            assertEquals(StopReason.END_OF_TURN, generation.stopReason());
            assertEquals(3, generation.usage().inputTokens());
            assertEquals(2, generation.usage().cachedTokens());
            assertEquals(5, generation.usage().outputTokens());
            assertEquals(4, engine.model().sequences());
            assertEquals("unix:" + socket(), engine.model().origin());
            assertEquals(
                    Set.of("server", "weights", "grammar", "prompt", "cached_tokens", "slots", "socket"),
                    engine.model().facts().keySet());
            assertEquals("llama.cpp b11549", engine.model().facts().get("server"));
        }
        var body = scripts.asked.getFirst();
        for (var field :
                List.of("temperature", "top_p", "top_k", "min_p", "repeat_penalty", "seed", "stream", "lora")) {
            assertTrue(body.has(field), field);
        }
        assertFalse(body.has("grammar"), "a key that is null would switch the grammar off");
        assertEquals(0, body.path("lora").get(0).path("scale").intValue(), "no adapter was asked for");
    }

    @Test
    void vllm_is_asked_by_its_models_name_without_log_probabilities() throws Exception {
        serve(scripts::vllm);
        try (var engine = ServerEngine.connect(options(null, null))) {
            assertEquals("hé漢🙂", generated(engine, "a b c").text());
            assertEquals("smollm2-135m", engine.model().name());
            assertEquals("lark", engine.model().facts().get("grammar"));
            assertEquals("vllm-0.32.0-b3ea3db9", engine.model().facts().get("system_fingerprint"));
        }
        var body = scripts.asked.getFirst();
        assertEquals("smollm2-135m", body.path("model").stringValue());
        assertFalse(body.has("logprobs"));
        assertTrue(body.has("temperature") && body.has("max_tokens") && body.has("repetition_penalty"));
    }

    @Test
    void what_its_language_does_not_hold_is_named_in_the_journal() throws Exception {
        serve(scripts::vllm);
        scripts.readsLark = false;
        try (var engine = ServerEngine.connect(options(null, null))) {
            assertEquals("ebnf", engine.model().facts().get("grammar"));
            engine.ready(turn("{\"type\": \"string\", \"maxLength\": 500}", false));
            assertEquals(
                    "f/v: bounds above 128 characters are not held",
                    engine.model().facts().get("loosened"));
            assertFalse(engine.model().facts().containsKey("names_twice"));
            engine.ready(turn("{\"type\": \"object\"}", true));
            assertEquals("f; f/*; f/v; f/v/*", engine.model().facts().get("names_twice"));
        }
    }

    @Test
    void an_agents_grammar_that_a_server_refuses_ends_the_start() throws Exception {
        scripts.faultEvery = 1;
        scripts.fault = (request, line) -> line.json(400, "{\"error\":{\"message\":\"failed to parse grammar\"}}");
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, null))) {
            var refused = assertThrows(NightException.class, () -> engine.ready(turn("{\"type\": \"null\"}", false)));
            assertEquals(ExitCode.UNAVAILABLE, refused.exitCode());
            assertTrue(
                    refused.getMessage().contains("does not take the grammar of an agent's turns")
                            && refused.getMessage().contains("400, failed to parse grammar"),
                    refused.getMessage());
        }
    }

    @Test
    void a_narrowed_turn_is_sent_narrowed() throws Exception {
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, null));
                var conversation = engine.open()) {
            var turn = turn("{\"type\": \"string\"}", false);
            var narrowed = turn.narrowed(
                    List.of(new Narrowing("f", "v", List.of(StringNode.valueOf("bug"), StringNode.valueOf("wish")))));
            conversation.generate(Prompt.unshared("a"), turn, LIMITS);
            conversation.generate(Prompt.unshared("a"), narrowed, LIMITS);
            var grammars = scripts.asked.stream()
                    .map(body -> body.path("grammar").asString())
                    .toList();
            assertFalse(grammars.getFirst().contains("bug"), grammars.getFirst());
            assertEquals(
                    GrammarExport.of(turn, Dialect.GBNF, null)
                            .narrowed(narrowed)
                            .text(),
                    grammars.getLast());
            assertTrue(grammars.getLast().contains("bug"), grammars.getLast());
        }
    }

    private static TurnGrammar turn(String value, boolean open) {
        var schema = Json.parse("{\"type\": \"object\", \"properties\": {\"v\": %s}, \"additionalProperties\": %s}"
                .formatted(value, open));
        return TurnGrammar.of(ChatFormats.QWEN.call(), List.of(new ToolCard("f", "A tool.", schema)));
    }

    @Test
    void an_adapter_is_asked_for_by_its_name() throws Exception {
        serve(scripts::vllm);
        try (var engine = ServerEngine.connect(options(null, "docs"))) {
            generated(engine, "a");
            assertEquals("docs", scripts.asked.getFirst().path("model").stringValue());
        }
        stop();
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, "law"))) {
            generated(engine, "a");
            var lora = scripts.asked.getLast().path("lora");
            assertEquals(
                    List.of(0, 1),
                    List.of(
                            lora.get(0).path("scale").intValue(),
                            lora.get(1).path("scale").intValue()));
        }
        assertTrue(refusal(options(null, "tax"))
                .startsWith("the server at SOCKET has no adapter tax; it has [docs, law]."));
    }

    @Test
    void an_answer_that_vllm_cuts_in_silence_is_the_contexts_end() throws Exception {
        scripts.cut = 2;
        serve(scripts::vllm);
        try (var engine = ServerEngine.connect(options(null, null))) {
            assertEquals(StopReason.CONTEXT_FULL, generated(engine, "a").stopReason());
        }
    }

    @Test
    void an_answer_of_as_many_tokens_as_were_wanted_is_cut_off() throws Exception {
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, null));
                var conversation = engine.open()) {
            var cut = conversation.generate(Prompt.unshared("a"), new GenerationLimits(2, Duration.ofSeconds(9)));
            assertEquals("hé", cut.text());
            assertEquals(StopReason.TOKEN_LIMIT, cut.stopReason());
        }
    }

    @Test
    void a_prompt_that_is_too_long_fills_the_context() throws Exception {
        scripts.faultEvery = 1;
        scripts.fault = (request, line) -> line.json(
                400,
                "{\"error\":{\"code\":400,\"message\":\"request (6001 tokens) exceeds\",\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":6001,\"n_ctx\":1024}}");
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, null))) {
            var full = generated(engine, "a");
            assertEquals(StopReason.CONTEXT_FULL, full.stopReason());
            assertEquals(6001, full.usage().inputTokens());
        }
    }

    @Test
    void a_server_that_lets_go_of_grammars_is_refused() throws Exception {
        scripts.holdsGrammars = false;
        serve(scripts::llama);
        assertTrue(
                refusal(options(null, null))
                        .startsWith(
                                "the server at SOCKET does not hold to a grammar (gbnf: it wrote \"The capital of France\"), so a model could write anything."));
    }

    @Test
    void a_server_with_tools_is_refused() throws Exception {
        scripts.instead.put("GET /tools", "200 []");
        serve(scripts::llama);
        assertTrue(refusal(options(null, null)).startsWith("the server at SOCKET has tools of its own"));
    }

    @Test
    void a_server_that_is_none_of_the_known_ones_is_refused() throws Exception {
        serve((request, line) -> line.json(404, "{}"));
        assertTrue(refusal(options(null, null)).startsWith("the server at SOCKET is none that is known"));
    }

    @Test
    void another_model_than_was_asked_for_is_refused() throws Exception {
        serve(scripts::vllm);
        assertTrue(refusal(options("big", null)).startsWith("the server at SOCKET serves [smollm2-135m], not big."));
        stop();
        serve(scripts::llama);
        assertTrue(refusal(options("big", null)).startsWith("the server at SOCKET serves model smol.gguf, not big."));
    }

    @Test
    void a_server_that_is_loading_is_waited_for_as_long_as_its_patience() throws Exception {
        var loading = "503 {\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\",\"code\":503}}";
        scripts.instead.put("GET /health", loading);
        serve(scripts::llama);
        assertTrue(refusal(impatient())
                .startsWith("the server at SOCKET is not ready within 0.3s: it is not ready: 503, Loading model."));
        var ready = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            scripts.instead.clear();
        });
        try (var engine = ServerEngine.connect(options(null, null))) {
            assertEquals("hé漢🙂", generated(engine, "a").text());
        }
        ready.join();
    }

    @Test
    void no_socket_and_no_server_are_told_apart() throws Exception {
        assertTrue(refusal(impatient()).contains("takes no connection: there is no such socket"));
        Files.writeString(socket(), "a file");
        var wrong = assertThrows(NightException.class, () -> ServerEngine.connect(impatient()));
        assertEquals(ExitCode.CONFIG, wrong.exitCode());
        assertTrue(wrong.getMessage().contains("is no socket"), wrong.getMessage());
    }

    /** Every way in which a server can fail to give an answer. */
    private static List<Script> ways() {
        return List.of(
                (request, line) -> {},
                (request, line) -> line.send("HTTP/1.1 200 OK\r\nContent-Ty"),
                (request, line) -> line.send("\u0000\u0001garbage"),
                (request, line) ->
                        line.json(500, "{\"error\":{\"message\":\"cannot schedule new futures after shutdown\"}}"),
                (request, line) -> line.json(200, "{\"content\":\"not streamed\"}"),
                (request, line) -> {
                    line.stream();
                    line.event("{\"content\":\"a\",\"stop\":false}");
                },
                (request, line) -> {
                    line.stream();
                    line.event("{\"content\":\"a\",\"stop\":false}");
                    line.end();
                },
                (request, line) -> {
                    line.stream();
                    line.event("{\"content\":\"a\",\"stop\":true,\"stop_type\":\"none\"}");
                    line.end();
                },
                (request, line) -> {
                    line.stream();
                    line.event("[[[[");
                    line.end();
                },
                (request, line) -> {
                    line.stream();
                    line.event("{\"error\":{\"message\":\"out of memory\"}}");
                    line.end();
                },
                (request, line) -> {
                    line.stream();
                    while (true) {
                        line.event("{\"content\":\"flood\",\"stop\":false}");
                    }
                },
                (request, line) -> {
                    line.stream();
                    line.event("{\"content\":\"\\ud83d\",\"stop\":false}");
                    line.end();
                });
    }

    /** Each way of failing costs its own request, and the next is answered. */
    @Test
    void every_way_of_failing_loses_the_one_answer() throws Exception {
        scripts.faultEvery = 2;
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, null))) {
            for (var way : ways()) {
                scripts.fault = way;
                assertEquals("hé漢🙂", generated(engine, "a").text());
                var lost = assertThrows(EngineLost.class, () -> generated(engine, "a"));
                assertTrue(lost.getMessage().startsWith("the server at " + socket() + " "), lost.getMessage());
            }
            assertEquals("hé漢🙂", generated(engine, "a").text());
        }
    }

    @Test
    void a_stuck_server_holds_no_task_beyond_its_time_and_is_to_blame() throws Exception {
        scripts.faultEvery = 1;
        scripts.fault = (request, line) -> {
            line.stream();
            line.event("{\"content\":\"a\",\"stop\":false}");
            line.untilGone();
        };
        serve(scripts::llama);
        var hour = Duration.ofHours(1);
        var patient = new ServerOptions(socket(), null, null, null, 0, 0, ChatFormats.QWEN, hour, hour);
        try (var engine = ServerEngine.connect(patient);
                var conversation = engine.open()) {
            var limits = new GenerationLimits(9, Duration.ofSeconds(1));
            var lost = assertTimeoutPreemptively(
                    Duration.ofMinutes(2),
                    () -> assertThrows(EngineLost.class, () -> conversation.generate(Prompt.unshared("a"), limits)));
            assertTrue(lost.getMessage().endsWith("fell silent"), lost.getMessage());
        }
    }

    @Test
    void a_server_that_goes_on_and_on_ends_with_the_tasks_time() throws Exception {
        scripts.faultEvery = 1;
        scripts.fault = (request, line) -> {
            line.stream();
            while (true) {
                line.event("{\"content\":\"\",\"stop\":false}");
                Thread.sleep(5);
            }
        };
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, null));
                var conversation = engine.open()) {
            var limits = new GenerationLimits(9, Duration.ofMillis(500));
            assertEquals(
                    StopReason.TIME_LIMIT,
                    conversation.generate(Prompt.unshared("a"), limits).stopReason());
        }
    }

    @Test
    void one_that_was_killed_is_waited_for_and_tried_anew() throws Exception {
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, null))) {
            generated(engine, "a");
            stop();
            var back = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(400);
                    serve(scripts::llama);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertEquals("hé漢🙂", generated(engine, "a").text());
            back.join();
        }
    }

    @Test
    void one_that_does_not_come_back_ends_the_night() throws Exception {
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(impatient())) {
            stop();
            var gone = assertThrows(NightException.class, () -> generated(engine, "a"));
            assertEquals(ExitCode.UNAVAILABLE, gone.exitCode());
            assertTrue(gone.getMessage().contains("did not come back within its patience"), gone.getMessage());
            assertThrows(NightException.class, () -> generated(engine, "b"), "and is not waited for again");
        }
    }

    @Test
    void one_that_comes_back_as_another_ends_the_night() throws Exception {
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, null))) {
            generated(engine, "a");
            stop();
            scripts.instead.put("GET /v1/models", "200 {\"data\":[{\"id\":\"other\",\"meta\":{\"n_params\":7}}]}");
            serve(scripts::llama);
            var other = assertThrows(NightException.class, () -> generated(engine, "a"));
            assertEquals(ExitCode.UNAVAILABLE, other.exitCode());
            assertTrue(other.getMessage().contains("came back as another"), other.getMessage());
        }
    }

    /** A word that was cut off by the time says nothing of whether its server holds to grammars. */
    @Test
    void a_server_that_is_slow_to_write_a_word_is_no_server_that_lets_go_of_grammars() throws Exception {
        serve((request, line) -> {
            if (request.target().equals("POST /completion")) {
                line.stream();
                for (int letter = 0; letter < 100; letter++) {
                    line.event("{\"content\":\"c\",\"stop\":false}");
                    Thread.sleep(50);
                }
            } else {
                scripts.llama(request, line);
            }
        });
        var local = new LocalServer(socket(), Duration.ofSeconds(10), Duration.ofSeconds(10));
        var canary = new Canary(local, options(null, null), null);
        var late = assertThrows(ExchangeFailed.class, () -> canary.sing(Duration.ofMillis(600)));
        assertEquals("did not write a word within 0.6s", late.getMessage());
    }

    @Test
    void one_that_is_lost_time_after_time_ends_the_night() throws Exception {
        scripts.faultEvery = 1;
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, null))) {
            for (int time = 1; time <= 5; time++) {
                assertThrows(EngineLost.class, () -> generated(engine, "a"), "time " + time);
            }
            var gone = assertThrows(NightException.class, () -> generated(engine, "a"));
            assertTrue(gone.getMessage().contains("was lost 5 times in a row"), gone.getMessage());
        }
    }

    @Test
    void conversations_keep_the_slot_that_has_their_beginning() throws Exception {
        serve(scripts::llama);
        try (var engine = ServerEngine.connect(options(null, null))) {
            for (var prefix : List.of("docs", "law", "docs", "law")) {
                try (var conversation = engine.open()) {
                    conversation.generate(new Prompt(prefix + " a", prefix.length()), LIMITS);
                    conversation.generate(new Prompt(prefix + " a b", prefix.length()), LIMITS);
                }
            }
        }
        assertEquals(
                List.of(0, 0, 1, 1, 0, 0, 1, 1),
                scripts.asked.stream()
                        .map(body -> body.path("id_slot").intValue())
                        .toList());
    }

    /** A server whose completions take 40 ms, and how many of them are under way at most. */
    private static ScriptedServer.Script slow(ScriptedServer.Script server, AtomicInteger most) {
        var underWay = new AtomicInteger();
        return (request, line) -> {
            if (request.target().endsWith("/completions") || request.target().endsWith("/completion")) {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                Thread.sleep(40);
                underWay.decrementAndGet();
            }
            server.play(request, line);
        };
    }

    /** Has three threads ask a server for up to three at once, until as many as are wanted are under way at most. */
    private void untilUnderWay(int wanted, AtomicInteger most) throws Exception {
        var three = new ServerOptions(
                socket(), null, null, null, 0, 3, ChatFormats.QWEN, Duration.ofSeconds(10), Duration.ofSeconds(10));
        try (var engine = ServerEngine.connect(three);
                var threads = Executors.newFixedThreadPool(3)) {
            most.set(0); // the start asks too, one after the other
            for (int round = 0; round < 50 && most.getAndSet(0) != wanted; round++) {
                var running = IntStream.range(0, 15)
                        .mapToObj(number -> threads.submit(() -> generated(engine, "n" + number)))
                        .toList();
                for (var one : running) {
                    assertEquals("done", one.get().text());
                }
            }
        }
        assertEquals(0, most.get(), wanted + " were never under way at most");
    }

    @Test
    void fewer_requests_are_under_way_while_vllm_has_some_waiting() throws Exception {
        var most = new AtomicInteger();
        var vllm = new Scripts(prompt -> "done");
        vllm.instead.put(
                "GET /metrics",
                "200 vllm:num_requests_waiting_by_reason{reason=\"capacity\"} 0.0\nvllm:num_requests_waiting{engine=\"0\"} 3.0\n");
        serve(slow(vllm::vllm, most));
        untilUnderWay(1, most);
    }

    private static String busy(int count, int of) {
        return IntStream.range(0, of)
                .mapToObj(slot -> "{\"id\":%d,\"n_ctx\":256,\"is_processing\":%s}".formatted(slot, slot < count))
                .collect(joining(",", "200 [", "]"));
    }

    @Test
    void as_many_requests_are_under_way_as_others_leave_slots_at_llama_cpp() throws Exception {
        var most = new AtomicInteger();
        var llama = new Scripts(prompt -> "done");
        llama.instead.put("GET /slots", busy(4, 4));
        llama.instead.put("GET /metrics", "200 llamacpp:requests_deferred 0\n");
        serve(slow(llama::llama, most));
        untilUnderWay(1, most);
        assertEquals(
                Slots.ANY, llama.asked.getLast().path("id_slot").intValue(), "a slot of another's is not waited for");
        llama.instead.put("GET /slots", busy(0, 4));
        untilUnderWay(3, most);
    }

    @Test
    void a_server_that_shows_no_slots_is_asked_for_what_waits_and_one_that_tells_neither_has_all_at_once()
            throws Exception {
        var most = new AtomicInteger();
        var looks = new CopyOnWriteArrayList<String>();
        var llama = new Scripts(prompt -> "done");
        llama.instead.put("GET /slots", NO_SLOTS);
        llama.instead.put("GET /metrics", "200 llamacpp:requests_deferred 2\n");
        serve(slow(
                (request, line) -> {
                    looks.add(request.target());
                    llama.llama(request, line);
                },
                most));
        untilUnderWay(1, most);
        assertEquals(1, Collections.frequency(looks, "GET /slots"), "it is not asked again");
        assertTrue(Collections.frequency(looks, "GET /metrics") > 1, looks.toString());
        llama.instead.put("GET /metrics", NO_SLOTS.replace("slots", "metrics"));
        untilUnderWay(3, most);
        assertEquals(2, Collections.frequency(looks, "GET /slots"));
    }

    /** A thousand requests through a server that fails every tenth time, in one way after the other. */
    @Test
    void no_answer_is_lost_or_given_twice_whatever_the_server_does() throws Exception {
        var answered = ConcurrentHashMap.<String>newKeySet();
        var faults = new ArrayList<>(ways());
        faults.add((request, line) -> line.json(503, "{\"error\":{\"message\":\"Loading model\"}}"));
        var echo = new Scripts(prompt -> "to " + prompt);
        echo.faultEvery = 10;
        echo.fault = (request, line) ->
                faults.get(echo.completions.get() / 10 % faults.size()).play(request, line);
        serve(echo::llama);
        try (var engine = ServerEngine.connect(options(null, null));
                var threads = Executors.newFixedThreadPool(64)) {
            var running = IntStream.range(0, 1000)
                    .mapToObj(number -> threads.submit(() -> untilAnswered(engine, "n" + number, answered)))
                    .toList();
            for (var one : running) {
                one.get();
            }
        }
        assertEquals(1000, answered.size());
        var prompts = echo.asked.stream()
                .map(body -> body.path("prompt").stringValue())
                .toList();
        assertEquals(1000, prompts.size(), "each was answered once");
        assertEquals(1000, Set.copyOf(prompts).size());
        assertTrue(
                server != null && server.mostConnections() <= 16,
                "few more connections than slots: the server notices the end of one a little later");
    }

    /** As a night would in several runs: what lost its engine is taken up again. */
    private static void untilAnswered(ServerEngine engine, String prompt, Set<String> answered) {
        while (true) {
            try {
                var text = generated(engine, prompt).text();
                assertEquals("to " + prompt, text);
                assertTrue(answered.add(prompt), prompt);
                return;
            } catch (EngineLost e) {
                // and once more
            }
        }
    }
}

package pantheon.night.engine.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.engine.EngineLost;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;
import pantheon.night.prompt.call.CallForm;
import tools.jackson.databind.JsonNode;

/** An engine before the real server of llama.cpp. */
class RealLlamaTest {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String ASKED = "<|im_start|>user\nSay hello.<|im_end|>\n<|im_start|>assistant\n";

    private static final CallForm.OfJson CALL = (CallForm.OfJson) ChatFormats.QWEN.call();
    private static final JsonNode ONE_VALUE = Json.parse("""
            {"type": "object", "properties": {"status": {"const": "ok"}}, "required": ["status"],
             "additionalProperties": false}
            """);

    @TempDir
    private Path folder;

    private static Generation generated(ServerEngine engine, String prompt, int tokens) {
        try (var conversation = engine.open()) {
            return conversation.generate(Prompt.unshared(prompt), new GenerationLimits(tokens, LONG));
        }
    }

    private static String held(ServerEngine engine, TurnGrammar grammar) {
        try (var conversation = engine.open()) {
            var limits = new GenerationLimits(80, LONG);
            return conversation
                    .generate(Prompt.unshared(ASKED), grammar, limits)
                    .text();
        }
    }

    /** One start of the server serves all of it, since its weights are read for seconds. */
    @Test
    void answers_counts_tokens_tells_its_limits_and_is_asked_again_when_it_was_killed() throws Exception {
        var socket = folder.resolve("llama.sock");
        var options = new ServerOptions(socket, null, null, null, 0, 0, ChatFormats.QWEN, LONG, LONG);
        var server = new RealLlama(socket, 2, 512);
        try (var engine = ServerEngine.connect(options)) {
            assertEquals("SmolLM2-135M-Instruct.Q4_1.gguf", engine.model().name());
            assertEquals(256, engine.model().contextTokens(), "the context is divided among the slots");
            assertEquals(2, engine.model().sequences());
            assertEquals("gbnf", engine.model().facts().get("grammar"), "it held to a word");
            var first = generated(engine, ASKED, 3);
            assertEquals(StopReason.TOKEN_LIMIT, first.stopReason());
            assertFalse(first.text().isBlank());
            assertEquals(3, first.usage().outputTokens());
            assertTrue(generated(engine, ASKED, 3).usage().cachedTokens() > 5);
            assertEquals(
                    StopReason.CONTEXT_FULL,
                    generated(engine, "word ".repeat(400), 3).stopReason());
            assertEquals(
                    CALL.written("final", "{\"status\": \"ok\"}"),
                    held(engine, TurnGrammar.of(CALL, List.of(new ToolCard("final", "End.", ONE_VALUE)))));
            var running = CompletableFuture.supplyAsync(() -> generated(engine, ASKED + "Once", 200));
            Thread.sleep(300);
            server.kill();
            var lost = assertThrows(CompletionException.class, running::join);
            assertTrue(lost.getCause() instanceof EngineLost, lost.toString());
            server = new RealLlama(socket, 2, 512);
            assertEquals(first.text(), generated(engine, ASKED, 3).text());
        } finally {
            server.end();
        }
    }
}

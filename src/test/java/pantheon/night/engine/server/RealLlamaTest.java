package pantheon.night.engine.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineContract;
import pantheon.night.engine.EngineLost;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

/** An engine before the real server of llama.cpp. */
class RealLlamaTest extends EngineContract {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String ASKED = "<|im_start|>user\nSay hello.<|im_end|>\n<|im_start|>assistant\n";

    @TempDir
    private static Path shared;

    private @Nullable RealLlama server;

    private void start() throws IOException {
        server = new RealLlama(shared.resolve("llama.sock"), 4, 1024);
    }

    private RealLlama server() {
        return Objects.requireNonNull(server);
    }

    @Override
    protected Engine engine() throws IOException {
        start();
        return ServerEngine.connect(
                new ServerOptions(shared.resolve("llama.sock"), null, null, null, 0, 0, ChatFormats.QWEN, LONG, LONG));
    }

    @AfterAll
    void end() throws InterruptedException {
        if (server != null) {
            server.end();
        }
    }

    private Generation generated(String prompt, int tokens) {
        try (var conversation = loaded().open()) {
            return conversation.generate(Prompt.unshared(prompt), new GenerationLimits(tokens, LONG));
        }
    }

    @Test
    void its_facts_are_those_of_the_server() {
        var model = loaded().model();
        assertEquals("SmolLM2-135M-Instruct.Q4_1.gguf", model.name());
        assertEquals(256, model.contextTokens(), "the context is divided among the slots");
        assertEquals(4, model.sequences());
        assertEquals("gbnf", model.facts().get("grammar"), "it held to a word");
    }

    @Test
    void it_shows_how_many_of_its_slots_are_busy() throws Exception {
        generated(ASKED, 1);
        var other = new LocalServer(shared.resolve("llama.sock"), LONG, LONG);
        awaitBusy(other, 0);
        var running = CompletableFuture.supplyAsync(() -> generated(ASKED + "Once", 60));
        awaitBusy(other, 1);
        running.join();
        awaitBusy(other, 0);
    }

    /** A slot is free a moment after its answer was read. */
    private static void awaitBusy(LocalServer server, int count) throws Exception {
        for (int look = 0; look < 500 && server.busySlots(LONG).orElseThrow() != count; look++) {
            Thread.sleep(2);
        }
        assertEquals(count, server.busySlots(LONG).orElseThrow());
    }

    @Test
    void one_that_was_killed_loses_the_answer_under_way_and_is_asked_again() throws Exception {
        var before = generated(ASKED, 3).text();
        var running = CompletableFuture.supplyAsync(() -> generated(ASKED + "Once", 200));
        Thread.sleep(300);
        server().kill();
        var lost = assertThrows(CompletionException.class, running::join);
        assertTrue(lost.getCause() instanceof EngineLost, lost.toString());
        start();
        assertEquals(before, generated(ASKED, 3).text());
    }
}

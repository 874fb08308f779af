package pantheon.night.engine.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineContract;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

/**
 * An engine before the real vLLM, which {@code src/bench/vllm.sh} starts: too large for every build. The properties
 * {@code vllm.socket}, {@code vllm.tokenizer} (a folder, or empty for prompts as text), {@code vllm.grammar} (the
 * language that has to be found) and {@code vllm.adapter} (the name of an adapter, or empty) say which.
 */
class RealVllm extends EngineContract {
    private static final Duration LONG = Duration.ofMinutes(10);

    private static String told(String name) {
        return Objects.requireNonNull(System.getProperty(name), name + " is not set: run src/bench/vllm.sh");
    }

    private static ServerEngine engine(@Nullable String adapter) {
        var tokenizer = told("vllm.tokenizer").isEmpty() ? null : Path.of(told("vllm.tokenizer"));
        return ServerEngine.connect(new ServerOptions(
                Path.of(told("vllm.socket")), null, adapter, tokenizer, 0, 0, ChatFormats.QWEN, LONG, LONG));
    }

    @Override
    protected Engine engine() {
        return engine(null);
    }

    /** As {@code --block-size} says. */
    @Override
    protected int cachedBy() {
        return 32;
    }

    private static String counted(Engine engine) {
        try (var conversation = engine.open()) {
            return conversation
                    .generate(Prompt.unshared(SAY), new GenerationLimits(20, LONG))
                    .text();
        }
    }

    @Test
    void its_facts_are_those_of_the_server() {
        var facts = loaded().model().facts();
        assertEquals(told("vllm.grammar"), facts.get("grammar"), "it held to a word");
        assertTrue(String.valueOf(facts.get("server")).startsWith("vLLM "), facts.toString());
        assertEquals("counted", facts.get("cached_tokens"));
    }

    @Test
    void an_adapter_changes_what_it_says() {
        if (told("vllm.adapter").isEmpty()) {
            assertTrue(loaded().model().facts().get("adapter") == null);
            return;
        }
        try (var adapted = engine(told("vllm.adapter"))) {
            assertEquals(told("vllm.adapter"), adapted.model().facts().get("adapter"));
            assertNotEquals(counted(loaded()), counted(adapted));
        }
    }
}

package pantheon.night.cli.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineModel;

/** That engines are loaded once each, and none is left open. */
final class EnginesTest {
    private final List<String> happened = new ArrayList<>();

    private Engine load(String name) {
        if (name.equals("broken")) {
            throw new NightException(ExitCode.CONFIG, "broken cannot be loaded");
        }
        happened.add("load " + name);
        return new Engine() {
            @Override
            public EngineModel model() {
                return new EngineModel(name, "0".repeat(64), 1_000, List.of(), "process:test");
            }

            @Override
            public Conversation open() {
                throw new IllegalStateException("nobody talks here");
            }

            @Override
            public long memoryBytes() {
                return 2_000_000;
            }

            @Override
            public void close() {
                happened.add("close " + name);
            }
        };
    }

    @Test
    void a_model_that_many_tasks_need_is_loaded_once_and_closed_once() {
        try (var engines = Engines.load(List.of("b", "a", "b"), this::load)) {
            assertEquals(List.of("a", "b"), List.copyOf(engines.byName().keySet()));
        }
        assertEquals(List.of("load a", "load b", "close a", "close b"), happened);
    }

    @Test
    void where_one_cannot_be_loaded_those_before_it_are_closed() {
        assertThrows(NightException.class, () -> Engines.load(List.of("a", "b", "broken"), this::load));
        assertEquals(List.of("load a", "load b", "close a", "close b"), happened);
    }

    private Engine without(String name) {
        if (name.startsWith("gone")) {
            throw new NightException(ExitCode.UNAVAILABLE, name + " is not there");
        }
        return load(name);
    }

    @Test
    void one_that_cannot_be_used_is_told_where_there_is_another_one() {
        try (var engines = Engines.load(List.of("gone", "a"), this::without)) {
            assertEquals(Set.of("a"), engines.byName().keySet());
            assertEquals(Map.of("gone", "gone is not there"), engines.unusable());
        }
        var none = assertThrows(NightException.class, () -> Engines.load(List.of("gone 1", "gone 2"), this::without));
        assertEquals("gone 1 is not there", none.getMessage());
    }

    @Test
    void models_that_take_more_together_than_there_is_are_not_begun_with() {
        try (var engines = Engines.load(List.of("a", "b"), this::load)) {
            Engines.requireRoom(engines.byName(), 4_000_000);
            var refused = assertThrows(NightException.class, () -> Engines.requireRoom(engines.byName(), 3_999_999));
            assertEquals(ExitCode.CONFIG, refused.exitCode());
            assertEquals(
                    "models a, b: 4 MB at most are needed for weights, keys and values, and this process may have 3 MB. Set sequences or contextTokens to less; pantheon-night model inspect tells what each takes.",
                    refused.getMessage());
        }
    }
}

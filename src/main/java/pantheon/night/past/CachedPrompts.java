package pantheon.night.past;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.Session;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;

/**
 * How much of a night's prompts came from the models' caches, by agent and model, folded from its journal: every turn that
 * it tells of, also those of attempts that were cut off.
 */
public final class CachedPrompts {
    private static final String UNKNOWN = "unknown";

    private final Map<String, TaskStarted> tasks = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private final Map<Key, Share> shares = new TreeMap<>(
            Comparator.comparing(Key::agent).thenComparing(Key::version).thenComparing(Key::model));

    /** An agent with its version, and the model that turns name. */
    public record Key(String agent, String version, String model) {}

    /**
     * The prompts of some turns.
     *
     * @param turns how many
     * @param untold how many more there are of which the server does not tell what was cached; they count in nothing else
     * @param prompt the prompts' tokens
     * @param cached those of them that came from the cache
     */
    public record Share(int turns, int untold, long prompt, long cached) {
        public static final Share NONE = new Share(0, 0, 0, 0);

        public Share plus(Share other) {
            return new Share(turns + other.turns, untold + other.untold, prompt + other.prompt, cached + other.cached);
        }

        /** Of the prompts' tokens, from 0 to 1; NaN where there are none. */
        public double ratio() {
            return (double) cached / prompt;
        }
    }

    /** Takes what a night's journal tells. */
    public void take(NightEvent event) {
        switch (event) {
            case Session session -> begin(session);
            case TaskStarted task -> tasks.put(task.task(), task);
            case GenerationReceived turn -> shares.merge(key(turn), share(turn), Share::plus);
            case TaskFinished task -> tasks.remove(task.task());
            default -> {}
        }
    }

    /** A server may have been started anew with other options. */
    private void begin(Session session) {
        silent.clear();
        session.models().stream().filter(model -> !model.tellsCached()).forEach(model -> silent.add(model.turnsName()));
    }

    private Key key(GenerationReceived turn) {
        var task = tasks.get(turn.task());
        return task == null
                ? new Key(UNKNOWN, UNKNOWN, turn.model())
                : new Key(task.agent(), task.agentVersion(), turn.model());
    }

    private Share share(GenerationReceived turn) {
        var cached = told(turn);
        return cached == null
                ? new Share(0, 1, 0, 0)
                : new Share(1, 0, turn.tokens().input(), cached);
    }

    /** How many tokens of a turn's prompt came from the cache, null where that is not known. */
    public @Nullable Long told(GenerationReceived turn) {
        return silent.contains(turn.model()) ? null : turn.tokens().cached();
    }

    /** By agent, version and model. */
    public Map<Key, Share> shares() {
        return Collections.unmodifiableMap(shares);
    }

    /** Of all agents and models. */
    public Share all() {
        return shares.values().stream().reduce(Share.NONE, Share::plus);
    }
}

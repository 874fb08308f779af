package pantheon.night.past;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import pantheon.night.agent.Agent;
import pantheon.night.outcome.FinishReason;

/** How long the last tasks of each agent took, and so by when the next one can be expected to end. */
public final class TaskTimes {
    /** How many tasks of an agent are remembered. */
    static final int REMEMBERED = 200;

    /** So many of them ended within what is expected. */
    private static final double CONFIDENCE = 0.9;

    private final BiFunction<String, String, List<Duration>> earlier;
    private final Map<String, Deque<Duration>> byAgent = new HashMap<>();

    /** @param earlier how long the tasks of an agent's name and version took in earlier nights, oldest first */
    public TaskTimes(BiFunction<String, String, List<Duration>> earlier) {
        this.earlier = earlier;
    }

    /** A task kept its slot busy for so long; one that was cut off tells nothing of how long it would have. */
    public void ended(Agent agent, FinishReason reason, Duration took) {
        if (reason.isNoneOfItsOwn() || reason == FinishReason.ATTEMPTS_SPENT) {
            return;
        }
        var times = times(agent);
        times.addLast(took);
        if (times.size() > REMEMBERED) {
            times.removeFirst();
        }
    }

    /**
     * The time within which nine of ten of the agent's last tasks ended. Zero where this version was never seen: a
     * new agent begins while the window is open, or nothing would ever be known of it.
     */
    public Duration expected(Agent agent) {
        var times = times(agent);
        return times.isEmpty()
                ? Duration.ZERO
                : times.stream()
                        .sorted()
                        .skip((long) Math.ceil(CONFIDENCE * times.size()) - 1)
                        .findFirst()
                        .orElseThrow();
    }

    private Deque<Duration> times(Agent agent) {
        return byAgent.computeIfAbsent(agent.name() + "@" + agent.version(), key -> {
            var all = earlier.apply(agent.name(), agent.version());
            return new ArrayDeque<>(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
        });
    }
}

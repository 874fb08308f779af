package pantheon.night.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import pantheon.night.agent.Agent;
import pantheon.night.agent.FinishReason;

/** How long the last tasks of each agent took, and so by when the next one can be expected to end. */
public final class TaskTimes {
    /** How many tasks of an agent are remembered. */
    static final int REMEMBERED = 200;

    /** So many of them ended within what is expected. */
    private static final double CONFIDENCE = 0.9;

    private final Map<String, Deque<Duration>> byAgent = new HashMap<>();

    TaskTimes() {}

    /** A task of this key ended; one that was cut off tells nothing of how long it would have taken. */
    void ended(String key, FinishReason reason, Duration took) {
        if (reason.carriesOver() || reason == FinishReason.ATTEMPTS_SPENT) {
            return;
        }
        var times = byAgent.computeIfAbsent(key, agent -> new ArrayDeque<>());
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
        var times = byAgent.get(key(agent.name(), agent.version()));
        return times == null
                ? Duration.ZERO
                : times.stream()
                        .sorted()
                        .skip((long) Math.ceil(CONFIDENCE * times.size()) - 1)
                        .findFirst()
                        .orElseThrow();
    }

    /** What the tasks of an agent are remembered by. */
    static String key(String agent, String version) {
        return agent + "@" + version;
    }
}

package pantheon.night.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.agent.ToolLoop.Asked;
import tools.jackson.databind.node.ObjectNode;

/**
 * One queue line.
 *
 * @param id names the task in logs, artifacts and commits; unique for good
 * @param agent the agent's name
 * @param input valid against the agent's input schema
 * @param priority -100 to 100, higher first
 * @param labels free words for people and reports
 * @param rejected why a person did not want what an earlier attempt made; null where nobody said
 */
public record Task(
        String id,
        String agent,
        ObjectNode input,
        int priority,
        List<String> labels,
        @Nullable String rejected) {
    public Task {
        labels = List.copyOf(labels);
    }

    /** One of whose earlier attempts nobody said anything. */
    public Task(String id, String agent, ObjectNode input, int priority, List<String> labels) {
        this(id, agent, input, priority, labels, null);
    }

    /** What its agent is asked. */
    public Asked asked() {
        return new Asked(input, rejected);
    }
}

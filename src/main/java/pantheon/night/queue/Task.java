package pantheon.night.queue;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One queue line.
 *
 * @param id names the task in logs, artifacts and commits; unique for good
 * @param agent the agent's name
 * @param input valid against the agent's input schema
 * @param priority -100 to 100, higher first
 * @param labels free words for people and reports
 */
public record Task(String id, String agent, ObjectNode input, int priority, List<String> labels) {
    public Task {
        labels = List.copyOf(labels);
    }
}

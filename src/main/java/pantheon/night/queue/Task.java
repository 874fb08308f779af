package pantheon.night.queue;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
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
 * @param notBefore the day on which the first night begins that does it; null for any
 * @param after the ids of the tasks whose work it builds on, as {@link Dependencies} has it
 */
public record Task(
        String id,
        String agent,
        ObjectNode input,
        int priority,
        List<String> labels,
        @Nullable String rejected,
        @Nullable LocalDate notBefore,
        List<String> after) {
    public Task {
        labels = List.copyOf(labels);
        after = List.copyOf(after);
    }

    /** One for any night, that builds on no other, and of whose earlier attempts nobody said anything. */
    public Task(String id, String agent, ObjectNode input, int priority, List<String> labels) {
        this(id, agent, input, priority, labels, null, null, List.of());
    }

    /** Whether it is for a night that begins on a day. */
    public boolean isDue(LocalDate day) {
        return notBefore == null || !day.isBefore(notBefore);
    }

    /** Whether it builds on the work of others. */
    public boolean isDependent() {
        return !after.isEmpty();
    }

    /** What is said of tasks that are for a later night. */
    public static String forLater(int tasks) {
        return "%s of the queue for a later night (notBefore)".formatted(Count.of(tasks, "task"));
    }

    /** What its agent is asked. */
    public Asked asked() {
        return new Asked(input, rejected);
    }
}

package pantheon.night.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pantheon.night.outcome.FinishReason;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a task ended.
 *
 * @param message what a person should know beside the reason
 * @param output the agent's output, null where it gave none
 */
public record Ending(
        FinishReason reason,
        String message,
        Progress progress,
        @Nullable ObjectNode output,
        Duration elapsed) {
    public boolean accepted() {
        return reason == FinishReason.ACCEPTED;
    }
}

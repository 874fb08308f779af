package pantheon.night.past;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pantheon.night.journal.Event;
import pantheon.night.journal.EventType;
import pantheon.night.outcome.FinishReason;
import tools.jackson.databind.JsonNode;

/** The tasks that a night's lines tell of. */
final class NightTasks {
    private final Set<String> named = new LinkedHashSet<>();
    private final Set<String> ended = new LinkedHashSet<>();

    void take(Event event) {
        if (event.task() != null) {
            named.add(event.task());
        }
        if (event.type() == EventType.NIGHT_FINISHED) {
            event.data()
                    .path("night.carry_over")
                    .valueStream()
                    .map(JsonNode::stringValue)
                    .forEach(named::add);
        }
        if (event.type() == EventType.TASK_FINISHED
                && event.task() != null
                && !FinishReason.of(event.data().get("night.finish_reason").stringValue())
                        .carriesOver()) {
            ended.add(event.task());
        }
    }

    /** Those that were begun, or left to the next night. */
    List<String> named() {
        return List.copyOf(named);
    }

    /** Those that ended for good. */
    List<String> ended() {
        return List.copyOf(ended);
    }
}

package pantheon.night.agent;

import java.util.List;
import pantheon.night.outcome.StopReason;
import pantheon.night.tool.ToolCall;
import tools.jackson.databind.node.ObjectNode;

/** What the model's turn amounts to, judged against the contract. */
public sealed interface Reply {
    /** One call or more, each complete, named, and on schema. */
    record Calls(List<ToolCall> calls) implements Reply {
        public Calls {
            calls = List.copyOf(calls);
        }
    }

    /** A call of {@code final} alone, on schema. */
    record Final(ObjectNode output) implements Reply {}

    /**
     * Anything else.
     *
     * @param code a short fixed word, for example {@code invalid_json}
     * @param message what is wrong, for the log
     * @param correction what the model is told
     */
    record OffSchema(String code, String message, Correction correction) implements Reply {}

    /** The context was full, or the task's time was up, before the turn ended. */
    record CutOff(StopReason reason) implements Reply {}
}

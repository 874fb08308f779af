package pantheon.night.journal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.contract.JsonCursor;
import pantheon.night.journal.NightEvent.AgentReleased;
import pantheon.night.journal.NightEvent.AgentStopped;
import pantheon.night.journal.NightEvent.AgentWaits;
import pantheon.night.journal.NightEvent.CallRejected;
import pantheon.night.journal.NightEvent.CheckFinished;
import pantheon.night.journal.NightEvent.CommitIntended;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.DecisionMade;
import pantheon.night.journal.NightEvent.EgressProven;
import pantheon.night.journal.NightEvent.Evidence;
import pantheon.night.journal.NightEvent.ForecastMade;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.LinesRefused;
import pantheon.night.journal.NightEvent.NightDirected;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightGathered;
import pantheon.night.journal.NightEvent.NightPruned;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.StatementSigned;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightEvent.TasksParked;
import pantheon.night.journal.NightEvent.ToolCalled;
import pantheon.night.journal.NightEvent.ToolReturned;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events as the data of a journal's lines, and back. */
public final class EventCodec {
    private EventCodec() {}

    /** The data of an event's line, its fields in their order. */
    public static ObjectNode data(NightEvent event) {
        return switch (event) {
            case NightStarted started -> EventFields.NIGHT_STARTED.json(started);
            case NightResumed resumed -> EventFields.NIGHT_RESUMED.json(resumed);
            case NightGathered gathered -> EventFields.NIGHT_GATHERED.json(gathered);
            case EgressProven proven -> EventFields.EGRESS_PROVEN.json(proven);
            case ForecastMade made -> EventFields.FORECAST_MADE.json(made);
            case LinesRefused refused -> EventFields.LINES_REFUSED.json(refused);
            case TasksParked parked -> EventFields.TASKS_PARKED.json(parked);
            case TaskStarted started -> EventFields.TASK_STARTED.json(started);
            case GenerationReceived received -> EventFields.GENERATION_RECEIVED.json(received);
            case CallRejected rejected -> EventFields.CALL_REJECTED.json(rejected);
            case ToolCalled called -> EventFields.TOOL_CALLED.json(called);
            case ToolReturned returned -> EventFields.TOOL_RETURNED.json(returned);
            case CheckFinished finished -> EventFields.CHECK_FINISHED.json(finished);
            case CommitIntended intended -> EventFields.COMMIT_INTENDED.json(intended);
            case CommitMade made -> EventFields.COMMIT_MADE.json(made);
            case TaskFinished finished -> data(finished.ending());
            case StatementSigned signed -> EventFields.STATEMENT_SIGNED.json(signed);
            case NightDirected directed -> EventFields.NIGHT_DIRECTED.json(directed);
            case NightFinished finished -> EventFields.NIGHT_FINISHED.json(finished);
            case NightPruned pruned -> EventFields.NIGHT_PRUNED.json(pruned);
            case DecisionMade made -> EventFields.DECISION_MADE.json(made);
            case AgentStopped stopped -> EventFields.AGENT_STOPPED.json(stopped);
            case AgentWaits waits -> EventFields.AGENT_WAITS.json(waits);
            case AgentReleased released -> EventFields.AGENT_RELEASED.json(released);
        };
    }

    /** A task's ending as {@code task.finished} has it. */
    public static ObjectNode data(TaskEnding ending) {
        return EventFields.TASK_ENDING.json(ending);
    }

    /** Pieces of evidence as {@code egress.proven} has them. */
    public static JsonNode data(List<Evidence> evidence) {
        return EventFields.EVIDENCE.json(evidence);
    }

    /**
     * The event of a line's data.
     *
     * @param data valid against the type's schema
     * @throws IllegalArgumentException where it is not in the form that is written
     */
    public static NightEvent event(EventType type, @Nullable String task, JsonNode data) {
        try {
            var in = new JsonCursor(Journal.line(data).getBytes(StandardCharsets.UTF_8));
            var event = read(type, task, in);
            JsonCursor.require(in.isAtEnd());
            return event;
        } catch (JsonCursor.Unfit e) {
            throw new IllegalArgumentException(
                    "the data of %s is not in the form that is written: %s".formatted(type.type(), data), e);
        }
    }

    /**
     * Reads the data of a line.
     *
     * @throws JsonCursor.Unfit where it is not plainly as it is written
     */
    static NightEvent read(EventType type, @Nullable String task, JsonCursor in) {
        JsonCursor.require(type.takes(task));
        return switch (type) {
            case NIGHT_STARTED -> EventFields.NIGHT_STARTED.read(in);
            case NIGHT_RESUMED -> EventFields.NIGHT_RESUMED.read(in);
            case NIGHT_GATHERED -> EventFields.NIGHT_GATHERED.read(in);
            case EGRESS_PROVEN -> EventFields.EGRESS_PROVEN.read(in);
            case FORECAST_MADE -> EventFields.FORECAST_MADE.read(in);
            case LINES_REFUSED -> EventFields.LINES_REFUSED.read(in);
            case TASKS_PARKED -> EventFields.TASKS_PARKED.read(in);
            case TASK_STARTED -> EventFields.TASK_STARTED.read(in, task);
            case GENERATION_RECEIVED -> EventFields.GENERATION_RECEIVED.read(in, task);
            case CALL_REJECTED -> EventFields.CALL_REJECTED.read(in, task);
            case TOOL_CALLED -> EventFields.TOOL_CALLED.read(in, task);
            case TOOL_RETURNED -> EventFields.TOOL_RETURNED.read(in, task);
            case CHECK_FINISHED -> EventFields.CHECK_FINISHED.read(in, task);
            case COMMIT_INTENDED -> EventFields.COMMIT_INTENDED.read(in, task);
            case COMMIT_MADE -> EventFields.COMMIT_MADE.read(in, task);
            case TASK_FINISHED -> new TaskFinished(String.valueOf(task), EventFields.TASK_ENDING.read(in));
            case STATEMENT_SIGNED -> EventFields.statement(EventFields.STATEMENT_SIGNED.read(in), task);
            case NIGHT_DIRECTED -> EventFields.NIGHT_DIRECTED.read(in);
            case NIGHT_FINISHED -> EventFields.NIGHT_FINISHED.read(in);
            case NIGHT_PRUNED -> EventFields.NIGHT_PRUNED.read(in);
            case DECISION_MADE -> EventFields.DECISION_MADE.read(in, task);
            case AGENT_STOPPED -> EventFields.AGENT_STOPPED.read(in);
            case AGENT_WAITS -> EventFields.AGENT_WAITS.read(in);
            case AGENT_RELEASED -> EventFields.AGENT_RELEASED.read(in);
        };
    }

    /**
     * Where two events of one type differ.
     *
     * @param field the first one, by name
     * @param made what it is in the one, as JSON
     * @param recorded what it is in the other
     */
    public record Difference(String field, String made, String recorded) {}

    /** The first difference of two events of one type; how long something took is none. */
    public static Optional<Difference> difference(NightEvent made, NightEvent recorded) {
        return difference(data(made), data(recorded));
    }

    /** The first difference of two endings; how long something took is none. */
    public static Optional<Difference> difference(TaskEnding made, TaskEnding recorded) {
        return difference(data(made), data(recorded));
    }

    private static Optional<Difference> difference(ObjectNode made, ObjectNode recorded) {
        var names = new TreeSet<>(made.propertyNames());
        names.addAll(recorded.propertyNames());
        names.removeAll(EventFields.TIMES);
        return names.stream()
                .map(name -> new Difference(name, Json.write(made.path(name)), Json.write(recorded.path(name))))
                .filter(difference -> !difference.made().equals(difference.recorded()))
                .findFirst();
    }
}

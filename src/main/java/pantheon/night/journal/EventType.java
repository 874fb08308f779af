package pantheon.night.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Schema;
import pantheon.night.journal.NightEvent.AgentReleased;
import pantheon.night.journal.NightEvent.AgentStopped;
import pantheon.night.journal.NightEvent.AgentWaits;
import pantheon.night.journal.NightEvent.CallRejected;
import pantheon.night.journal.NightEvent.CheckFinished;
import pantheon.night.journal.NightEvent.CommitIntended;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.DecisionMade;
import pantheon.night.journal.NightEvent.EgressProven;
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
import pantheon.night.journal.NightEvent.TaskEvent;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightEvent.TasksParked;
import pantheon.night.journal.NightEvent.ToolCalled;
import pantheon.night.journal.NightEvent.ToolReturned;

/** The kinds of events that a journal holds; each has a schema that ships with the program. */
public enum EventType {
    NIGHT_STARTED(NightStarted.class, false),
    NIGHT_RESUMED(NightResumed.class, false),
    EGRESS_PROVEN(EgressProven.class, false),
    FORECAST_MADE(ForecastMade.class, false),
    LINES_REFUSED(LinesRefused.class, false),
    TASK_STARTED(TaskStarted.class, false),
    GENERATION_RECEIVED(GenerationReceived.class, false),
    CALL_REJECTED(CallRejected.class, false),
    TOOL_CALLED(ToolCalled.class, false),
    TOOL_RETURNED(ToolReturned.class, false),
    CHECK_FINISHED(CheckFinished.class, false),
    COMMIT_INTENDED(CommitIntended.class, true),
    COMMIT_MADE(CommitMade.class, true),
    TASK_FINISHED(TaskFinished.class, true),
    STATEMENT_SIGNED(StatementSigned.class, true),
    NIGHT_DIRECTED(NightDirected.class, false),
    NIGHT_FINISHED(NightFinished.class, true),
    NIGHT_PRUNED(NightPruned.class, true),
    DECISION_MADE(DecisionMade.class, true),
    NIGHT_GATHERED(NightGathered.class, true),
    AGENT_STOPPED(AgentStopped.class, true),
    AGENT_WAITS(AgentWaits.class, false),
    AGENT_RELEASED(AgentReleased.class, true),
    TASKS_PARKED(TasksParked.class, false);

    private static final String PREFIX = "night.pantheon.";
    private static final String SUFFIX = ".v1";

    private static final Map<EventType, Schema> SCHEMAS = Arrays.stream(values())
            .collect(
                    Collectors.toMap(type -> type, type -> Schema.resource("/schema/event/" + type.words() + ".json")));

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(EventType::type, type -> type));

    private static final Map<Class<?>, EventType> BY_RECORD =
            Arrays.stream(values()).collect(Collectors.toMap(type -> type.record, type -> type));

    private final Class<? extends NightEvent> record;
    private final boolean durable;

    EventType(Class<? extends NightEvent> record, boolean durable) {
        this.record = record;
        this.durable = durable;
    }

    /** The type of an event. */
    public static EventType of(NightEvent event) {
        return Objects.requireNonNull(BY_RECORD.get(event.getClass()));
    }

    private String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** The event's {@code type} in CloudEvents' sense, for example {@code night.pantheon.task.started.v1}. */
    public String type() {
        return PREFIX + words() + SUFFIX;
    }

    /** The schema of the event's {@code data}. */
    public Schema data() {
        return Objects.requireNonNull(SCHEMAS.get(this));
    }

    /** Whether it is on the disk before anything else happens: an outcome, or the intent of what cannot be undone. */
    boolean isDurable() {
        return durable;
    }

    /** Whether its lines are of a task, have none, or may have one: a statement is over a task, or over the night. */
    boolean takes(@Nullable String task) {
        return this == STATEMENT_SIGNED || TaskEvent.class.isAssignableFrom(record) == (task != null);
    }

    /** The type with this name, null where there is none. */
    static @Nullable EventType find(String type) {
        return BY_NAME.get(type);
    }

    /**
     * The type with this name.
     *
     * @throws IllegalArgumentException where there is none
     */
    static EventType of(String type) {
        var known = find(type);
        if (known == null) {
            throw new IllegalArgumentException("unknown event type " + type);
        }
        return known;
    }
}

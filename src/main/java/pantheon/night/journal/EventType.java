package pantheon.night.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import pantheon.night.contract.Schema;

/** The kinds of events that a journal holds; each has a schema that ships with the program. */
public enum EventType {
    NIGHT_STARTED,
    NIGHT_RESUMED,
    EGRESS_PROVEN,
    FORECAST_MADE,
    TASK_STARTED,
    GENERATION_RECEIVED,
    CALL_REJECTED,
    TOOL_CALLED,
    TOOL_RETURNED,
    CHECK_FINISHED,
    COMMIT_INTENDED,
    COMMIT_MADE,
    TASK_FINISHED,
    STATEMENT_SIGNED,
    NIGHT_FINISHED,
    NIGHT_PRUNED;

    private static final String PREFIX = "night.pantheon.";
    private static final String SUFFIX = ".v1";

    private static final Map<EventType, Schema> SCHEMAS = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(
                    type -> type, type -> Schema.resource("/schema/event/" + type.words() + ".json")));

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::type, type -> type));

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
        return switch (this) {
            case COMMIT_INTENDED, COMMIT_MADE, TASK_FINISHED, STATEMENT_SIGNED, NIGHT_FINISHED, NIGHT_PRUNED -> true;
            case NIGHT_STARTED,
                    NIGHT_RESUMED,
                    EGRESS_PROVEN,
                    FORECAST_MADE,
                    TASK_STARTED,
                    GENERATION_RECEIVED,
                    CALL_REJECTED,
                    TOOL_CALLED,
                    TOOL_RETURNED,
                    CHECK_FINISHED -> false;
        };
    }

    /**
     * The type with this name.
     *
     * @throws IllegalArgumentException where there is none
     */
    static EventType of(String type) {
        var known = BY_NAME.get(type);
        if (known == null) {
            throw new IllegalArgumentException("unknown event type " + type);
        }
        return known;
    }
}

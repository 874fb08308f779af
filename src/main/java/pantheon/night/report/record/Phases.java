package pantheon.night.report.record;

/**
 * Where time went, in milliseconds.
 *
 * @param taskMs the tasks' whole time, the phases included
 */
public record Phases(long prefillMs, long decodeMs, long toolMs, long checkMs, long taskMs) {
    public static final Phases NONE = new Phases(0, 0, 0, 0, 0);

    public Phases plus(Phases other) {
        return new Phases(
                prefillMs + other.prefillMs,
                decodeMs + other.decodeMs,
                toolMs + other.toolMs,
                checkMs + other.checkMs,
                taskMs + other.taskMs);
    }

    Phases lasting(long ms) {
        return new Phases(prefillMs, decodeMs, toolMs, checkMs, ms);
    }

    /** What is in no phase: the loop itself, files, the commit; each phase is rounded down to milliseconds. */
    public long otherMs() {
        return Math.max(0, taskMs - prefillMs - decodeMs - toolMs - checkMs);
    }
}

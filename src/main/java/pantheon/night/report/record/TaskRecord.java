package pantheon.night.report.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.NightEvent.CheckFinished;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightEvent.ToolReturned;
import pantheon.night.outcome.FinishReason;
import tools.jackson.databind.node.ObjectNode;

/** One task of a night, folded from the events of its last attempt. */
public final class TaskRecord {
    private static final String UNFINISHED = "unfinished";

    private final String id;
    private final String agent;
    private final String version;
    private final Instant begun;
    private final @Nullable TaskStarted started;
    private final List<FailedCheck> failedChecks = new ArrayList<>();
    private @Nullable TaskEnding ending;
    private @Nullable Instant ended;
    private @Nullable String commit;
    private Phases phases = Phases.NONE;
    private boolean signed;
    private boolean cachedUntold;

    /** A check that failed, and what it said. */
    public record FailedCheck(String check, String message) {}

    private TaskRecord(String id, String agent, String version, @Nullable TaskStarted started, Instant begun) {
        this.id = id;
        this.agent = agent;
        this.version = version;
        this.started = started;
        this.begun = begun;
    }

    static TaskRecord begun(TaskStarted task, Instant time) {
        return new TaskRecord(task.task(), task.agent(), task.agentVersion(), task, time);
    }

    /** A task that ended without being begun, for it was begun too often in earlier nights. */
    static TaskRecord unbegun(String id, Instant time) {
        return new TaskRecord(id, "unknown", "unknown", null, time);
    }

    /** @param cached how many of the turn's tokens came from the cache, null where that is not known */
    void generated(GenerationReceived turn, @Nullable Long cached) {
        cachedUntold |= cached == null;
        phases = phases.plus(new Phases(turn.prefillMillis(), turn.decodeMillis(), 0, 0, 0));
    }

    void returned(ToolReturned call) {
        phases = phases.plus(new Phases(0, 0, call.millis(), 0, 0));
    }

    void checked(CheckFinished check) {
        var millis = check.millis();
        phases = phases.plus(new Phases(0, 0, 0, millis == null ? 0 : millis, 0));
        if (!check.passed()) {
            failedChecks.add(new FailedCheck(check.check(), Objects.requireNonNullElse(check.message(), "")));
        }
    }

    void committed(CommitMade made) {
        commit = made.commit();
    }

    void signed() {
        signed = true;
    }

    void finished(TaskEnding came, Instant time) {
        ended = time;
        ending = came;
        commit = came.reason() == FinishReason.CONFLICT ? null : commit; // a shard's, whose work was left out
        phases = phases.lasting(came.millis());
    }

    public String id() {
        return id;
    }

    /** The agent with its version, for example {@code docops.front-matter@3}. */
    public String agent() {
        return agent + "@" + version;
    }

    /** The agent without its version. */
    public String agentName() {
        return agent;
    }

    /** The labels of its queue line. */
    public List<String> labels() {
        return started == null ? List.of() : started.labels();
    }

    /** Whether it is of an agent, given by name, or as {@link #agent} has it. */
    public boolean isOf(String name) {
        return name.equals(agent) || name.equals(agent());
    }

    /** The document that it is about, where its input names one as {@code path}, as the checks have it. */
    public Optional<String> path() {
        return input().map(input -> input.path("path").stringValue(null));
    }

    /** What it was given; empty where it was not begun. */
    public Optional<ObjectNode> input() {
        return Optional.ofNullable(started).map(TaskStarted::input);
    }

    /** Why a person did not want what an earlier attempt made, as this one was told; null where it was told nothing. */
    public @Nullable String rejected() {
        return started == null ? null : started.rejected();
    }

    public Instant begun() {
        return begun;
    }

    /** When it ended, null while it has not. */
    public @Nullable Instant ended() {
        return ended;
    }

    /** The finish reason as the journal writes it; {@code unfinished} where it has not ended. */
    public String reason() {
        return ending == null ? UNFINISHED : ending.reason().code();
    }

    public boolean accepted() {
        return ending != null && ending.reason() == FinishReason.ACCEPTED;
    }

    /** Whether it is left to a later night. */
    public boolean carriesOver() {
        return ending == null || ending.reason().carriesOver();
    }

    /** What its reader should know beside the reason, empty for nothing. */
    public String message() {
        return ending == null ? "" : ending.message();
    }

    public List<FailedCheck> failedChecks() {
        return List.copyOf(failedChecks);
    }

    /** Its commit on the night's branch, null where there is none. */
    public @Nullable String commit() {
        return commit;
    }

    /** SHA-256 of its diff, null where it left none. */
    public @Nullable String diffDigest() {
        return ending == null ? null : ending.diffDigest();
    }

    public Phases phases() {
        return phases;
    }

    public int steps() {
        return ending == null ? 0 : ending.steps();
    }

    public int failures() {
        return ending == null ? 0 : ending.failures();
    }

    public long inputTokens() {
        return ending == null ? 0 : ending.tokens().input();
    }

    /** How many of those came from the models' caches, null where that is not known. */
    public @Nullable Long cachedTokens() {
        return ending == null || cachedUntold ? null : ending.tokens().cached();
    }

    public long outputTokens() {
        return ending == null ? 0 : ending.tokens().output();
    }

    public boolean isSigned() {
        return signed;
    }
}

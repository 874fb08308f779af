package pantheon.night.report.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.JournalReader.Entry;
import tools.jackson.databind.node.ObjectNode;

/** One task of a night, folded from the events of its last attempt. */
public final class TaskRecord {
    /** The finish reasons that leave a task to a later night. */
    private static final Set<String> CARRIED_OVER = Set.of("window_closed", "stopped", "conflict");

    private final String id;
    private final String agent;
    private final String version;
    private final Instant begun;
    private final List<String> failedChecks = new ArrayList<>();
    private @Nullable String reason;
    private @Nullable Instant ended;
    private @Nullable String commit;
    private @Nullable String diffDigest;
    private String message = "";
    private Phases phases = Phases.NONE;
    private int steps;
    private int failures;
    private long inputTokens;
    private long cachedTokens;
    private long outputTokens;
    private boolean signed;

    private TaskRecord(String id, String agent, String version, Instant begun) {
        this.id = id;
        this.agent = agent;
        this.version = version;
        this.begun = begun;
    }

    static TaskRecord begun(String id, Entry started) {
        var data = started.event().data();
        return new TaskRecord(
                id,
                data.get("night.agent").stringValue(),
                data.get("night.agent_version").stringValue(),
                started.time());
    }

    /** A task that ended without being begun, for it was begun too often in earlier nights. */
    static TaskRecord unbegun(String id, Instant time) {
        return new TaskRecord(id, "unknown", "unknown", time);
    }

    void generated(ObjectNode data) {
        phases = phases.plus(new Phases(
                data.get("night.prefill_ms").longValue(),
                data.get("night.decode_ms").longValue(),
                0,
                0,
                0));
    }

    void returned(ObjectNode data) {
        phases = phases.plus(new Phases(0, 0, data.get("night.tool_ms").longValue(), 0, 0));
    }

    void checked(ObjectNode data) {
        phases = phases.plus(new Phases(0, 0, 0, data.path("night.check_ms").asLong(0), 0));
        if (!data.get("night.passed").booleanValue()) {
            failedChecks.add(data.get("night.check").stringValue());
        }
    }

    void committed(ObjectNode data) {
        commit = data.get("night.commit").stringValue();
    }

    void signed() {
        signed = true;
    }

    void finished(Entry entry) {
        var data = entry.event().data();
        ended = entry.time();
        reason = data.get("night.finish_reason").stringValue();
        message = data.path("night.message").asString("");
        steps = data.get("night.steps").intValue();
        failures = data.get("night.failures").intValue();
        inputTokens = data.get("gen_ai.usage.input_tokens").longValue();
        cachedTokens = data.get("gen_ai.usage.cache_read.input_tokens").longValue();
        outputTokens = data.get("gen_ai.usage.output_tokens").longValue();
        diffDigest = data.path("night.diff_digest").asString(null);
        phases = phases.lasting(data.get("night.task_ms").longValue());
    }

    public String id() {
        return id;
    }

    /** The agent with its version, for example {@code docops.front-matter@3}. */
    public String agent() {
        return agent + "@" + version;
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
        return reason == null ? "unfinished" : reason;
    }

    public boolean accepted() {
        return "accepted".equals(reason);
    }

    /** Whether it is left to a later night. */
    public boolean carriesOver() {
        return reason == null || CARRIED_OVER.contains(reason);
    }

    /** What its reader should know beside the reason, empty for nothing. */
    public String message() {
        return message;
    }

    public List<String> failedChecks() {
        return List.copyOf(failedChecks);
    }

    /** Its commit on the night's branch, null where there is none. */
    public @Nullable String commit() {
        return commit;
    }

    /** SHA-256 of its diff, null where it left none. */
    public @Nullable String diffDigest() {
        return diffDigest;
    }

    public Phases phases() {
        return phases;
    }

    public int steps() {
        return steps;
    }

    public int failures() {
        return failures;
    }

    public long inputTokens() {
        return inputTokens;
    }

    public long cachedTokens() {
        return cachedTokens;
    }

    public long outputTokens() {
        return outputTokens;
    }

    public boolean isSigned() {
        return signed;
    }
}

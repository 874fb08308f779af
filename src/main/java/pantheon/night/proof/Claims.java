package pantheon.night.proof;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.journal.Event;
import pantheon.night.journal.Journal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a night's statements claim, folded from its journal: while it is written, when it is gone on with, and when it is
 * verified. So a statement can claim nothing that the journal does not say.
 *
 * <p>A task, and the night, is due from its end until its statement; nothing is due in a night without a key.
 */
public final class Claims {
    private final Map<String, String> modelDigests = new LinkedHashMap<>();
    private final Map<String, ObjectNode> underWay = new HashMap<>();
    private final Map<String, ObjectNode> due = new LinkedHashMap<>();
    private ObjectNode context = Json.object();
    private String run = "";
    private @Nullable String signingKey;
    private @Nullable ObjectNode night;
    private @Nullable String lastCommit;
    private int signed;
    private int unsigned;

    public void take(Event event) {
        var data = event.data();
        var task = String.valueOf(event.task());
        switch (event.type()) {
            case NIGHT_STARTED -> {
                run = data.get("night.run").stringValue();
                context = Json.object().put("run", run);
                context.set("baseCommit", data.get("night.base_commit"));
                begin(data);
            }
            case NIGHT_RESUMED -> {
                night = null;
                begin(data);
                if (signingKey == null) {
                    unsigned += due.size();
                    due.clear();
                }
            }
            case TASK_STARTED -> underWay.put(task, started(task, data));
            case COMMIT_MADE -> {
                lastCommit = data.get("night.commit").stringValue();
                underWay.computeIfAbsent(task, this::begun).put("resultCommit", lastCommit);
            }
            case TASK_FINISHED -> finished(task, data);
            case NIGHT_FINISHED -> night = signingKey == null ? null : ended(data);
            case STATEMENT_SIGNED -> {
                if (event.task() == null) {
                    night = null;
                } else if (due.remove(task) != null) {
                    signed++;
                }
            }
            case EGRESS_PROVEN,
                    FORECAST_MADE,
                    GENERATION_RECEIVED,
                    CALL_REJECTED,
                    TOOL_CALLED,
                    TOOL_RETURNED,
                    CHECK_FINISHED,
                    COMMIT_INTENDED,
                    NIGHT_PRUNED -> {}
        }
    }

    private void begin(JsonNode data) {
        signingKey = data.path("night.signing_key").asString(null);
        context.set("version", data.get("night.version"));
        context.set("configurationDigest", data.get("night.configuration_digest"));
        modelDigests.clear();
        data.get("night.models")
                .forEach(model -> modelDigests.put(
                        model.get("name").stringValue(), model.get("digest").stringValue()));
    }

    private ObjectNode begun(String task) {
        return context.deepCopy().put("task", task);
    }

    private ObjectNode started(String task, JsonNode data) {
        var claim = begun(task);
        claim.put(
                "agent",
                data.get("night.agent").stringValue()
                        + "@"
                        + data.get("night.agent_version").stringValue());
        var model = data.path("night.model").asString("");
        var digest = modelDigests.get(model);
        if (digest != null) {
            claim.putObject("model").put("name", model).put("digest", digest);
        }
        claim.set("templateHash", data.get("night.template_hash"));
        copy(data, "night.schemas", claim, "schemas");
        copy(data, "night.tools", claim, "tools");
        return claim;
    }

    private void finished(String task, JsonNode data) {
        var begun = underWay.remove(task);
        if (signingKey == null) {
            unsigned++;
            return;
        }
        var claim = begun == null ? begun(task) : begun;
        claim.set("finishReason", data.get("night.finish_reason"));
        copy(data, "night.diff_digest", claim, "diffDigest");
        due.put(task, claim);
    }

    private ObjectNode ended(JsonNode data) {
        var claim = context.deepCopy();
        if (lastCommit != null) {
            claim.put("resultCommit", lastCommit);
        }
        claim.set("outcome", data.get("night.outcome"));
        claim.set("tasks", data.get("night.tasks"));
        var models = claim.putArray("models");
        modelDigests.forEach(
                (name, digest) -> models.addObject().put("name", name).put("digest", digest));
        return claim;
    }

    private static void copy(JsonNode from, String field, ObjectNode to, String name) {
        if (from.has(field)) {
            to.set(name, from.get(field));
        }
    }

    /** The id of the key that the night says it signs with; empty where it does not sign. */
    Optional<String> signingKey() {
        return Optional.ofNullable(signingKey);
    }

    /** The tasks that ended and have no statement yet, in the order of their ends. */
    List<String> due() {
        return List.copyOf(due.keySet());
    }

    /** Whether the night has ended and has no statement yet. */
    public boolean nightIsDue() {
        return night != null;
    }

    /** How many tasks ended in this journal and have their statement. */
    int signed() {
        return signed;
    }

    /** How many tasks ended in this journal while it was not signed. */
    int unsigned() {
        return unsigned;
    }

    /**
     * The statement that is due over a task, or over the night; empty where none is.
     *
     * @param task null for the night
     * @param place where the statement will stand
     * @param artifacts name → digests of what else it is over
     */
    Optional<Statement> statement(
            @Nullable String task, Journal.Place place, Map<String, Map<String, String>> artifacts) {
        var claim = task == null ? night : due.get(task);
        if (claim == null) {
            return Optional.empty();
        }
        var predicate = Json.object();
        predicate.put("line", place.seq());
        predicate.put("time", place.time().toString());
        predicate.put("chainHead", place.prevHash());
        predicate.setAll(claim);
        var subject = new HashMap<>(artifacts);
        subject.put("%s.jsonl:%d".formatted(run, place.seq() - 1), Map.of("sha256", place.prevHash()));
        if (claim.has("resultCommit")) {
            subject.put("commit", Map.of("gitCommit", claim.get("resultCommit").stringValue()));
        }
        return Optional.of(
                new Statement(task == null ? Statement.Kind.NIGHT : Statement.Kind.TASK, subject, predicate));
    }
}

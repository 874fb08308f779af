package pantheon.night.proof;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightGathered;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.Session;
import pantheon.night.journal.NightEvent.StatementSigned;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.StatementKind;
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

    public void take(NightEvent event) {
        switch (event) {
            case NightStarted started -> {
                run = started.run();
                context = Json.object().put("run", run).put("baseCommit", started.baseCommit());
                if (started.shard() != null) {
                    context.set("shard", started.shard().json());
                }
                begin(started);
            }
            case NightResumed resumed -> resume(resumed);
            case NightGathered gathered -> lastCommit = gathered.commit();
            case TaskStarted started -> underWay.put(started.task(), started(started));
            case CommitMade made -> {
                lastCommit = made.commit();
                underWay.computeIfAbsent(made.task(), this::begun).put("resultCommit", lastCommit);
            }
            case TaskFinished finished -> finished(finished);
            case NightFinished finished -> night = signingKey == null ? null : ended(finished);
            case StatementSigned signed -> signed(signed.task());
            default -> {}
        }
    }

    private void begin(Session session) {
        signingKey = session.signingKey();
        context.put("version", session.version());
        context.put("configurationDigest", session.configurationDigest());
        modelDigests.clear();
        session.models().forEach(model -> modelDigests.put(model.name(), model.digest()));
    }

    private void resume(NightResumed resumed) {
        night = null;
        begin(resumed);
        if (signingKey == null) {
            unsigned += due.size();
            due.clear();
        }
    }

    private void signed(@Nullable String task) {
        if (task == null) {
            night = null;
        } else if (due.remove(task) != null) {
            signed++;
        }
    }

    private ObjectNode begun(String task) {
        return context.deepCopy().put("task", task);
    }

    private ObjectNode started(TaskStarted started) {
        var claim = begun(started.task()).put("agent", started.versionedAgent());
        var model = started.model();
        var digest = model == null ? null : modelDigests.get(model);
        if (model != null && digest != null) {
            digest(claim.putObject("model"), model, digest);
        }
        claim.put("templateHash", started.templateHash());
        var schemas = started.schemas();
        if (schemas != null) {
            claim.putObject("schemas").put("input", schemas.input()).put("output", schemas.output());
        }
        if (started.tools() != null) {
            var tools = claim.putArray("tools");
            started.tools().forEach(tool -> digest(tools.addObject(), tool.name(), tool.digest()));
        }
        return claim;
    }

    private static void digest(ObjectNode of, String name, String digest) {
        of.put("name", name).put("digest", digest);
    }

    private void finished(TaskFinished finished) {
        var task = finished.task();
        var begun = underWay.remove(task);
        if (signingKey == null) {
            unsigned++;
            return;
        }
        var claim = begun == null ? begun(task) : begun;
        claim.put("finishReason", finished.reason().code());
        if (finished.ending().diffDigest() != null) {
            claim.put("diffDigest", finished.ending().diffDigest());
        }
        due.put(task, claim);
    }

    private ObjectNode ended(NightFinished finished) {
        var claim = context.deepCopy();
        if (lastCommit != null) {
            claim.put("resultCommit", lastCommit);
        }
        claim.put("outcome", finished.outcome().code());
        var tasks = claim.putObject("tasks");
        finished.tasks().forEach((reason, count) -> tasks.put(reason.code(), count));
        var models = claim.putArray("models");
        modelDigests.forEach((name, digest) -> digest(models.addObject(), name, digest));
        return claim;
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
        return Optional.of(new Statement(task == null ? StatementKind.NIGHT : StatementKind.TASK, subject, predicate));
    }
}

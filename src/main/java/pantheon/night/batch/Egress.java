package pantheon.night.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.journal.Event;
import pantheon.night.journal.EventType;
import pantheon.night.local.preflight.EgressProof;
import pantheon.night.local.preflight.Evidence;
import pantheon.night.local.preflight.PreflightCheck;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The proofs that nothing can call out: made before a model is loaded and before each command tool, and told to the
 * journal.
 */
public final class Egress {
    private final Supplier<EgressProof> whole;
    private final Supplier<EgressProof> repeated;
    /** Made on the threads of tools, told by the night's own, which alone writes the journal. */
    private final Queue<EgressProof> untold = new ConcurrentLinkedQueue<>();

    private @Nullable EgressProof proven;

    /**
     * Nothing is collected yet.
     *
     * @param whole collects all the evidence
     * @param repeated collects the part that can change
     */
    public Egress(Supplier<EgressProof> whole, Supplier<EgressProof> repeated) {
        this.whole = whole;
        this.repeated = repeated;
    }

    /** When a proof was made: what {@code night.moment} says. */
    enum Moment {
        START("start"),
        RESUME("resume"),
        COMMAND_TOOL("command_tool");

        private final String code;

        Moment(String code) {
            this.code = code;
        }
    }

    /** Collects all the evidence, whatever it says. */
    public EgressProof collect() {
        return whole.get();
    }

    /**
     * Collects all the evidence, before a model is loaded.
     *
     * @throws pantheon.night.NightException with exit code 77 and all that is missing
     */
    public EgressProof prove() {
        proven = collect().demand();
        return proven;
    }

    /**
     * Collects the part that can change once more, before a command tool runs; for any thread.
     *
     * @throws pantheon.night.NightException with exit code 77 and all that is missing
     */
    public void renew() {
        untold.add(repeated.get().demand());
    }

    /** The line with which a night starts or goes on: all the evidence. */
    Event opening(Moment moment) {
        return event(line(moment, proven()).set("night.evidence", json(proven().evidence())));
    }

    /**
     * The lines of the proofs that were renewed since they were last told: a digest alone where nothing has changed
     * since the start, so that the journal of a night with many calls stays small.
     */
    List<Event> renewals() {
        var lines = new ArrayList<Event>();
        for (var proof = untold.poll(); proof != null; proof = untold.poll()) {
            var line = line(Moment.COMMAND_TOOL, proof);
            if (!digest(proof).equals(digest(proven()))) {
                line.set("night.evidence", json(proof.evidence()));
            }
            lines.add(event(line));
        }
        return lines;
    }

    private EgressProof proven() {
        if (proven == null) {
            throw new IllegalStateException("nothing was proven before the night");
        }
        return proven;
    }

    /** The night's own, also where a task's tool asked for it: a replay compares what belongs to tasks. */
    private static Event event(ObjectNode data) {
        return new Event(EventType.EGRESS_PROVEN, null, data);
    }

    private static ObjectNode line(Moment moment, EgressProof proof) {
        return Json.object().put("night.moment", moment.code).put("night.evidence_digest", digest(proof));
    }

    /** SHA-256 over the part that can change. */
    private static String digest(EgressProof proof) {
        return Sha256.hex(Json.write(json(proof.evidence().stream()
                .filter(evidence -> PreflightCheck.REPEATED.contains(evidence.check()))
                .toList())));
    }

    private static ArrayNode json(List<Evidence> evidence) {
        var array = Json.MAPPER.createArrayNode();
        for (var piece : evidence) {
            array.addObject()
                    .put("check", piece.check().code())
                    .put("expected", piece.check().expected())
                    .put("found", piece.found())
                    .put("holds", piece.holds())
                    .put("required", piece.required());
        }
        return array;
    }
}

package pantheon.night.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.EgressProven;
import pantheon.night.journal.NightEvent.Moment;
import pantheon.night.local.preflight.EgressProof;
import pantheon.night.local.preflight.Evidence;
import pantheon.night.local.preflight.PreflightCheck;

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
    NightEvent opening(Moment moment) {
        return new EgressProven(moment, digest(proven()), told(proven()));
    }

    /**
     * The lines of the proofs that were renewed since they were last told: a digest alone where nothing has changed
     * since the start, so that the journal of a night with many calls stays small. They are the night's own, also where
     * a task's tool asked for one: a replay compares what belongs to tasks.
     */
    List<NightEvent> renewals() {
        var lines = new ArrayList<NightEvent>();
        for (var proof = untold.poll(); proof != null; proof = untold.poll()) {
            var digest = digest(proof);
            boolean asBefore = digest.equals(digest(proven()));
            lines.add(new EgressProven(Moment.COMMAND_TOOL, digest, asBefore ? List.of() : told(proof)));
        }
        return lines;
    }

    private EgressProof proven() {
        if (proven == null) {
            throw new IllegalStateException("nothing was proven before the night");
        }
        return proven;
    }

    /** SHA-256 over the part that can change. */
    private static String digest(EgressProof proof) {
        var repeated = proof.evidence().stream()
                .filter(evidence -> PreflightCheck.REPEATED.contains(evidence.check()))
                .map(Egress::told)
                .toList();
        return Sha256.hex(Json.write(EventCodec.data(repeated)));
    }

    private static List<NightEvent.Evidence> told(EgressProof proof) {
        return proof.evidence().stream().map(Egress::told).toList();
    }

    private static NightEvent.Evidence told(Evidence piece) {
        var check = piece.check();
        return new NightEvent.Evidence(check.code(), check.expected(), piece.found(), piece.holds(), piece.required());
    }
}

package pantheon.night.local.preflight;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** The evidence of one moment that this process reaches no network. */
public record EgressProof(List<Evidence> evidence) {
    public EgressProof {
        evidence = List.copyOf(evidence);
    }

    /** What is required and does not hold. */
    public List<Evidence> missing() {
        return evidence.stream().filter(Evidence::isMissing).toList();
    }

    /**
     * Gives itself, where nothing is missing.
     *
     * @throws NightException with exit code 77 and all that is missing
     */
    public EgressProof demand() {
        var missing = missing();
        if (!missing.isEmpty()) {
            var lines = new ArrayList<String>();
            lines.add("it is not proven that nothing can call out, so nothing was started. Missing:");
            missing.forEach(evidence -> lines.add("  " + evidence.problem()));
            throw new NightException(ExitCode.EGRESS, lines);
        }
        return this;
    }
}

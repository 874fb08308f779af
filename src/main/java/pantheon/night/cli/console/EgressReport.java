package pantheon.night.cli.console;

import pantheon.night.ExitCode;
import pantheon.night.contract.Json;
import pantheon.night.local.preflight.EgressProof;
import pantheon.night.local.preflight.Evidence;
import tools.jackson.databind.node.ObjectNode;

/** Tells a person what was looked at to prove that nothing can call out, what it proves, and what it leaves open. */
public final class EgressReport {
    private final Output output;
    private final boolean outside;

    /** @param outside whether it is the shell's, of a configuration whose layers are those of the night's unit */
    public EgressReport(Output output, boolean outside) {
        this.output = output;
        this.outside = outside;
    }

    /** Prints every piece of evidence, and gives how the command ends. */
    public ExitCode print(EgressProof proof) {
        proof.evidence().forEach(this::print);
        var missing = proof.missing();
        output.result(json(proof));
        output.say(
                missing.isEmpty()
                        ? "proven: this process, its tools and its children cannot call out; Unix sockets are left,"
                                + " and layers marked as absent are not around it"
                        : "not proven: %d required pieces of evidence are missing, so no night would start (exit 77)"
                                .formatted(missing.size()));
        return missing.isEmpty() ? ExitCode.OK : ExitCode.EGRESS;
    }

    private void print(Evidence evidence) {
        var check = evidence.check();
        if (evidence.holds()) {
            output.say(Mark.OK, "%s: %s".formatted(check.code(), evidence.found()));
            output.say("          proves: " + check.proves());
            output.say("          leaves open: " + check.leavesOpen());
            return;
        }
        output.say(mark(evidence), "%s: found %s".formatted(check.code(), evidence.found()));
        output.say("          expected: " + check.expected());
        output.say("          would prove: " + check.proves());
        output.say((evidence.required() ? "          do: " : "          not required here; to have it: ")
                + check.remedy());
    }

    private Mark mark(Evidence evidence) {
        if (!evidence.required()) {
            return Mark.ABSENT;
        }
        return outside && evidence.check().isLayer() ? Mark.UNASKED : Mark.MISSING;
    }

    private static ObjectNode json(EgressProof proof) {
        var json = Json.object();
        json.put("ok", proof.missing().isEmpty());
        var list = json.putArray("evidence");
        for (var evidence : proof.evidence()) {
            var check = evidence.check();
            list.addObject()
                    .put("check", check.code())
                    .put("holds", evidence.holds())
                    .put("required", evidence.required())
                    .put("found", evidence.found())
                    .put("expected", check.expected())
                    .put("proves", check.proves())
                    .put("leaves_open", check.leavesOpen())
                    .put("remedy", check.remedy());
        }
        return json;
    }
}

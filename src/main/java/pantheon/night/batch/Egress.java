package pantheon.night.batch;

import java.util.List;
import java.util.function.Supplier;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.local.Check;
import pantheon.night.local.Evidence;
import pantheon.night.local.Proof;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The proofs that nothing can call out, as the journal has them.
 *
 * @param started all the evidence, collected before a model was loaded
 * @param again the part that can change, collected anew
 */
public record Egress(Proof started, Supplier<Proof> again) {
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

    /** The line with which a night starts or goes on: all the evidence. */
    ObjectNode line(Moment moment) {
        return line(moment, started).set("night.evidence", json(started.evidence()));
    }

    /**
     * Collects the part that can change once more, and gives its line: a digest alone where nothing has changed since
     * the start, so that the journal of a night with many calls stays small.
     *
     * @throws pantheon.night.NightException with exit code 77 where something is missing
     */
    ObjectNode renewed() {
        var proof = again.get().demand();
        var line = line(Moment.COMMAND_TOOL, proof);
        if (!digest(proof).equals(digest(started))) {
            line.set("night.evidence", json(proof.evidence()));
        }
        return line;
    }

    private static ObjectNode line(Moment moment, Proof proof) {
        return Json.object().put("night.moment", moment.code).put("night.evidence_digest", digest(proof));
    }

    /** SHA-256 over the part that can change. */
    private static String digest(Proof proof) {
        return Sha256.hex(Json.write(json(proof.evidence().stream()
                .filter(evidence -> Check.REPEATED.contains(evidence.check()))
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

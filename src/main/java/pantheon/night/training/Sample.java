package pantheon.night.training;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.training.secrets.Secrets;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trace that is kept, with its secrets taken out.
 *
 * @param text the whole conversation as it was sent and answered, every turn closed
 * @param secrets how many were taken out of it
 */
record Sample(String text, int secrets, List<String> promptHashes, Difficulty difficulty, Provenance provenance) {
    /** How hard it is to learn from. */
    record Difficulty(int steps, long tokens, int files) {
        ObjectNode json() {
            return Json.object().put("steps", steps).put("tokens", tokens).put("files", files);
        }
    }

    Sample {
        promptHashes = List.copyOf(promptHashes);
    }

    static Sample of(Trace trace, Secrets.Scrubbed text) {
        return new Sample(
                text.text(),
                text.secrets(),
                trace.promptHashes(),
                new Difficulty(
                        trace.steps(), trace.outputTokens(), trace.paths().size()),
                trace.provenance());
    }

    /** Whether a prompt is one that the journal has, and not for example one whose results were cut since. */
    boolean wasSent(String prompt) {
        return secrets > 0 || promptHashes.contains(Sha256.hex(prompt));
    }

    /** As text: one line of JSON, then the conversation as it is. */
    String write() {
        var json = Json.object().put("secrets", secrets);
        promptHashes.forEach(json.putArray("prompt_hashes")::add);
        json.set("difficulty", difficulty.json());
        json.set("provenance", provenance.json());
        return Json.MAPPER.writeValueAsString(json) + "\n" + text;
    }

    static Sample read(String written) {
        int end = written.indexOf('\n');
        var json = Json.parse(written.substring(0, end));
        var hashes = new ArrayList<String>();
        json.get("prompt_hashes").forEach(hash -> hashes.add(hash.stringValue()));
        var difficulty = json.get("difficulty");
        return new Sample(
                written.substring(end + 1),
                json.get("secrets").intValue(),
                hashes,
                new Difficulty(
                        difficulty.get("steps").intValue(),
                        difficulty.get("tokens").longValue(),
                        difficulty.get("files").intValue()),
                Provenance.of(json.get("provenance")));
    }
}

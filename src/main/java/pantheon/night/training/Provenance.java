package pantheon.night.training;

import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a row of training data is from.
 *
 * @param run the night
 * @param journalHash the hash of the journal's line that ended the task; it stands for all lines before it
 * @param modelDigest SHA-256 of the model that gave the answers
 * @param templateHash SHA-256 of the system turn
 * @param repository what identifies the workspace: its first commit; null where the journal does not tell, as
 *     of a shallow clone
 * @param licence the SPDX identifier of the source's licence, null where it is not known
 */
record Provenance(
        String run,
        String task,
        String journalHash,
        String modelDigest,
        String agent,
        String agentVersion,
        String templateHash,
        @Nullable String repository,
        @Nullable String licence) {
    ObjectNode json() {
        var json = Json.object();
        json.put("run", run);
        json.put("task", task);
        json.put("journal_hash", journalHash);
        json.put("model_digest", modelDigest);
        json.put("agent", agent);
        json.put("agent_version", agentVersion);
        json.put("template_hash", templateHash);
        json.put("repository", repository);
        json.put("licence", licence);
        return json;
    }
}

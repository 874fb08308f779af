package pantheon.night.training;

import java.util.List;
import pantheon.night.outcome.FinishReason;
import tools.jackson.databind.node.ObjectNode;

/**
 * One attempt at a task, from its journal and its artifacts.
 *
 * @param input the task's input
 * @param unchanged whether it left all files as they were
 * @param message what the journal says beside the reason, possibly empty
 * @param steps the model's turns
 * @param failures how many of them were no valid call
 * @param outputTokens the tokens of all turns together
 * @param promptHashes SHA-256 of the prompt of each turn, in their order
 * @param paths the files that the task's input and calls name, sorted
 * @param provenance where it is from
 */
record Trace(
        ObjectNode input,
        FinishReason finishReason,
        boolean unchanged,
        String message,
        int steps,
        int failures,
        long outputTokens,
        List<String> promptHashes,
        List<String> paths,
        Provenance provenance) {
    Trace {
        promptHashes = List.copyOf(promptHashes);
        paths = List.copyOf(paths);
    }

    /** Whether every acceptance check passed, and no turn on the way was off the schemas. */
    boolean isGreen() {
        return finishReason == FinishReason.ACCEPTED && failures == 0;
    }

    /** How hard it is to learn from, ascending: steps, then tokens, then files. */
    long difficulty() {
        return (Math.min(steps, 0xFFFFL) << 40)
                | (Math.min(outputTokens, 0xFFFFFFL) << 16)
                | Math.min(paths.size(), 0xFFFF);
    }
}

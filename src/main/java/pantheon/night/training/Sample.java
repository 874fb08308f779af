package pantheon.night.training;

import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.training.secrets.Secrets;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trace that is kept, with its secrets taken out.
 *
 * @param text the whole conversation as it was sent and answered, every turn closed
 * @param secrets how many were taken out of it
 * @param origin as {@link #origin(Trace)} tells it
 */
record Sample(String text, int secrets, List<String> promptHashes, String task, String origin) {
    /** How hard it is to learn from. */
    record Difficulty(int steps, long tokens, int files) {
        static Difficulty of(Trace trace) {
            return new Difficulty(
                    trace.steps(), trace.outputTokens(), trace.paths().size());
        }

        ObjectNode json() {
            return Json.object().put("steps", steps).put("tokens", tokens).put("files", files);
        }
    }

    Sample {
        promptHashes = List.copyOf(promptHashes);
    }

    static Sample of(Trace trace, Secrets.Scrubbed text, String origin) {
        return new Sample(
                text.text(),
                text.secrets(),
                trace.promptHashes(),
                trace.provenance().task(),
                origin);
    }

    /**
     * What each row of a trace ends with, as JSON without braces: how hard it is, and where it is from as JSON text, since
     * loaders make times of what looks like a date.
     */
    static String origin(Trace trace) {
        var json = Json.object();
        json.set("difficulty", Difficulty.of(trace).json());
        json.put("provenance", Json.write(trace.provenance().json()));
        var text = Json.MAPPER.writeValueAsString(json);
        return text.substring(1, text.length() - 1);
    }

    /**
     * Whether a prompt is one that the journal has, and not for example one whose results were cut since.
     *
     * @param hash its SHA-256
     */
    boolean wasSent(String hash) {
        return secrets > 0 || promptHashes.contains(hash);
    }

    /** As text: a line of numbers and hashes, the task, a line with the origin, then the conversation as it is. */
    String write() {
        return secrets + " " + task.length() + " " + String.join(" ", promptHashes) + "\n" + task + "\n" + origin + "\n"
                + text;
    }

    static Sample read(String written) {
        int end = written.indexOf('\n');
        var words = List.of(written.substring(0, end).split(" ", -1));
        int taskEnd = end + 1 + Integer.parseInt(words.get(1));
        int originEnd = written.indexOf('\n', taskEnd + 1);
        return new Sample(
                written.substring(originEnd + 1),
                Integer.parseInt(words.getFirst()),
                words.subList(2, words.size()),
                written.substring(end + 1, taskEnd),
                written.substring(taskEnd + 1, originEnd));
    }
}

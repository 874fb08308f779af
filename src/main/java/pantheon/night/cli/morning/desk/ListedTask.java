package pantheon.night.cli.morning.desk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.decision.Decisions.Decision;
import pantheon.night.report.record.TaskRecord;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task as {@code list} shows it.
 *
 * @param decision the last word on it, null where there is none
 */
public record ListedTask(
        String run, TaskRecord task, @Nullable Decision decision) {
    private static final int MOST_REASON = 160;
    private static final int MOST_INPUT = 80;
    private static final int COMMIT_DIGITS = 12;

    /** One or two lines for a person. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("%-14s %s  %s  %s%s".formatted(task.reason(), task.id(), task.agent(), about(), commit()));
        if (!task.message().isEmpty()) {
            lines.add(" ".repeat(15) + Words.shortened(task.message(), MOST_REASON));
        }
        if (decision != null) {
            lines.add(" ".repeat(15) + Words.shortened(decision.words(), MOST_REASON));
        }
        return lines;
    }

    /** Whether a person has yet to say what becomes of it: it has ended, it is not as if it had never been, and nobody decided. */
    public boolean waits() {
        boolean isNothing = task.accepted() && task.commit() == null;
        return !task.carriesOver()
                && !isNothing
                && (decision == null || !decision.verdict().isFinal());
    }

    /** The document that it is about, else its input. */
    private String about() {
        return task.path()
                .orElseGet(() -> task.input()
                        .map(input -> Words.shortened(Json.write(input), MOST_INPUT))
                        .orElse(""));
    }

    private String commit() {
        var commit = task.commit();
        return commit == null ? "" : "  " + commit.substring(0, COMMIT_DIGITS);
    }

    /** All of it for a program. */
    public ObjectNode json() {
        var json = Json.object()
                .put("run", run)
                .put("task", task.id())
                .put("agent", task.agent())
                .put("outcome", task.reason())
                .put("reason", task.message())
                .put("commit", task.commit());
        json.set("input", task.input().orElse(null));
        json.put("waits", waits());
        json.set("decision", decision == null ? null : decided(decision));
        return json;
    }

    private static ObjectNode decided(Decision decision) {
        var made = decision.made();
        return Json.object()
                .put("decision", decision.verdict().code())
                .put("who", made.who())
                .put("time", decision.time().toString())
                .put("reason", made.reason())
                .put("queued_as", made.queuedAs());
    }
}

package pantheon.night.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;

/** Goes through a night's journal and holds it to the order in which things can have happened. */
final class Attempts {
    private final Chronicle night;
    private final Map<String, String> committed = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    private @Nullable String underWay;

    Attempts(Chronicle night) {
        this.night = night;
    }

    void check() {
        for (var entry : night.entries()) {
            take(entry, night.run() + ":" + entry.seq());
        }
    }

    private void take(JournalReader.Entry entry, String where) {
        var task = Chronicle.task(entry);
        switch (EventType.of(entry.event())) {
            case NIGHT_STARTED -> assertEquals(1, entry.seq(), where);
            case NIGHT_RESUMED -> {
                underWay = null;
                settled.clear();
                Chronicle.data(entry, "night.settled").forEach(id -> settled.add(id.stringValue()));
            }
            case TASK_STARTED -> {
                assertEquals(null, underWay, where + ": a task is under way, and another begins");
                underWay = task;
            }
            case GENERATION_RECEIVED, CALL_REJECTED, TOOL_CALLED, TOOL_RETURNED, CHECK_FINISHED, COMMIT_INTENDED ->
                assertEquals(underWay, task, where);
            case COMMIT_MADE -> {
                assertTrue(task.equals(underWay) || settled.contains(task) || isAbandoned(), where);
                assertEquals(null, committed.put(task, where), where + ": a second commit of " + task);
            }
            case TASK_FINISHED -> finished(entry, task, where);
            case NIGHT_FINISHED -> {
                if (Set.of("done", "window_closed", "stopped").contains(Chronicle.text(entry, "night.outcome"))) {
                    assertEquals(null, underWay, where + ": the night ends, and a task does not");
                }
            }
            case EGRESS_PROVEN, FORECAST_MADE, STATEMENT_SIGNED, NIGHT_PRUNED -> {}
        }
    }

    private boolean isAbandoned() {
        return List.of("abandoned")
                .equals(night.values(EventType.NIGHT_FINISHED, "night.outcome")
                        .reversed()
                        .subList(0, 1));
    }

    private void finished(JournalReader.Entry entry, String task, String where) {
        var reason = Chronicle.text(entry, "night.finish_reason");
        boolean begun = task.equals(underWay);
        assertTrue(begun || settled.contains(task) || reason.equals("attempts_spent") || isAbandoned(), where);
        if (begun) {
            underWay = null;
        }
        boolean nothing = Chronicle.text(entry, "night.message").equals("nothing had to change");
        assertEquals(reason.equals("accepted") && !nothing, committed.containsKey(task), where + ": " + reason);
    }
}

package pantheon.night.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;

/** Goes through a night's journal and holds it to the order in which things can have happened. */
final class Attempts {
    private final Chronicle night;
    private final Map<String, String> committed = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    /** Task → its slot. */
    private final Map<String, Integer> underWay = new HashMap<>();

    private final int slots;

    /** @param slots how many tasks may be under way */
    Attempts(Chronicle night, int slots) {
        this.night = night;
        this.slots = slots;
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
                underWay.clear();
                settled.clear();
                Chronicle.data(entry, "night.settled").forEach(id -> settled.add(id.stringValue()));
            }
            case TASK_STARTED -> {
                int slot = slots == 1 ? 1 : Chronicle.data(entry, "night.slot").intValue();
                assertTrue(slot >= 1 && slot <= slots, where + ": its slot is " + slot);
                assertFalse(underWay.containsValue(slot), where + ": a task is under way in its slot: " + underWay);
                assertTrue(underWay.size() < SimulatedEngine.SEQUENCES, where + ": the model serves no more");
                underWay.put(task, slot);
            }
            case GENERATION_RECEIVED, CALL_REJECTED, TOOL_CALLED, TOOL_RETURNED, CHECK_FINISHED, COMMIT_INTENDED ->
                assertTrue(underWay.containsKey(task), where + ": " + task + " is not under way");
            case COMMIT_MADE -> {
                assertTrue(underWay.containsKey(task) || settled.contains(task) || isAbandoned(), where);
                assertEquals(null, committed.put(task, where), where + ": a second commit of " + task);
            }
            case TASK_FINISHED -> finished(entry, task, where);
            case NIGHT_FINISHED -> {
                if (Set.of("done", "window_closed", "stopped").contains(Chronicle.text(entry, "night.outcome"))) {
                    assertEquals(Map.of(), underWay, where + ": the night ends, and a task does not");
                }
            }
            case NIGHT_GATHERED,
                    EGRESS_PROVEN,
                    FORECAST_MADE,
                    LINES_REFUSED,
                    TASKS_PARKED,
                    NIGHT_DIRECTED,
                    AGENT_STOPPED,
                    AGENT_WAITS,
                    AGENT_RELEASED,
                    STATEMENT_SIGNED,
                    NIGHT_PRUNED,
                    DECISION_MADE -> {}
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
        boolean begun = underWay.remove(task) != null;
        assertTrue(begun || settled.contains(task) || reason.equals("attempts_spent") || isAbandoned(), where);
        boolean nothing = Chronicle.text(entry, "night.message").equals("nothing had to change");
        assertEquals(reason.equals("accepted") && !nothing, committed.containsKey(task), where + ": " + reason);
    }
}

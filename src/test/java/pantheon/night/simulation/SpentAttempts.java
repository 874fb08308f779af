package pantheon.night.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;
import pantheon.night.outcome.FinishReason;

/**
 * Counts attempts as it must be done, over all the nights. A failure that the program could tell of is none of the task's,
 * and counts no attempt the first time; the loss of a server counts none at all; nor does, once, an end of the process that other tasks were under way at too. What
 * may have been at fault begins alone, and a task at which nights fail while others end is given up.
 */
final class SpentAttempts {
    private final int most;
    private final Map<String, Integer> counted = new HashMap<>();
    private final Map<String, Integer> endedAtFailure = new HashMap<>();
    private final Set<String> givenBack = new HashSet<>();
    private final Set<String> suspect = new HashSet<>();
    private final Set<String> hopeless = new HashSet<>();
    private final Set<String> underWay = new TreeSet<>();
    private int ended;

    /** @param most how often a task may be begun */
    SpentAttempts(int most) {
        this.most = most;
    }

    void take(JournalReader.Entry entry, String where) {
        var task = Chronicle.task(entry);
        switch (EventType.of(entry.event())) {
            case TASK_STARTED -> {
                begin(task, where);
                assertEquals(
                        counted.get(task),
                        Chronicle.data(entry, "night.attempt").intValue(),
                        where);
            }
            case TASK_FINISHED -> end(task, Invariants.reason(entry), where);
            case NIGHT_STARTED, NIGHT_RESUMED -> cutOff();
            case NIGHT_FINISHED -> {
                if (Chronicle.text(entry, "night.outcome").equals("failed")) {
                    fail();
                }
                cutOff();
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
                    GENERATION_RECEIVED,
                    CALL_REJECTED,
                    TOOL_CALLED,
                    TOOL_RETURNED,
                    CHECK_FINISHED,
                    COMMIT_INTENDED,
                    COMMIT_MADE,
                    STATEMENT_SIGNED,
                    NIGHT_PRUNED,
                    DECISION_MADE -> {}
        }
    }

    private void begin(String task, String where) {
        assertTrue(underWay.isEmpty() || !suspect.contains(task), where + ": it begins beside " + underWay);
        assertTrue(underWay.stream().noneMatch(suspect::contains), where + ": it begins beside " + underWay);
        underWay.add(task);
        counted.merge(task, 1, Integer::sum);
    }

    private void end(String task, FinishReason reason, String where) {
        if (reason == FinishReason.ATTEMPTS_SPENT) {
            assertTrue(
                    hopeless.contains(task) || counted.getOrDefault(task, 0) == most, where + ": attempts of " + task);
        } else {
            ended += reason.carriesOver() ? 0 : 1;
        }
        suspect.remove(task);
        underWay.remove(task);
        if (reason == FinishReason.ENGINE_LOST) {
            counted.merge(task, -1, Integer::sum);
            suspect.add(task);
        }
    }

    private void fail() {
        for (var task : underWay) {
            var before = endedAtFailure.put(task, ended);
            if (before == null) {
                counted.merge(task, -1, Integer::sum);
            } else if (before < ended && underWay.size() == 1) {
                hopeless.add(task);
            }
            suspect.add(task);
        }
        underWay.clear();
    }

    /** The process has ended. */
    void cutOff() {
        if (underWay.size() > 1) {
            for (var task : underWay) {
                if (givenBack.add(task)) {
                    counted.merge(task, -1, Integer::sum);
                }
                suspect.add(task);
            }
        }
        underWay.clear();
    }
}

package pantheon.night.past;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.TaskFinished;

/** The tasks that a night's lines tell of. */
final class NightTasks {
    private final Set<String> named = new LinkedHashSet<>();
    private final Set<String> ended = new LinkedHashSet<>();

    void take(NightEvent event) {
        if (event.task() != null) {
            named.add(event.task());
        }
        if (event instanceof NightFinished finished) {
            named.addAll(finished.carryOver());
        }
        if (event instanceof TaskFinished finished) {
            if (finished.reason().carriesOver()) {
                ended.remove(finished.task()); // a shard may have ended it whose work was then left out
            } else {
                ended.add(finished.task());
            }
        }
    }

    /** Those that were begun, or left to the next night. */
    List<String> named() {
        return List.copyOf(named);
    }

    /** Those that ended for good. */
    List<String> ended() {
        return List.copyOf(ended);
    }
}

package pantheon.night.queue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import pantheon.night.contract.Json;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.past.History;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tasks of earlier nights that have ids as early versions gave them: a path that was done under such an id is
 * queued under it again, so that it stays known that it was done.
 */
final class EarlyIds {
    private final String agent;
    private final Map<String, String> inputs = new HashMap<>();
    private final Set<String> shared;
    private final History history;

    /**
     * @param log the folder of the journals
     * @param paths all paths of the workspace
     */
    EarlyIds(Path log, String agent, List<String> paths) {
        this.agent = agent;
        this.history = History.of(log, (run, entry) -> take(entry));
        var seen = new HashSet<String>();
        this.shared = paths.stream()
                .map(path -> TaskId.early(agent, path))
                .filter(id -> !seen.add(id))
                .collect(Collectors.toSet());
    }

    private void take(JournalReader.Entry entry) {
        if (entry.event() instanceof TaskStarted started && started.agent().equals(agent)) {
            inputs.put(started.task(), Json.write(started.input()));
        }
    }

    /** The id of a path's task: the early one where a night knows the task by it. */
    String id(String path, ObjectNode input) {
        var early = TaskId.early(agent, path);
        return isOf(early, input) ? early : TaskId.of(agent, path);
    }

    /** What a night that was pruned did is known by its id alone, and of two paths that share it by nothing. */
    private boolean isOf(String early, ObjectNode input) {
        var begun = inputs.get(early);
        return begun == null ? history.isDone(early) && !shared.contains(early) : begun.equals(Json.write(input));
    }
}

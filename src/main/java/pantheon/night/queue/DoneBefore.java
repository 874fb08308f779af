package pantheon.night.queue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import pantheon.night.agent.Agent;
import pantheon.night.past.History;
import pantheon.night.past.LastAttempts;
import pantheon.night.past.LastAttempts.Attempt;
import pantheon.night.workspace.Workspace;
import tools.jackson.databind.node.ObjectNode;

/**
 * What earlier nights did of an agent's paths. A path is known by the input that names it, whatever ids its tasks had; where
 * only the ids are left, since a night was pruned, by the ids that it can have had.
 */
final class DoneBefore {
    private final Agent agent;
    private final Changes changes;
    private final LastAttempts attempts = new LastAttempts();
    private final History history;
    private final Set<String> shared;

    /**
     * @param log the folder of the journals
     * @param paths all paths of the workspace
     */
    DoneBefore(Path log, Agent agent, Workspace workspace, List<String> paths) {
        this.agent = agent;
        this.changes = new Changes(workspace);
        this.history = History.of(log, attempts::take);
        var seen = new HashSet<String>();
        this.shared = paths.stream()
                .map(path -> TaskId.early(agent.name(), path))
                .filter(id -> !seen.add(id))
                .collect(Collectors.toSet());
    }

    /** Whether the task of an id has ended. */
    boolean hasEnded(String id) {
        return history.isDone(id);
    }

    /** Whether the path was done by this version of the agent, and holds what it held then, as far as anybody knows. */
    boolean isDone(String path, ObjectNode input) {
        return attempts.of(agent.name(), input)
                .map(last -> last.ended() && changes.since(last, agent, List.of(path)) != Changes.Since.CHANGED)
                .orElseGet(() -> isDoneById(path));
    }

    /** What an id of earlier versions says nothing of, the content, is taken to be what it was. */
    private boolean isDoneById(String path) {
        var early = TaskId.early(agent.name(), path);
        return history.isDone(id(path))
                || history.isDone(TaskId.ofPath(agent.name(), path))
                || (history.isDone(early) && !shared.contains(early));
    }

    /** The id of a path's next task: the one that it was begun under and cut off, else a new one. */
    String nextId(String path, ObjectNode input, WaitingLines lines) {
        return attempts.of(agent.name(), input)
                .filter(last -> !last.ended())
                .map(Attempt::task)
                .orElseGet(() -> free(id(path), lines));
    }

    private String free(String id, WaitingLines lines) {
        return isTaken(id, lines) ? AgainId.after(id, next -> isTaken(next, lines)) : id;
    }

    private boolean isTaken(String id, WaitingLines lines) {
        return lines.isTaken(id) || history.isDone(id);
    }

    private String id(String path) {
        return TaskId.of(agent.name(), agent.version(), path, changes.now(path).orElse(""));
    }
}

package pantheon.night.queue;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import pantheon.night.agent.Agent;
import pantheon.night.past.LastAttempts.Attempt;
import pantheon.night.workspace.Workspace;

/** Whether work would be done on something else now than when it was attempted last: another document, or another agent. */
public final class Changes {
    private final Workspace workspace;
    private final Map<String, Boolean> commits = new HashMap<>();

    public Changes(Workspace workspace) {
        this.workspace = workspace;
    }

    /** What there is to say of it. */
    public enum Since {
        UNCHANGED,
        /** The commit that it was done on is not in the repository any more. */
        UNKNOWN,
        CHANGED
    }

    /**
     * Compares now, the workspace's current commit, with an attempt. What the attempt itself made of a file, and somebody
     * merged, is no change, and a file that is gone is nothing to do again.
     *
     * @param agent as it is now
     * @param paths the files that the work is about
     */
    public Since since(Attempt attempt, Agent agent, Collection<String> paths) {
        if (paths.stream().anyMatch(path -> now(path).isEmpty())) {
            return Since.UNCHANGED;
        }
        if (!attempt.started().agentVersion().equals(agent.version())) {
            return Since.CHANGED;
        }
        return paths.stream()
                .map(path -> since(attempt, path))
                .max(Comparator.naturalOrder())
                .orElse(Since.UNCHANGED);
    }

    private Since since(Attempt attempt, String path) {
        var now = now(path);
        if (attempt.commit() != null
                && has(attempt.commit())
                && workspace.content(attempt.commit(), path).equals(now)) {
            return Since.UNCHANGED;
        }
        if (!has(attempt.baseCommit())) {
            return Since.UNKNOWN;
        }
        return workspace.content(attempt.baseCommit(), path).equals(now) ? Since.UNCHANGED : Since.CHANGED;
    }

    /** What a file holds now, by git's id; empty where there is none. */
    Optional<String> now(String path) {
        return workspace.content(workspace.baseCommit(), path);
    }

    private boolean has(String commit) {
        return commits.computeIfAbsent(commit, workspace::hasCommit);
    }
}

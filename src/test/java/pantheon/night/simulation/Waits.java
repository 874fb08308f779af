package pantheon.night.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevWalk;
import pantheon.night.journal.EventType;
import pantheon.night.outcome.FinishReason;
import pantheon.night.queue.Task;

/** Which tasks had to wait for others, by what the repository and the journals of the nights before show. */
final class Waits {
    private final List<Task> dependents;
    private final Path repository;
    /** Tasks of the nights before that were accepted and had nothing to change. */
    private final Set<String> unchanged = new HashSet<>();

    Waits(Scene scene) {
        this.dependents = scene.queue().stream().filter(Task::isDependent).toList();
        this.repository = scene.repository().folder();
    }

    /** Those that a night which begins on a commit has to do without. */
    Set<String> at(String commit) throws IOException {
        var ids = new TreeSet<String>();
        if (!dependents.isEmpty()) {
            var there = tasksIn(commit);
            there.addAll(unchanged);
            dependents.stream().filter(task -> !there.containsAll(task.after())).forEach(task -> ids.add(task.id()));
        }
        return ids;
    }

    /** The next night has gone by. */
    void pass(Chronicle night) {
        var committed = new HashSet<String>();
        night.of(EventType.COMMIT_MADE).forEach(entry -> committed.add(Chronicle.task(entry)));
        night.of(EventType.TASK_FINISHED).stream()
                .filter(entry -> Invariants.reason(entry) == FinishReason.ACCEPTED)
                .map(Chronicle::task)
                .filter(task -> !committed.contains(task))
                .forEach(unchanged::add);
    }

    private Set<String> tasksIn(String commit) throws IOException {
        var tasks = new HashSet<String>();
        try (var git = Git.open(repository.toFile());
                var walk = new RevWalk(git.getRepository())) {
            walk.markStart(walk.parseCommit(git.getRepository().resolve(commit)));
            walk.forEach(made -> tasks.addAll(made.getFooterLines("Night-Task")));
        }
        return tasks;
    }
}

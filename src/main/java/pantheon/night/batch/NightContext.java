package pantheon.night.batch;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightClock;
import pantheon.night.agent.Agent;
import pantheon.night.artifact.Artifacts;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Journal;
import pantheon.night.past.History;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.NightBranch;

/**
 * What a night works with.
 *
 * @param books its own, open
 * @param expectation what the journal tells before the first task
 */
public record NightContext(
        StartPlan.Ready plan, Program program, Site site, Books.Open books, Bounds bounds, Expectation expectation) {
    /**
     * What runs: the program, and the configuration that is in force.
     *
     * @param configurationDigest SHA-256 over it
     * @param agents by name
     * @param engines by the name that agents give their model
     * @param egress proven, and renewed by command tools
     */
    public record Program(
            String version,
            String configurationDigest,
            Map<String, Agent> agents,
            Map<String, Engine> engines,
            Egress egress) {
        /** The agent of a task that was validated. */
        Agent agent(Task task) {
            return validated(agents.get(task.agent()), task);
        }

        /** The engine of a task that was validated. */
        Engine engine(Task task) {
            return validated(engines.get(agent(task).model()), task);
        }

        private static <T> T validated(@Nullable T found, Task task) {
            if (found == null) {
                throw new IllegalStateException("task " + task.id() + " was not validated before the night");
            }
            return found;
        }
    }

    /**
     * Where the work is done.
     *
     * @param author of the commits
     * @param scratch the folder for the checkout
     */
    public record Site(Workspace workspace, Identity author, Path scratch) {}

    /**
     * How long it may go on.
     *
     * @param watch looks after each task while it runs
     * @param attempts how often a task may be begun
     * @param alike after how many tasks in a row that failed alike no other of their agent begins; 0 for never
     */
    public record Bounds(NightClock clock, Window window, Watch watch, int attempts, int alike) {}

    String run() {
        return plan.run();
    }

    NightBranch branch() {
        return NightBranch.of(run());
    }

    History history() {
        return plan.past().history();
    }

    Journal journal() {
        return books.journal();
    }

    Workspace workspace() {
        return site.workspace();
    }

    NightClock clock() {
        return bounds.clock();
    }

    Egress egress() {
        return program.egress();
    }

    /** The folder that gets one folder a task. */
    Path artifacts() {
        return books.signing().artifacts();
    }

    /** The artifacts of one task. */
    Artifacts artifacts(Task task) {
        return new Artifacts(books.signing().disk(), artifacts().resolve(task.id()));
    }
}

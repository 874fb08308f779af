package pantheon.night.batch;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.NightClock;
import pantheon.night.agent.Agent;
import pantheon.night.artifact.Artifacts;
import pantheon.night.batch.work.Hands;
import pantheon.night.batch.work.Watch;
import pantheon.night.batch.work.Workers;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineModel;
import pantheon.night.journal.Journal;
import pantheon.night.journal.StateFolder;
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
        StartPlan.Ready plan,
        Program program,
        Site site,
        Books.Open books,
        Room room,
        Bounds bounds,
        Expectation expectation) {
    /** The most tasks that may be under way beside one another. */
    public static final int MOST_SLOTS = 64;

    /**
     * What runs: the program, and the configuration that is in force.
     *
     * @param configurationDigest SHA-256 over it
     * @param agents by name
     * @param engines by the name that agents give their model
     * @param unusable why a model has no engine, by the same names
     * @param egress proven, and renewed by command tools
     */
    public record Program(
            String version,
            String configurationDigest,
            Map<String, Agent> agents,
            Map<String, Engine> engines,
            Map<String, String> unusable,
            Egress egress) {
        /** One all of whose models can be used. */
        public Program(
                String version,
                String configurationDigest,
                Map<String, Agent> agents,
                Map<String, Engine> engines,
                Egress egress) {
            this(version, configurationDigest, agents, engines, Map.of(), egress);
        }

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
     * @param state gets the artifacts
     * @param checkouts holds the checkouts of its tasks
     */
    public record Site(Workspace workspace, Identity author, StateFolder state, Path checkouts) {
        /** The checkout of the tasks of a slot, from 1. */
        Path slot(int number) {
            return checkouts.resolve("slot-" + number);
        }
    }

    /**
     * How many tasks may be under way beside one another, and who does their work.
     *
     * @param slots 1 to {@value NightContext#MOST_SLOTS}
     * @param hands its own; it is closed with the night
     */
    public record Room(int slots, Hands hands) {
        public Room {
            if (slots < 1 || slots > MOST_SLOTS) {
                throw new IllegalArgumentException("slots is %d; expected 1 to %d".formatted(slots, MOST_SLOTS));
            }
        }

        /** Whether there may be several. */
        boolean isShared() {
            return slots > 1;
        }

        /**
         * As many slots as some models give work to.
         *
         * @param wanted the most; 0 for any number
         */
        public static Room of(int wanted, Collection<EngineModel> models) {
            int served = models.stream().mapToInt(EngineModel::sequences).max().orElse(1);
            return of(Math.clamp(served, 1, wanted == 0 ? MOST_SLOTS : wanted));
        }

        /** One task after the other on the night's own thread, or several beside one another on threads of their own. */
        public static Room of(int slots) {
            return new Room(slots, slots == 1 ? Hands.own() : new Workers());
        }
    }

    /**
     * How long it may go on.
     *
     * @param watch looks after each task while it runs
     * @param attempts how often a task may be begun
     * @param alike after how many tasks in a row that failed alike no other of their agent begins; 0 for never
     * @param budget what it may do, whatever is left of the window
     */
    public record Bounds(NightClock clock, Window window, Watch watch, int attempts, int alike, Budget budget) {}

    /**
     * How much a night does at most, the starts before this one included.
     *
     * @param tasks how many tasks end; 0 for any number
     * @param tokens how many tokens models generate until no further task begins; 0 for any number
     */
    public record Budget(int tasks, long tokens) {
        public static final Budget ANY = new Budget(0, 0);

        /** Why no further task begins, a sentence; empty while one may. */
        Optional<String> spent(int begun, long generated) {
            if (tasks > 0 && begun >= tasks) {
                return Optional.of("A night does %s (window.tasks), so the others wait for the next one."
                        .formatted(Count.of(tasks, "task")));
            }
            return tokens > 0 && generated >= tokens
                    ? Optional.of(
                            "Models generated %,d tokens, and a night may have %,d (window.tokens), so the other tasks wait for the next one."
                                    .formatted(generated, tokens))
                    : Optional.empty();
        }
    }

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

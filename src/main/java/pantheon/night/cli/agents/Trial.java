package pantheon.night.cli.agents;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import pantheon.night.ExitCode;
import pantheon.night.NightClock;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.batch.Books;
import pantheon.night.batch.Expectation;
import pantheon.night.batch.Night;
import pantheon.night.batch.NightContext;
import pantheon.night.batch.NightListener;
import pantheon.night.batch.NightStart;
import pantheon.night.batch.StartListener;
import pantheon.night.batch.StartPlan;
import pantheon.night.batch.Window;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.console.StartWords;
import pantheon.night.cli.setup.Engines;
import pantheon.night.cli.setup.Hanging;
import pantheon.night.cli.setup.ProgramVersion;
import pantheon.night.cli.setup.Setup;
import pantheon.night.disk.Disk;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Machine;
import pantheon.night.journal.RunId;
import pantheon.night.local.SystemClock;
import pantheon.night.local.preflight.EgressProof;
import pantheon.night.queue.InputPaths;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.Identity;

/** A night of one task, run as any other, where nothing of it stays. */
final class Trial {
    private final Setup setup;
    private final Agent agent;
    private final Output output;
    private final StartWords words;
    private final NightClock clock = new SystemClock();

    /** @param setup of a place that nobody else uses */
    Trial(Setup setup, Agent agent, Output output) {
        this.setup = setup;
        this.agent = agent;
        this.output = output;
        this.words = new StartWords(output);
    }

    /**
     * What the configuration is overruled by, so that all is in one folder.
     *
     * @return key path → text
     */
    static Map<String, String> flags(Path folder) {
        return Map.of(
                "workspace", folder.resolve("workspace").toString(),
                "queue", folder.resolve("queue").toString(),
                "state", folder.resolve("state").toString(),
                "log", folder.resolve("log").toString());
    }

    /**
     * Runs it.
     *
     * @param proof has it proven that nothing can call out
     * @throws NightException with exit code 65 where a file that the task names is not there
     */
    void run(Task task, Supplier<EgressProof> proof) {
        try (var workspace = Workspace.open(setup.config().workspace())) {
            requireFiles(task, workspace);
            words.proven(proof.get());
            setup.requireCommands();
            setup.stranger(agent).ifPresent(output::warn);
            var books = new Books(Disk.local(), setup.log(), setup.state(), clock, null);
            var start = new NightStart(
                    books, workspace, ZoneId.systemDefault(), () -> false, StartListener.none(), RunId::mark, null);
            if (start.plan(new NightStart.Queue(List.of(task))) instanceof StartPlan.Ready plan) {
                run(start, plan, workspace);
            } else {
                throw new IllegalStateException("a place that nobody else uses has nights");
            }
        }
    }

    private void requireFiles(Task task, Workspace workspace) {
        new InputPaths(workspace, workspace.baseCommit())
                .problem(agent, task.input())
                .ifPresent(problem -> {
                    throw new NightException(
                            ExitCode.DATA,
                            "%s. Name a file that is committed; nothing was started.".formatted(problem));
                });
    }

    private void run(NightStart start, StartPlan.Ready plan, Workspace workspace) {
        var config = setup.config();
        try (var engines = Engines.load(List.of(agent.model()), this::engine);
                var books = start.open(plan);
                var watchdog = Hanging.watchdog(clock, config.overdue(), output)) {
            var context = new NightContext(
                    plan,
                    new NightContext.Program(
                            ProgramVersion.text(), setup.digest(), setup.agents(), engines.byName(), setup.egress()),
                    site(workspace),
                    books,
                    NightContext.Room.of(1),
                    new NightContext.Bounds(
                            clock, new Window(clock, null, config.grace()), watchdog, 1, 0, NightContext.Budget.ANY),
                    new Expectation(Machine.here(Path.of("/proc")), null));
            new Night(context, NightListener.all()).run();
        }
    }

    private NightContext.Site site(Workspace workspace) {
        var author = new Identity(setup.config().gitName(), setup.config().gitEmail());
        return new NightContext.Site(
                workspace, author, setup.state(), setup.state().checkouts());
    }

    private Engine engine(String model) {
        words.loading(model);
        return setup.engine(model);
    }
}

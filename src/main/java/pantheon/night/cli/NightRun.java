package pantheon.night.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightClock;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.batch.Books;
import pantheon.night.batch.Expectation;
import pantheon.night.batch.Night;
import pantheon.night.batch.NightContext;
import pantheon.night.batch.NightListener;
import pantheon.night.batch.NightResult;
import pantheon.night.batch.NightStart;
import pantheon.night.batch.StartPlan;
import pantheon.night.batch.Window;
import pantheon.night.batch.direction.DirectionFile;
import pantheon.night.batch.work.Watch;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.console.ProgressLines;
import pantheon.night.cli.console.StartSteps;
import pantheon.night.cli.console.StartWords;
import pantheon.night.cli.console.StatusLine;
import pantheon.night.cli.dryrun.DryRun;
import pantheon.night.cli.dryrun.Outlook;
import pantheon.night.cli.option.NightOptions;
import pantheon.night.cli.setup.Directions;
import pantheon.night.cli.setup.Engines;
import pantheon.night.cli.setup.Hanging;
import pantheon.night.cli.setup.NightReports;
import pantheon.night.cli.setup.ProgramVersion;
import pantheon.night.cli.setup.Setup;
import pantheon.night.cli.setup.StopSignals;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Journal;
import pantheon.night.journal.RunId;
import pantheon.night.journal.Shard;
import pantheon.night.lease.Hold;
import pantheon.night.lease.LeaseListener;
import pantheon.night.lease.Leasing;
import pantheon.night.local.NotifySocket;
import pantheon.night.local.ServiceStart;
import pantheon.night.local.SystemClock;
import pantheon.night.proof.SigningKey;
import pantheon.night.queue.Dependencies;
import pantheon.night.queue.InputPaths;
import pantheon.night.queue.Order;
import pantheon.night.queue.QueueOutline;
import pantheon.night.queue.Split;
import pantheon.night.queue.Task;
import pantheon.night.sizing.Forecast;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.files.AbandonedFolders;
import pantheon.night.workspace.files.TemporaryFolder;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.WriteSteps;

/**
 * Runs a night, or says how long it would take: the wiring of queue, engines, workspace and journal. How the night starts
 * is {@link NightStart}'s to say.
 */
final class NightRun {
    private final Setup setup;
    private final NightOptions options;
    private final Output output;
    private final NightClock clock = new SystemClock();
    private final NotifySocket notifySocket = NotifySocket.of(System.getenv());
    private final StartWords words;
    private final StartSteps steps;
    private final @Nullable SigningKey signingKey;
    private Watch.Watched started = () -> {};
    private Runnable ending = () -> {};
    private final AtomicInteger running = new AtomicInteger();
    private @Nullable Shard shard;
    private boolean later;
    private Hold hold = Hold.ofThisMachine();
    private List<String> refused = List.of();

    NightRun(Setup setup, NightOptions options, Output output) {
        this.setup = setup;
        this.options = options;
        this.output = output;
        this.words = new StartWords(output);
        this.steps = new StartSteps(
                output, notifySocket::status, clock, setup.state().startTimes());
        this.signingKey = setup.signingKey(System.getenv()).orElse(null);
    }

    /**
     * @param watched looks after the start; from its first line on the night has a watch of its own
     * @param watchedEnd looks after what follows the night's last line, its report and what is pruned
     */
    ExitCode run(Watch.Watched watched, Runnable watchedEnd) {
        started = watched;
        ending = watchedEnd;
        requireAgents();
        if (options.dryRun().isWanted()) {
            options.requireNoShard();
            return new DryRun(setup, options.dryRun(), output).run(options.strict(), clock.instant());
        }
        options.dryRun().requireNone();
        var exitCode = ExitCode.SOFTWARE;
        try (steps) {
            exitCode = start();
            return exitCode;
        } catch (NightException e) {
            exitCode = e.exitCode();
            throw e;
        } finally {
            new NightReports(setup).afterStart(exitCode, clock.instant(), output);
        }
    }

    /** One broken agent keeps nobody else's tasks from being done, unless that is asked for; its lines are refused. */
    private void requireAgents() {
        if (setup.broken().isEmpty()) {
            return;
        }
        if (options.strict() || setup.agents().isEmpty()) {
            throw new NightException(ExitCode.CONFIG, setup.broken());
        }
        setup.broken().forEach(output::error);
        output.warn("the night does without agents in which something is wrong; correct them for the next one");
    }

    private ExitCode start() {
        var from = setup.from().filter(time -> !isNight(time));
        if (from.isPresent()) {
            output.say(
                    "nothing was begun: it is day, and nights are from %s (window.from) to %s; --until TIME starts one now, or systemctl start pantheon-night"
                            .formatted(from.get(), setup.config().until()));
            return ExitCode.OK;
        }
        shard = options.shard(setup.config().shards(), System.getenv()).orElse(null);
        steps.begin("reading the queue");
        var queue = setup.queue();
        words.queue(queue.tasks().size(), setup.config().queue());
        if (!isWorthBeginning(queue)) {
            return ExitCode.DATA;
        }
        refused = queue.problems();
        words.proven(setup.egress().prove());
        setup.requireCommands();
        var mine = new NightStart.Queue(share(due(queue.tasks())), Dependencies.of(queue.tasks()));
        return stoppable(window -> alone(window, () -> night(mine, window)));
    }

    /** Those of the queue that are not for a later night. */
    private List<Task> due(List<Task> queue) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
        var due = queue.stream().filter(task -> task.isDue(today)).toList();
        later = due.size() < queue.size();
        if (later) {
            output.say(Task.forLater(queue.size() - due.size()));
        }
        return due;
    }

    /** The tasks of the queue that are this night's to do. */
    private List<Task> share(List<Task> queue) {
        if (shard == null) {
            return queue;
        }
        var mine = new Split(task -> setup.agent(task.agent()), shard.of()).of(queue, shard);
        words.shard(shard.words(), mine.size());
        return mine;
    }

    /** Does what no other night of this machine, and no other process of the shard on any, may do beside it. */
    private ExitCode alone(Window window, Supplier<ExitCode> night) {
        if (shard == null) {
            return setup.whileLocked(output, night);
        }
        try (var taken = leasing(window).take()) {
            hold = taken;
            return setup.whileLocked(output, taken.isTakenOver(), () -> held(taken, night));
        }
    }

    private static ExitCode held(Hold taken, Supplier<ExitCode> night) {
        try {
            return night.get();
        } catch (NightException e) {
            throw taken.reason(e);
        }
    }

    private Leasing leasing(Window window) {
        var told = new LeaseListener() {
            @Override
            public void waits(String owner) {
                notifySocket.status("waiting for the shard's lease");
                output.say("another process has this shard: %s; waiting until it ends or is silent for %s"
                        .formatted(owner, Hanging.words(setup.config().lease())));
            }

            @Override
            public void lost() {
                output.warn("another process has taken this shard over; nothing more is written here");
                window.stop();
            }
        };
        return new Leasing(
                setup.state().lease(),
                setup.config().lease(),
                clock,
                () -> window.closed().isPresent(),
                told);
    }

    /** The repository; a shard's night is alone on its branch, and sees to it before each commit. */
    private Workspace workspace() {
        return shard == null
                ? Workspace.open(setup.config().workspace())
                : Workspace.openAlone(
                        setup.config().workspace(),
                        (step, file) -> {
                            if (step == WriteSteps.Step.MOVE_BRANCH) {
                                hold.require();
                            }
                        },
                        hold.owner());
    }

    /** One broken line keeps nobody else's tasks from being done, unless that is asked for. */
    private boolean isWorthBeginning(Setup.Queue queue) {
        queue.problems().forEach(output::error);
        if (queue.problems().isEmpty()) {
            return true;
        }
        if (options.strict()) {
            output.error("nothing was started; correct the lines, or do without them: leave --strict out.");
            return false;
        }
        if (queue.tasks().isEmpty()) {
            output.error("nothing was started: no line of the queue is right.");
            return false;
        }
        output.warn(
                "the night does without what is wrong there, which stays in the queue; correct it for the next one");
        return true;
    }

    /** What is forecast of the night, as a dry run would now. */
    private Expectation expectation(StartPlan.Ready plan, Workspace workspace, int slots) {
        var outlook = new Outlook(setup, plan.past().experience());
        var lengths = Order.lengths(workspace, plan.baseCommit());
        var outline = new QueueOutline(plan.past().history(), outlook.needed(lengths));
        plan.tasks().forEach(outline::add);
        var end = end();
        var window = end == null ? null : Duration.between(clock.instant(), end);
        var nightPlan = outlook.plan(outline.stretches(), slots, window);
        return new Expectation(
                outlook.machine(),
                Forecast.of(nightPlan, Outlook.REPLICATIONS, Outlook.SEED).json(),
                refused);
    }

    /** Who says by hand when the night ends wants one now. */
    private boolean isNight(String from) {
        return options.flags().containsKey("window.until")
                || ServiceStart.isByHand()
                || Window.isNight(from, setup.config().until(), clock.instant().atZone(ZoneId.systemDefault()));
    }

    private @Nullable Instant end() {
        var until = setup.config().until();
        return until == null ? null : Window.end("--until", until, clock.instant(), ZoneId.systemDefault());
    }

    private ExitCode stoppable(Function<Window, ExitCode> night) {
        var window = new Window(clock, end(), setup.config().grace());
        try (var signals = new StopSignals(() -> stop(window), options.status(ExitCode.STOPPED))) {
            signals.handle();
            return night.apply(window);
        }
    }

    private void stop(Window window) {
        window.stop();
        int tasks = running.get();
        if (tasks == 0) {
            notifySocket.stopping("stopping: no task runs, and none begins");
            output.warn("stopping: no task runs, and none begins; a second signal ends the process at once");
            return;
        }
        var who = tasks == 1 ? "the running task has" : "the %d running tasks have".formatted(tasks);
        var whose = tasks == 1 ? "its grace period, then ends its step" : "their grace period, then end their steps";
        notifySocket.stopping("stopping: %s %s".formatted(who, whose));
        output.warn("stopping: %s %s to end; a second signal ends the process at once"
                .formatted(who, Hanging.words(setup.config().grace())));
    }

    /** Which tasks are left is known only under the lock: another night may have ended just before. */
    private ExitCode night(NightStart.Queue queue, Window window) {
        new AbandonedFolders(TemporaryFolder.place(), clock.instant()).remove();
        try (var workspace = workspace()) {
            var books = new Books(hold.disk(setup.config().log()), setup.log(), setup.state(), clock, signingKey);
            var zone = ZoneId.systemDefault();
            var start = new NightStart(books, workspace, zone, options::fresh, words, RunId::mark, shard);
            steps.begin("reading journals");
            return switch (start.plan(queue)) {
                case StartPlan.NothingToDo nothing -> nothingToDo(queue.tasks(), nothing);
                case StartPlan.Refused refused -> throw refused.failure();
                case StartPlan.Ready plan -> {
                    workspace.requireWritable();
                    yield night(start, plan, workspace, window);
                }
            };
        }
    }

    private ExitCode nothingToDo(List<Task> queue, StartPlan.NothingToDo nothing) {
        nothing.waiting().forEach(held -> output.warn(held.words()));
        words.parked(nothing.parked());
        if (nothing.tasks() > 0) {
            output.say("nothing to do: what is left of the queue waits for a person, %s"
                    .formatted(Count.of(nothing.tasks(), "task")));
            return ExitCode.WORK_LEFT;
        }
        var whose = shard == null ? "the queue" : shard.words();
        if (queue.isEmpty()) {
            output.say("nothing to do: %s has no tasks%s".formatted(whose, later ? " for this night" : ""));
        } else {
            output.say("nothing to do: %s of %s %s ended"
                    .formatted(
                            queue.size() == 1 ? "the one task" : "all %d tasks".formatted(queue.size()),
                            whose,
                            queue.size() == 1 ? "has" : "have"));
        }
        return ExitCode.OK;
    }

    private ExitCode night(NightStart start, StartPlan.Ready plan, Workspace workspace, Window window) {
        words.planned(plan);
        steps.begin("looking for the tasks' files");
        plan.waiting().forEach(held -> output.warn(held.words()));
        words.parked(plan.parked());
        var paths = new InputPaths(workspace, plan.baseCommit());
        plan.tasks()
                .forEach(task -> paths.problem(setup.agent(task.agent()), task.input())
                        .ifPresent(
                                problem -> output.warn("task %s will be declined: %s".formatted(task.id(), problem))));
        var exitCode = reported(start, plan, workspace, window);
        if (setup.config().retention().nightly()) {
            PruneCommand.prune(setup, output, setup.config().retention(), false);
        }
        return exitCode;
    }

    private ExitCode reported(NightStart start, StartPlan.Ready plan, Workspace workspace, Window window) {
        var reports = new NightReports(setup);
        try (var engines = engines(plan);
                var books = start.open(plan);
                var watchdog = Hanging.watchdog(clock, setup.config().overdue(), output);
                var directions = directions(plan.run(), window)) {
            directions.follow();
            steps.begin("forecasting the night");
            var room = room(engines);
            var context = new NightContext(
                    plan,
                    new NightContext.Program(
                            ProgramVersion.text(),
                            setup.digest(),
                            setup.agents(),
                            engines.byName(),
                            engines.unusable(),
                            setup.egress()),
                    new NightContext.Site(
                            workspace,
                            author(),
                            setup.state(),
                            hold.checkouts(setup.state().checkouts())),
                    books,
                    room,
                    new NightContext.Bounds(
                            clock,
                            window,
                            telling(watchdog),
                            setup.config().attempts(),
                            setup.config().alike(),
                            new NightContext.Budget(
                                    setup.config().mostTasks(), setup.config().mostTokens())),
                    expectation(plan, workspace, room.slots()));
            var result = run(new Night(context, listener()), books.journal());
            new Summary(setup, output)
                    .print(result, books.journal(), signingKey, reports.afterNight(plan.run(), output));
            return engines.unusable().isEmpty() ? result.exitCode() : ExitCode.UNAVAILABLE;
        } catch (RuntimeException | Error e) { // what is told of the night does not hang on how it ended
            if (!hold.isLost()) {
                reports.afterNight(plan.run(), output);
            }
            throw e;
        }
    }

    private Directions directions(String run, Window window) {
        return new Directions(new DirectionFile(setup.state().direction()), run, window::direct, output::warn);
    }

    private NightContext.Room room(Engines engines) {
        var models = engines.byName().values().stream().map(Engine::model).toList();
        return NightContext.Room.of(setup.config().slots(), models);
    }

    /** The engines that the tasks need. */
    private Engines engines(StartPlan.Ready plan) {
        var agents = plan.tasks().stream()
                .map(Task::agent)
                .distinct()
                .map(setup::agent)
                .toList();
        agents.forEach(agent -> setup.stranger(agent).ifPresent(output::warn));
        agents.forEach(agent -> setup.unscored(agent).ifPresent(output::warn));
        agents.stream()
                .flatMap(agent -> setup.format(agent).stream())
                .distinct()
                .forEach(output::warn);
        var models = agents.stream().map(Agent::model).toList();
        return Engines.load(models, model -> engine(model, agents));
    }

    private Engine engine(String model, List<Agent> agents) {
        var begun = clock.awake();
        words.loading(model);
        steps.begin("loading model " + model);
        var engine = setup.engine(model);
        readied(engine, agents.stream().filter(agent -> agent.model().equals(model)));
        words.loaded(model, engine.model().name(), clock.awake().minus(begun));
        return engine;
    }

    /** Has an engine make the turns of its agents ready; one that cannot is closed again. */
    private static void readied(Engine engine, Stream<Agent> agents) {
        try {
            agents.flatMap(agent -> agent.grammar().stream()).forEach(engine::ready);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** The head of a night that fails is told too: nothing else covers the last line of one that is not signed. */
    private NightResult run(Night night, Journal journal) {
        started.close();
        try {
            return night.run();
        } catch (NightException e) {
            output.say("journal head:      " + journal.head());
            throw e;
        } finally {
            ending.run(); // until the process has ended
        }
    }

    private Identity author() {
        return new Identity(setup.config().gitName(), setup.config().gitEmail());
    }

    private NightListener listener() {
        return NightListener.all(
                steps, new ProgressLines(output, clock), new StatusLine(notifySocket, clock, ZoneId.systemDefault()));
    }

    /** The same, knowing how many tasks are watched. */
    private Watch telling(Watch watch) {
        return (work, limit) -> {
            var watched = watch.begin(work, limit);
            if (!work.startsWith("task ")) {
                return watched;
            }
            running.incrementAndGet();
            return new Running(watched, running);
        };
    }

    /** A task that is watched. */
    private record Running(Watch.Watched watched, AtomicInteger running) implements Watch.Watched {
        @Override
        public void by(Thread thread) {
            watched.by(thread);
        }

        @Override
        public void close() {
            running.decrementAndGet();
            watched.close();
        }
    }
}

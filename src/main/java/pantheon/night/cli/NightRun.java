package pantheon.night.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightClock;
import pantheon.night.NightException;
import pantheon.night.batch.Expectation;
import pantheon.night.batch.Night;
import pantheon.night.batch.NightListener;
import pantheon.night.batch.NightResult;
import pantheon.night.batch.Watchdog;
import pantheon.night.batch.Window;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.console.ProgressLines;
import pantheon.night.cli.console.StatusLine;
import pantheon.night.cli.dryrun.DryRun;
import pantheon.night.cli.dryrun.Outlook;
import pantheon.night.cli.option.NightOptions;
import pantheon.night.cli.setup.NightReports;
import pantheon.night.cli.setup.ProgramVersion;
import pantheon.night.cli.setup.Setup;
import pantheon.night.cli.setup.StopSignals;
import pantheon.night.disk.Disk;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Journal;
import pantheon.night.journal.RunId;
import pantheon.night.local.NotifySocket;
import pantheon.night.local.ProcessEnd;
import pantheon.night.local.SystemClock;
import pantheon.night.past.History;
import pantheon.night.past.PastNight;
import pantheon.night.past.TaskTimes;
import pantheon.night.proof.SigningKey;
import pantheon.night.proof.Statements;
import pantheon.night.queue.Order;
import pantheon.night.queue.QueueOutline;
import pantheon.night.queue.Task;
import pantheon.night.sizing.Forecast;
import pantheon.night.sizing.past.Experience;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.Identity;

/** Runs a night, or says how long it would take: the wiring of queue, engines, workspace and journal. */
final class NightRun {
    private final Setup setup;
    private final NightOptions options;
    private final Output output;
    private final NightClock clock = new SystemClock();
    private final NotifySocket notifySocket = NotifySocket.of(System.getenv());
    private final @Nullable SigningKey signingKey;

    NightRun(Setup setup, NightOptions options, Output output) {
        this.setup = setup;
        this.options = options;
        this.output = output;
        this.signingKey = setup.signingKey(System.getenv()).orElse(null);
    }

    ExitCode run() {
        if (options.dryRun().isWanted()) {
            return new DryRun(setup, options.dryRun(), output).run(options.keepGoing(), clock.instant());
        }
        options.dryRun().requireNone();
        var exitCode = ExitCode.SOFTWARE;
        try {
            exitCode = start();
            return exitCode;
        } catch (NightException e) {
            exitCode = e.exitCode();
            throw e;
        } finally {
            new NightReports(setup).afterStart(exitCode, clock.instant(), output);
        }
    }

    private ExitCode start() {
        var queue = setup.queue();
        queue.problems().forEach(output::warn);
        if (!queue.problems().isEmpty() && !options.keepGoing()) {
            output.warn("nothing was started; correct the lines, or leave them out with --keep-going.");
            return ExitCode.DATA;
        }
        setup.egress().prove();
        setup.requireCommands();
        return stoppable(window -> setup.whileLocked(output, () -> night(queue.tasks(), window)));
    }

    /** What is forecast of the night, as a dry run would now. */
    private Expectation expectation(
            List<Task> tasks, History history, Experience experience, ToLongFunction<Task> lengths) {
        var outlook = new Outlook(setup, experience);
        var outline = new QueueOutline(history, outlook.needed(lengths));
        tasks.forEach(outline::add);
        var end = end();
        var window = end == null ? null : Duration.between(clock.instant(), end);
        var plan = outlook.plan(outline.stretches(), 1, window);
        return new Expectation(
                outlook.machine(),
                Forecast.of(plan, Outlook.REPLICATIONS, Outlook.SEED).json());
    }

    private @Nullable Instant end() {
        var until = setup.config().until();
        return until == null ? null : Window.end("--until", until, clock.instant(), ZoneId.systemDefault());
    }

    private ExitCode stoppable(Function<Window, ExitCode> night) {
        var window = new Window(clock, end(), setup.config().grace());
        try (var signals = new StopSignals(() -> stop(window))) {
            signals.handle();
            return night.apply(window);
        }
    }

    private void stop(Window window) {
        window.stop();
        notifySocket.stopping("stopping: the running task has its grace period, then ends its step");
        output.warn("stopping: the running task has %s to end; a second signal ends the process at once"
                .formatted(words(setup.config().grace())));
    }

    /** Which tasks are left is known only under the lock: another night may have ended just before. */
    private ExitCode night(List<Task> queue, Window window) {
        var log = setup.config().log();
        try (var workspace = Workspace.open(setup.config().workspace())) {
            var past = Past.read(log);
            var pastNight = past.history().newest().filter(PastNight::isToGoOn).orElse(null);
            if (pastNight != null && options.fresh()) {
                abandon(pastNight, workspace);
                pastNight = null;
                past = Past.read(log);
            }
            var unsigned = past.history().newest().filter(PastNight::isUnsigned);
            if (unsigned.isPresent()) {
                sign(unsigned.get());
                past = Past.read(log);
            }
            var history = past.history();
            var base = pastNight == null
                    ? workspace.baseCommit()
                    : pastNight.baseCommit().orElse(workspace.baseCommit());
            requireBase(pastNight, workspace, base);
            var tasks = Order.of(queue, history, Order.lengths(workspace, base));
            if (tasks.isEmpty() && pastNight == null) {
                output.say("nothing to do: all %d tasks of the queue have ended".formatted(queue.size()));
                return ExitCode.OK;
            }
            var result = night(tasks, history, past.experience(), pastNight, workspace, base, window);
            if (setup.config().retention().nightly()) {
                PruneCommand.prune(setup, output, setup.config().retention(), false);
            }
            return result.exitCode();
        }
    }

    /** A history that was rewritten and cleaned up may have taken the commit of an interrupted night away for good. */
    private static void requireBase(@Nullable PastNight night, Workspace workspace, String base) {
        if (night != null && !workspace.hasCommit(base)) {
            throw new NightException(
                    ExitCode.DATA,
                    ("night %s was interrupted, and the workspace no longer has commit %s, on which it was begun. "
                                    + "Start a new night with --fresh; the tasks that ended stay ended.")
                            .formatted(night.run(), base));
        }
    }

    /** The nights so far, their journals read once. */
    private record Past(History history, Experience experience) {
        static Past read(Path log) {
            var experience = new Experience();
            return new Past(History.of(log, experience::take), experience);
        }
    }

    /** A night that was killed between its last word and the statement over it gets the statement now. */
    private void sign(PastNight night) {
        try (var opened = resume(night)) {
            night.sign(opened.journal(), signing(night.run()));
        }
    }

    private Journal.Opened resume(PastNight night) {
        var opened = night.resume(Disk.local(), setup.config().log(), clock);
        opened.cut().ifPresent(output::warn);
        return opened;
    }

    private Statements.Signing signing(String run) {
        return new Statements.Signing(signingKey, Disk.local(), setup.artifacts(run));
    }

    private void abandon(PastNight night, Workspace workspace) {
        try (var opened = resume(night)) {
            night.abandon(workspace, opened.journal(), signing(night.run()));
        }
        output.say("night %s was interrupted and ends where it is; a new one begins".formatted(night.run()));
    }

    private NightResult night(
            List<Task> tasks,
            History history,
            Experience experience,
            @Nullable PastNight pastNight,
            Workspace workspace,
            String baseCommit,
            Window window) {
        var run = pastNight != null
                ? pastNight.run()
                : RunId.next(history.runs(), LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
        var reports = new NightReports(setup);
        try (var engines = Engines.load(setup, tasks);
                var opened = pastNight == null
                        ? new Journal.Opened(Journal.create(setup.config().log(), run, clock), 0)
                        : resume(pastNight);
                var watchdog = new Watchdog(clock, setup.config().overdue(), this::end)) {
            var journal = opened.journal();
            var state = setup.config().state();
            var setting = new Night.Setting(
                    run,
                    ProgramVersion.text(),
                    setup.digest(),
                    setup.agents(),
                    engines.byName(),
                    workspace,
                    baseCommit,
                    new Identity(setup.config().gitName(), setup.config().gitEmail()),
                    journal,
                    Disk.local(),
                    setup.artifacts(run),
                    state.resolve("scratch").resolve("slot-1"),
                    clock,
                    window,
                    watchdog,
                    history,
                    new TaskTimes(experience::times),
                    setup.config().attempts(),
                    signingKey,
                    expectation(tasks, history, experience, Order.lengths(workspace, baseCommit)),
                    pastNight == null ? null : new Night.Resumption(pastNight, opened.cutBytes()),
                    setup.egress());
            var result = run(new Night(setting, listener()), tasks, journal);
            new Summary(setup, output).print(result, journal, signingKey, reports.afterNight(run, output));
            return result;
        } catch (NightException e) {
            reports.afterNight(run, output);
            throw e;
        }
    }

    /** The head of a night that fails is told too: nothing else covers the last line of one that is not signed. */
    private NightResult run(Night night, List<Task> tasks, Journal journal) {
        try {
            return night.run(tasks);
        } catch (NightException e) {
            output.say("journal head:      " + journal.head());
            throw e;
        }
    }

    private NightListener listener() {
        return NightListener.all(
                new ProgressLines(output, clock), new StatusLine(notifySocket, clock, ZoneId.systemDefault()));
    }

    /** Something hangs: whatever its thread does next is not waited for. A task's attempt is in the journal, and counts. */
    private void end(Watchdog.Overdue overdue) {
        output.warn("%s has not ended %s after its own limits; this process ends, the next run goes on. It hangs in:"
                .formatted(overdue.work(), words(setup.config().overdue())));
        for (var frame : overdue.where()) {
            output.warn("    at " + frame);
        }
        ProcessEnd.now(ExitCode.SOFTWARE.status());
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** The engines that a queue needs, by the model's name. */
    private record Engines(Map<String, Engine> byName) implements AutoCloseable {
        static Engines load(Setup setup, List<Task> tasks) {
            var engines = new LinkedHashMap<String, Engine>();
            var names = new TreeSet<String>();
            tasks.forEach(task -> names.add(setup.agent(task.agent()).model()));
            names.forEach(name -> engines.put(name, setup.engine(name)));
            return new Engines(engines);
        }

        @Override
        public void close() {
            byName.values().forEach(Engine::close);
        }
    }
}

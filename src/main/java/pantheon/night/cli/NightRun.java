package pantheon.night.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.agent.FinishReason;
import pantheon.night.batch.History;
import pantheon.night.batch.Interrupted;
import pantheon.night.batch.Night;
import pantheon.night.batch.NightListener;
import pantheon.night.batch.NightResult;
import pantheon.night.batch.RunId;
import pantheon.night.batch.StateLock;
import pantheon.night.batch.Task;
import pantheon.night.batch.Window;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Disk;
import pantheon.night.journal.Journal;
import pantheon.night.local.NotifySocket;
import pantheon.night.workspace.Identity;
import pantheon.night.workspace.Workspace;

/** Runs a night, or says how long it would take: the wiring of queue, engines, workspace and journal. */
final class NightRun {
    /** How long a stopped night may take to end its step and close its journal. */
    private static final long STOP_GRACE_SECONDS = 60;

    private final Setup setup;
    private final NightOptions options;
    private final Output output;
    private final Clock clock = Clock.systemUTC();
    private final NotifySocket notifySocket = NotifySocket.of(System.getenv());

    NightRun(Setup setup, NightOptions options, Output output) {
        this.setup = setup;
        this.options = options;
        this.output = output;
    }

    ExitCode run() {
        var queue = setup.queue();
        queue.problems().forEach(output::warn);
        if (!queue.problems().isEmpty() && !options.keepGoing()) {
            output.warn("nothing was started; correct the lines, or leave them out with --keep-going.");
            return ExitCode.DATA;
        }
        if (options.dryRun()) {
            var left = History.of(setup.config().log()).left(queue.tasks());
            new DryRun(setup, output).print(left, end(), clock.instant());
            return ExitCode.OK;
        }
        return stoppable(window -> StateLock.whileHeld(
                setup.config().state(),
                owner -> output.warn("the night of %s was killed".formatted(owner)),
                () -> night(queue.tasks(), window)));
    }

    private @Nullable Instant end() {
        var until = setup.config().until();
        return until == null ? null : Window.end(until, clock.instant(), ZoneId.systemDefault());
    }

    private ExitCode stoppable(Function<Window, ExitCode> night) {
        var window = new Window(clock, end());
        var ended = new CountDownLatch(1);
        var onStop = new Thread(
                () -> {
                    notifySocket.stopping("stopping: the running task ends its step");
                    stop(window, ended);
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(onStop);
        try {
            return night.apply(window);
        } finally {
            ended.countDown();
            if (window.reason().filter(FinishReason.STOPPED::equals).isEmpty()) {
                Runtime.getRuntime().removeShutdownHook(onStop);
            }
        }
    }

    /** Which tasks are left is known only under the lock: another night may have ended just before. */
    private ExitCode night(List<Task> queue, Window window) {
        var log = setup.config().log();
        try (var workspace = Workspace.open(setup.config().workspace())) {
            var interrupted = Interrupted.in(log).orElse(null);
            if (interrupted != null && options.fresh()) {
                abandon(interrupted, workspace);
                interrupted = null;
            }
            var history = History.of(log);
            var tasks = history.left(queue);
            if (tasks.isEmpty() && interrupted == null) {
                output.say("nothing to do: all %d tasks of the queue have ended".formatted(queue.size()));
                return ExitCode.OK;
            }
            return exitCode(night(tasks, history, interrupted, workspace, window));
        }
    }

    private void abandon(Interrupted night, Workspace workspace) {
        var resumed = Journal.resume(setup.config().log(), night.run(), clock);
        try (var journal = resumed.journal()) {
            night.abandon(workspace, journal);
        }
        output.say("night %s was interrupted and is left as it is".formatted(night.run()));
    }

    private NightResult night(
            List<Task> tasks, History history, @Nullable Interrupted interrupted, Workspace workspace, Window window) {
        var log = setup.config().log();
        var earlier = History.journals(log).stream().map(History::run).toList();
        var run = interrupted != null
                ? interrupted.run()
                : RunId.next(earlier, LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
        try (var engines = Engines.load(setup, tasks);
                var opened = Opened.of(log, run, interrupted, clock)) {
            var journal = opened.journal();
            if (opened.cutBytes() > 0) {
                output.warn("%s ended in half a line; its %d bytes never counted and were cut off"
                        .formatted(journal.file(), opened.cutBytes()));
            }
            var state = setup.config().state();
            var setting = new Night.Setting(
                    run,
                    ProgramVersion.text(),
                    setup.digest(),
                    setup.agents(),
                    engines.byName(),
                    workspace,
                    interrupted == null
                            ? workspace.baseCommit()
                            : interrupted.baseCommit().orElse(workspace.baseCommit()),
                    new Identity(setup.config().gitName(), setup.config().gitEmail()),
                    journal,
                    Disk.local(),
                    state.resolve("artifacts").resolve(run),
                    state.resolve("scratch").resolve("slot-1"),
                    clock,
                    window,
                    history,
                    setup.config().attempts(),
                    interrupted == null ? null : new Night.Resumption(interrupted, opened.cutBytes()));
            var result = new Night(
                            setting,
                            NightListener.all(
                                    new Progress(output, clock),
                                    new StatusLine(notifySocket, clock, ZoneId.systemDefault())))
                    .run(tasks);
            new Summary(setup, output).print(result, journal.file());
            return result;
        }
    }

    /** On SIGTERM or SIGINT: the loop stops at its next step, and the process waits until the journal is closed. */
    private static void stop(Window window, CountDownLatch ended) {
        window.stop();
        try {
            if (!ended.await(STOP_GRACE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.STOPPED.status());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExitCode exitCode(NightResult result) {
        if (result.cutOff() == FinishReason.STOPPED) {
            return ExitCode.STOPPED;
        }
        boolean left = result.cutOff() == FinishReason.WINDOW_CLOSED
                || result.finished().containsKey(FinishReason.WINDOW_CLOSED);
        return left ? ExitCode.WINDOW_CLOSED : ExitCode.OK;
    }

    /** The night's journal, new or gone on with. */
    private record Opened(Journal journal, long cutBytes) implements AutoCloseable {
        static Opened of(Path log, String run, @Nullable Interrupted interrupted, Clock clock) {
            if (interrupted == null) {
                return new Opened(Journal.create(log, run, clock), 0);
            }
            var resumed = Journal.resume(log, run, clock);
            return new Opened(resumed.journal(), resumed.cutBytes());
        }

        @Override
        public void close() {
            journal.close();
        }
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

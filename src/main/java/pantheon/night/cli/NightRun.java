package pantheon.night.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.agent.FinishReason;
import pantheon.night.batch.History;
import pantheon.night.batch.Night;
import pantheon.night.batch.NightResult;
import pantheon.night.batch.StateLock;
import pantheon.night.batch.Task;
import pantheon.night.batch.Window;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Journal;
import pantheon.night.workspace.Identity;
import pantheon.night.workspace.Workspace;

/** Runs a night, or says how long it would take: the wiring of queue, engines, workspace and journal. */
final class NightRun {
    /** How long a stopped night may take to end its step and close its journal. */
    private static final long STOP_GRACE_SECONDS = 60;

    private static final DateTimeFormatter RUN = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Setup setup;
    private final NightOptions options;
    private final Output output;
    private final Clock clock = Clock.systemUTC();

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
        var history = History.of(setup.config().log());
        var tasks = queue.tasks().stream()
                .filter(task -> !history.isDone(task.id()))
                .sorted(Comparator.comparingInt(Task::priority).reversed())
                .toList();
        if (options.dryRun()) {
            new DryRun(setup, output).print(tasks, end(), clock.instant());
            return ExitCode.OK;
        }
        if (tasks.isEmpty()) {
            output.say("nothing to do: all %d tasks of the queue have ended"
                    .formatted(queue.tasks().size()));
        }
        return tasks.isEmpty() ? ExitCode.OK : night(tasks);
    }

    private @Nullable Instant end() {
        var until = setup.config().until();
        return until == null ? null : Window.end(until, clock.instant(), ZoneId.systemDefault());
    }

    private ExitCode night(List<Task> tasks) {
        var window = new Window(clock, end());
        var ended = new CountDownLatch(1);
        var onStop = new Thread(() -> stop(window, ended), "stop");
        Runtime.getRuntime().addShutdownHook(onStop);
        try {
            return exitCode(StateLock.whileHeld(setup.config().state(), () -> night(tasks, window)));
        } finally {
            ended.countDown();
            if (window.reason().filter(FinishReason.STOPPED::equals).isEmpty()) {
                Runtime.getRuntime().removeShutdownHook(onStop);
            }
        }
    }

    private NightResult night(List<Task> tasks, Window window) {
        var run = RUN.format(clock.instant().atZone(ZoneId.systemDefault()));
        try (var workspace = Workspace.open(setup.config().workspace());
                var engines = Engines.load(setup, tasks);
                var journal = Journal.create(setup.config().log(), run, clock)) {
            var state = setup.config().state();
            var setting = new Night.Setting(
                    run,
                    ProgramVersion.text(),
                    setup.digest(),
                    setup.agents(),
                    engines.byName(),
                    workspace,
                    new Identity(setup.config().gitName(), setup.config().gitEmail()),
                    journal,
                    state.resolve("artifacts").resolve(run),
                    state.resolve("scratch").resolve("slot-1"),
                    clock,
                    window);
            var result = new Night(setting, new Progress(output, clock)).run(tasks);
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

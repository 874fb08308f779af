package pantheon.night.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.batch.Past;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.dryrun.Outlook;
import pantheon.night.cli.dryrun.ShardBalance;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.past.History;
import pantheon.night.queue.InputPaths;
import pantheon.night.queue.QueueReader;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks queue files. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Checks queue files line by line, and runs nothing.")
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Queue files; the configured queue without any.")
    private List<Path> files = List.of();

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "Also show how the tasks spread over N shards, and how long each is expected to take.")
    private @Nullable Integer shards;

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        var history = history(setup);
        try (var workspace = Workspace.open(setup.config().workspace())) {
            return validate(setup, output, paths(setup, workspace, history), history)
                    .status();
        } catch (NightException e) {
            if (e.exitCode() != ExitCode.CONFIG) {
                throw e;
            }
            output.warn("whether the files that lines name are there was not looked up: " + e.getMessage());
            return validate(setup, output, task -> Optional.empty(), history).status();
        }
    }

    /** The nights so far, read once, where somebody asks. */
    private static Supplier<History> history(Setup setup) {
        var history = new AtomicReference<@Nullable History>();
        return () -> Objects.requireNonNull(history.updateAndGet(
                read -> read == null ? History.of(setup.config().log()) : read));
    }

    /** What has ended is not begun again, whatever has become of its file; what others do first may make it. */
    private static Function<Task, Optional<String>> paths(Setup setup, Workspace workspace, Supplier<History> history) {
        var paths = new InputPaths(workspace, workspace.baseCommit());
        return task -> task.isDependent()
                ? Optional.empty()
                : paths.problem(setup.agent(task.agent()), task.input())
                        .filter(problem -> !history.get().isDone(task.id()));
    }

    /** Whether a line of the configured queue has an id. */
    private Predicate<String> elsewhere(Setup setup) {
        if (files.isEmpty() || !Files.exists(setup.config().queue())) {
            return id -> false;
        }
        var queue = new QueueReader(setup.agents());
        setup.queueFiles().forEach(queue::tasks);
        return queue::has;
    }

    private Optional<ShardBalance> balance(Setup setup) {
        return Optional.ofNullable(shards)
                .map(count -> new ShardBalance(
                        setup, new Outlook(setup, Past.read(setup.log().path()).experience()), count));
    }

    private ExitCode validate(
            Setup setup, Output output, Function<Task, Optional<String>> paths, Supplier<History> history) {
        var reader = new QueueReader(setup.agents(), paths);
        var balance = balance(setup);
        long[] right = new long[1];
        (files.isEmpty() ? setup.queueFiles() : files)
                .forEach(file -> reader.read(file, task -> {
                    right[0]++;
                    balance.ifPresent(split -> split.add(task));
                }));
        right[0] -= reader.judge(elsewhere(setup), history);
        reader.problems().forEach(output::warn);
        var json = Json.object().put("lines", reader.lines()).put("right", right[0]);
        reader.problems().forEach(json.putArray("problems")::add);
        balance.ifPresent(split -> json.set("split", split.json()));
        output.result(json);
        balance.ifPresent(split -> split.lines().forEach(output::say));
        output.say("%s, %d of them right".formatted(Count.of(reader.lines(), "line"), right[0]));
        return reader.problems().isEmpty() ? ExitCode.OK : ExitCode.DATA;
    }
}

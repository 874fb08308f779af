package pantheon.night.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes queue lines for the workspace's files. */
@Command(
        name = "enqueue",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description =
                "Writes a queue line for each file of the workspace that matches; those queued already are left out.")
final class EnqueueCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(names = "--agent", paramLabel = "AGENT", required = true, description = "The agent that shall do the work.")
    private String agent = "";

    @Option(names = "--label", paramLabel = "LABEL", description = "A label for each line; may stand several times.")
    private List<String> labels = List.of();

    @Option(names = "--priority", paramLabel = "N", defaultValue = "0", description = "-100 to 100, higher first.")
    private int priority;

    @Option(names = "--to", paramLabel = "FILE", description = "The queue file; AGENT.jsonl in the queue without it.")
    private @Nullable Path to;

    @Parameters(paramLabel = "GLOB", arity = "1..*", description = "For example 'docs/**.md'.")
    private List<String> globs = List.of();

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        var worker = setup.agents().get(agent);
        if (worker == null) {
            throw new NightException(
                    ExitCode.USAGE,
                    "there is no agent \"%s\"; expected one of %s."
                            .formatted(agent, setup.agents().keySet()));
        }
        var file = to == null ? target(setup) : to;
        var lines = lines(setup, worker);
        append(file, lines);
        output.result(Json.object().put("file", file.toString()).put("added", lines.size()));
        output.say("%d lines added to %s".formatted(lines.size(), file));
        return ExitCode.OK.status();
    }

    private Path target(Setup setup) {
        var queue = setup.config().queue();
        return Files.isRegularFile(queue) ? queue : queue.resolve(agent + ".jsonl");
    }

    private List<String> lines(Setup setup, Agent worker) {
        var queued = new HashSet<String>();
        if (Files.exists(setup.config().queue())) {
            setup.queue().tasks().stream().map(Task::id).forEach(queued::add);
        }
        var matchers = globs.stream().map(EnqueueCommand::matcher).toList();
        var lines = new ArrayList<String>();
        try (var workspace = Workspace.open(setup.config().workspace())) {
            for (var path : workspace.paths()) {
                boolean matches = matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(path)));
                if (matches && queued.add(id(path))) {
                    lines.add(line(path, worker));
                }
            }
        }
        return lines;
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    /** The same id for the same agent and path, always, and readable. */
    private String id(String path) {
        var words = path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        var readable = words.substring(0, Math.min(words.length(), 80));
        return (readable.isEmpty() ? "" : readable + "-")
                + Sha256.hex(agent + "\n" + path).substring(0, 8);
    }

    private String line(String path, Agent worker) {
        var input = Json.object().put("path", path);
        var violations = worker.input().check(input);
        if (!violations.isEmpty()) {
            throw new NightException(
                    ExitCode.USAGE,
                    "agent %s takes other input than a path: %s. Write its queue lines by another way."
                            .formatted(agent, violations.getFirst()));
        }
        var json = Json.object().put("id", id(path)).put("agent", agent);
        json.set("input", input);
        if (priority != 0) {
            json.put("priority", priority);
        }
        if (!labels.isEmpty()) {
            labels.forEach(json.putArray("labels")::add);
        }
        return Json.write(json);
    }

    private static void append(Path file, List<String> lines) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be written: %s. Check its owner.".formatted(file, IoReason.of(e, file)),
                    e);
        }
    }
}

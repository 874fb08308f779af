package pantheon.night.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.LeftOutFiles;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.queue.Enqueuing;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.glob.Glob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes queue lines for the workspace's files. */
@Command(
        name = "enqueue",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Writes a queue line for each file of the workspace that matches.",
            "Left out are those that are queued, and those that this version of the agent has done as they are now."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pantheon-night enqueue --agent docops.front-matter 'docs/**.md'",
            "  pantheon-night enqueue --agent docops.front-matter --priority 5 README.md"
        })
final class EnqueueCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(names = "--agent", paramLabel = "AGENT", required = true, description = "The agent that shall do the work.")
    private String agent = "";

    @Option(names = "--label", paramLabel = "LABEL", description = "A label for each line; may stand several times.")
    private List<String> labels = List.of();

    @Option(names = "--priority", paramLabel = "N", defaultValue = "0", description = "-100 to 100, higher first.")
    private int priority;

    @Option(
            names = "--not-before",
            paramLabel = "DAY",
            description = "The day on which the first night begins that does them: 2026-12-24.")
    private @Nullable LocalDate notBefore;

    @Option(
            names = "--after",
            paramLabel = "ID",
            description =
                    "A task whose work they build on, so that they wait until it is merged; may stand several times.")
    private List<String> after = List.of();

    @Option(names = "--to", paramLabel = "FILE", description = "The queue file; AGENT.jsonl in the queue without it.")
    private @Nullable Path to;

    @Option(names = "--again", description = "Queue those too that were done and have not changed.")
    private boolean again;

    @Parameters(paramLabel = "GLOB", arity = "1..*", description = "For example 'docs/**.md'.")
    private List<String> globs = List.of();

    @Override
    public Integer call() {
        var patterns = globs.stream().map(Glob::of).toList();
        var setup = Setup.load(config.file(), Map.of());
        requireAgent(setup);
        var file = to == null ? setup.queueFile(agent) : to;
        try (var workspace = Workspace.open(setup.config().workspace())) {
            var wanted = new Enqueuing.Wanted(agent, priority, labels, notBefore, after, patterns, again);
            var place = new Enqueuing.Place(
                    setup.config().queue(),
                    setup::queueFiles,
                    file,
                    setup.config().log());
            tell(new Enqueuing(setup.agents(), workspace, wanted).to(place), file);
        }
        return ExitCode.OK.status();
    }

    private void requireAgent(Setup setup) {
        if (!setup.agents().containsKey(agent)) {
            throw new NightException(
                    ExitCode.USAGE,
                    "there is no agent \"%s\"; expected one of %s."
                            .formatted(agent, setup.agents().keySet()));
        }
    }

    private void tell(Enqueuing.Added added, Path file) {
        var output = config.output();
        added.unmatched()
                .forEach(glob -> output.warn("the pattern %s matches no file of the workspace's current commit"
                        .formatted(Json.quote(glob.toString()))));
        LeftOutFiles.lines(added.leftOut()).forEach(output::warn);
        var json = Json.object()
                .put("file", file.toString())
                .put("added", added.added())
                .put("queued", added.queued())
                .put("done", added.done());
        var unmatched = json.putArray("unmatched");
        added.unmatched().forEach(glob -> unmatched.add(glob.toString()));
        added.leftOut().forEach(json.putArray("left_out")::add);
        output.result(json);
        output.say(words(added, file));
    }

    private static String words(Enqueuing.Added added, Path file) {
        if (added.added() == 0) {
            return added.queued() + added.done() == 0
                    ? "nothing was added to %s: no file matches".formatted(file)
                    : "nothing was added to %s: %d matched, %s"
                            .formatted(file, added.queued() + added.done(), leftOut(added, "all "));
        }
        return "%s added to %s".formatted(Count.of(added.added(), "line"), file)
                + (added.queued() + added.done() == 0 ? "" : "; left out: " + leftOut(added, ""));
    }

    private static String leftOut(Enqueuing.Added added, String all) {
        if (added.done() == 0) {
            return (all.isEmpty() ? added.queued() + " " : all) + "queued already";
        }
        var done = "done already and not changed since";
        return added.queued() == 0
                ? (all.isEmpty() ? added.done() + " " : all) + done
                : "%d queued already, %d %s".formatted(added.queued(), added.done(), done);
    }
}

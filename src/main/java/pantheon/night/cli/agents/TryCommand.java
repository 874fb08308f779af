package pantheon.night.cli.agents;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.cli.morning.desk.ShownTask;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.cli.unit.InUnit;
import pantheon.night.config.ConfigLoader;
import pantheon.night.contract.Json;
import pantheon.night.local.SystemClock;
import pantheon.night.queue.Task;
import pantheon.night.workspace.BorrowedRepository;
import pantheon.night.workspace.files.AbandonedFolders;
import pantheon.night.workspace.files.TemporaryFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Has an agent do one task, shows all of it, and keeps nothing. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Has an agent do one task now, and shows the prompt, each turn, the checks, the change and how it ended.",
            "Nothing is committed, queued or written into journals: it runs in a folder that is removed.",
            "It ends with 0 where the work is accepted, with 65 where it is not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pantheon-night try docops.front-matter docs/install.md",
            "  pantheon-night try agents/my.agent.yaml README.md --full"
        })
public final class TryCommand implements Callable<Integer> {
    private static final String TASK = "try";

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(index = "0", paramLabel = "AGENT", description = "An agent of the configuration, or an agent's file.")
    private String agent = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "A file of the workspace's current commit: the input's path.")
    private @Nullable String file;

    @Option(names = "--input", paramLabel = "JSON", description = "The task's whole input, in place of FILE.")
    private @Nullable String input;

    @Option(names = "--full", description = "Show arguments, results and texts whole.")
    private boolean full;

    @Mixin
    private InUnit inUnit = new InUnit();

    @Override
    public Integer call() {
        var given = input();
        return inUnit.isAsked() ? inUnit() : tried(given);
    }

    /** There nobody is in this folder. */
    private int inUnit() {
        if (isFile() && !Path.of(agent).isAbsolute()) {
            throw new NightException(
                    ExitCode.USAGE,
                    "the agent's file is \"%s\"; with --in-unit expected its path from / on, and none in a home folder. Nothing was started."
                            .formatted(agent));
        }
        return inUnit.run();
    }

    private int tried(ObjectNode given) {
        var named = config.file();
        new AbandonedFolders(TemporaryFolder.place(), new SystemClock().instant()).remove();
        try (var folder = TemporaryFolder.create()) {
            var flags = new HashMap<>(Trial.flags(folder.path()));
            if (isFile()) {
                flags.put("agents", agent);
            }
            var setup = Setup.load(named, flags);
            var tried = agent(setup);
            var task = new Task(TASK, tried.name(), valid(tried, given), 0, List.of());
            BorrowedRepository.create(setup.config().workspace(), workspace(named));
            new Trial(setup, tried, config.output()).run(task, () -> inUnit.prove(setup.egress(), named));
            return ShownTask.tried(setup, TASK, full, config.output()) ? ExitCode.OK.status() : ExitCode.DATA.status();
        }
    }

    private ObjectNode input() {
        if ((file == null) == (input == null)) {
            throw new NightException(ExitCode.USAGE, "try takes FILE or --input, one of them. Nothing was started.");
        }
        if (input == null) {
            return Json.object().put("path", file);
        }
        try {
            if (Json.parse(input) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new NightException(
                    ExitCode.USAGE, "--input is no JSON: %s. Nothing was started.".formatted(Json.why(e)), e);
        }
        throw new NightException(
                ExitCode.USAGE, "--input is no JSON object; expected one such as {\"path\": \"README.md\"}.");
    }

    private boolean isFile() {
        return agent.endsWith(".yaml");
    }

    private Agent agent(Setup setup) {
        var found = isFile()
                ? setup.agents().values().iterator().next()
                : setup.agents().get(agent);
        if (found == null) {
            throw new NightException(
                    ExitCode.USAGE,
                    "there is no agent \"%s\"; expected one of %s, or an agent's file."
                            .formatted(agent, setup.agents().keySet()));
        }
        return found;
    }

    private static ObjectNode valid(Agent agent, ObjectNode input) {
        var wrong = agent.input().check(input);
        if (!wrong.isEmpty()) {
            throw new NightException(
                    ExitCode.USAGE,
                    "this is no input of agent %s: %s. Give all of it with --input JSON."
                            .formatted(agent.name(), wrong.getFirst()));
        }
        return input;
    }

    /** The repository that is worked on otherwise. */
    private static Path workspace(Path config) {
        return ConfigLoader.load(config, System.getenv(), Map.of()).config().workspace();
    }
}

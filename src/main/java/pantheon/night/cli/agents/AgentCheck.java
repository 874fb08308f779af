package pantheon.night.cli.agents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.cli.console.AgentWords;
import pantheon.night.cli.console.Findings;
import pantheon.night.cli.console.Mark;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.config.NightConfig;
import pantheon.night.tool.command.CommandTool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks agents' files, and loads no model. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Checks agents' files: all that is wrong with them, with file and line.",
            "It also tells which models can do the work; no model is loaded."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night agent check", "  pantheon-night agent check agents/my.agent.yaml"})
final class AgentCheck implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "An agent's file, wherever it is; all of the configuration without it.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        var setup = Setup.load(config.file(), file == null ? Map.of() : Map.of("agents", file.toString()));
        var output = config.output();
        var findings = new Findings(output);
        setup.agents().values().forEach(agent -> check(agent, setup, findings));
        for (var tool : setup.usedCommands()) {
            findings.check("tool " + tool.name(), () -> runnable(tool));
        }
        output.result(findings.json());
        return findings.worst().status();
    }

    private static void check(Agent agent, Setup setup, Findings findings) {
        var name = "agent %s@%s".formatted(agent.name(), agent.version());
        findings.check(name, () -> {
            requireModel(agent, setup);
            return AgentWords.of(agent) + ", on model " + agent.model();
        });
        setup.stranger(agent)
                .ifPresent(words -> findings.found(Mark.WARNING, name, List.of(words, others(agent, setup))));
        setup.format(agent).ifPresent(words -> findings.found(Mark.WARNING, name, List.of(words)));
    }

    /** A model's folder that is not there is told here already; what is in it, when it is loaded. */
    private static void requireModel(Agent agent, Setup setup) {
        Optional.ofNullable(setup.config().models().get(agent.model()))
                .map(NightConfig.Model::path)
                .filter(folder -> !Files.isDirectory(folder))
                .ifPresent(folder -> {
                    throw new NightException(
                            ExitCode.UNAVAILABLE,
                            "its model %s has no folder %s. Correct models.%1$s.path, or bring it: pantheon-night model import FILE %2$s"
                                    .formatted(agent.model(), folder));
                });
    }

    private static String others(Agent agent, Setup setup) {
        var models = setup.modelsFor(agent.name());
        return models.isEmpty()
                ? "the configuration has no model that may do it; pantheon-night model import brings one"
                : "models of the configuration that may do it: " + String.join(", ", models);
    }

    private static String runnable(CommandTool tool) {
        tool.require();
        return tool.summary();
    }
}

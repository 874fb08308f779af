package pantheon.night.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.config.AgentFiles;
import pantheon.night.decision.Decisions;
import pantheon.night.journal.Journal;
import pantheon.night.past.History;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.training.Mining;
import pantheon.night.training.MiningOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Makes training data of past nights. */
@Command(
        name = "mine",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Makes training data of past nights: accepted tasks as files that trainers load as they are.",
            "Secrets are taken out, duplicates left out, and what shares a file stays in one split."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pantheon-night mine --to training",
            "  pantheon-night mine --to training --licence CC-BY-4.0 20261123-220000"
        })
final class MineCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "RUN", arity = "0..*", description = "The nights; all of them without any.")
    private List<String> runs = List.of();

    @Option(names = "--to", paramLabel = "DIR", description = "The folder to make (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("training-data");

    @Option(
            names = "--split",
            paramLabel = "P/P/P",
            description = "Percent for training, validation and test (default: ${DEFAULT-VALUE}).")
    private String split = "90/5/5";

    @Option(names = "--seed", paramLabel = "N", description = "The seed of the split (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--group-by",
            paramLabel = "WHAT",
            description = "What stays in one split: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private MiningOptions.GroupBy groupBy = MiningOptions.GroupBy.FILE;

    @Option(
            names = "--stages",
            paramLabel = "N",
            description = "Cut the training split into N files, easiest first (default: ${DEFAULT-VALUE}).")
    private int stages = 1;

    @Option(names = "--openai", description = "Write the form with arguments as text, too.")
    private boolean openAi;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description =
                    "How the conversations are written (default: as those of the configured agents, where they agree).")
    private @Nullable String format;

    @Option(names = "--licence", paramLabel = "SPDX", description = "The licence of the sources, for the rows' origin.")
    private @Nullable String licence;

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        var journals = runs.isEmpty()
                ? History.journals(setup.config().log())
                : runs.stream().map(setup::journal).toList();
        if (journals.isEmpty()) {
            throw new NightException(
                    ExitCode.DATA,
                    "there is no night in %s to mine. Run one first, or name the configuration of another place with --config."
                            .formatted(setup.config().log()));
        }
        var decisions = Decisions.of(setup.state());
        var sources = journals.stream()
                .map(file -> new Mining.Source(
                        Journal.run(file), file, setup.state().artifacts(Journal.run(file)), decisions))
                .toList();
        var manifest = new Mining(options(setup), format(setup)).mine(sources, folder);
        output.result(manifest);
        print(output, manifest);
        return ExitCode.OK.status();
    }

    /** The format that is asked for, else that of all agents, else the usual one. */
    private ChatFormat format(Setup setup) {
        if (format != null && !ChatFormats.names().contains(format)) {
            throw new NightException(
                    ExitCode.USAGE, "--format is \"%s\"; expected one of %s.".formatted(format, ChatFormats.names()));
        }
        var used =
                setup.agents().values().stream().map(Agent::format).distinct().toList();
        return format != null ? ChatFormats.named(format) : used.size() == 1 ? used.getFirst() : ChatFormats.QWEN;
    }

    private MiningOptions options(Setup setup) {
        if (stages < 1 || stages > MiningOptions.MOST_STAGES) {
            throw new NightException(
                    ExitCode.USAGE, "--stages is %d; expected 1 to %d.".formatted(stages, MiningOptions.MOST_STAGES));
        }
        try {
            return new MiningOptions(
                    MiningOptions.percent(split), seed, groupBy, stages, openAi, mayLeaveUnchanged(setup), licence);
        } catch (IllegalArgumentException e) {
            throw new NightException(
                    ExitCode.USAGE,
                    "--split is \"%s\"; expected three percentages that come to 100, such as 90/5/5.".formatted(split),
                    e);
        }
    }

    /** The agents whose files say so. */
    private static Set<String> mayLeaveUnchanged(Setup setup) {
        var names = new TreeSet<String>();
        AgentFiles.load(setup.config().agents()).forEach((name, file) -> {
            if (file.at("/training/unchanged").booleanValue(false)) {
                names.add(name);
            }
        });
        return names;
    }

    private void print(Output output, JsonNode manifest) {
        output.say("%s kept, in %s".formatted(Count.of(manifest.get("kept").intValue(), "task"), folder));
        for (var file : manifest.get("files")) {
            output.say("  %-36s %8d rows"
                    .formatted(file.get("file").stringValue(), file.get("rows").longValue()));
        }
        manifest.get("left_out")
                .properties()
                .forEach(reason -> output.say("  left out: %s %s".formatted(reason.getValue(), reason.getKey())));
        for (var split : manifest.get("empty_splits")) {
            output.warn(
                    "the split %s is empty, though --split gives it a share: what must stay together makes too few groups. Mine more nights, group by less, or give it nothing."
                            .formatted(split.stringValue()));
        }
        if (manifest.get("secrets_removed").intValue() > 0) {
            output.say("  secrets taken out: " + manifest.get("secrets_removed"));
        }
    }
}

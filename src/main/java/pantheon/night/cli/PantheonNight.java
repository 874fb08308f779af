package pantheon.night.cli;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.agents.AgentCommand;
import pantheon.night.cli.agents.InitCommand;
import pantheon.night.cli.agents.TryCommand;
import pantheon.night.cli.gather.GatherCommand;
import pantheon.night.cli.held.ReleaseCommand;
import pantheon.night.cli.help.CompletionCommand;
import pantheon.night.cli.help.ExitCodesInWords;
import pantheon.night.cli.help.HelpCommand;
import pantheon.night.cli.help.ManPagesCommand;
import pantheon.night.cli.help.NamedCommands;
import pantheon.night.cli.install.SetupCommand;
import pantheon.night.cli.models.ModelCommand;
import pantheon.night.cli.morning.AcceptCommand;
import pantheon.night.cli.morning.DiffCommand;
import pantheon.night.cli.morning.LaterCommand;
import pantheon.night.cli.morning.ListCommand;
import pantheon.night.cli.morning.RejectCommand;
import pantheon.night.cli.morning.RequeueCommand;
import pantheon.night.cli.morning.ShowCommand;
import pantheon.night.cli.morning.merge.MergeCommand;
import pantheon.night.cli.morning.walk.ReviewCommand;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.option.NightOptions;
import pantheon.night.cli.running.PauseCommand;
import pantheon.night.cli.running.ResumeCommand;
import pantheon.night.cli.running.StatusCommand;
import pantheon.night.cli.running.UntilCommand;
import pantheon.night.cli.setup.Hanging;
import pantheon.night.cli.setup.ProgramVersion;
import pantheon.night.cli.setup.Setup;
import pantheon.night.local.SystemClock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program itself: without a subcommand it runs the night. */
@Command(
        name = "pantheon-night",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        exitCodeOnInvalidInput = 64,
        exitCodeOnExecutionException = 70,
        description = "Runs a frozen queue of small tasks through a local model, one commit per accepted task.",
        exitCodeListHeading = "%nExit codes:%n",
        modelTransformer = ExitCodesInWords.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pantheon-night --until 06:00",
            "  pantheon-night --dry-run --until 6h",
            "  pantheon-night demo /tmp/demo"
        })
public final class PantheonNight implements Callable<Integer> {
    /** All commands, in the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            DoctorCommand.class,
            EnqueueCommand.class,
            ValidateCommand.class,
            DemoCommand.class,
            SetupCommand.class,
            InitCommand.class,
            AgentCommand.class,
            TryCommand.class,
            ConfigCommand.class,
            ModelCommand.class,
            StatusCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            UntilCommand.class,
            ReportCommand.class,
            ListCommand.class,
            ShowCommand.class,
            DiffCommand.class,
            ReviewCommand.class,
            AcceptCommand.class,
            RejectCommand.class,
            LaterCommand.class,
            MergeCommand.class,
            GatherCommand.class,
            RequeueCommand.class,
            ReleaseCommand.class,
            ReplayCommand.class,
            MineCommand.class,
            CalibrateCommand.class,
            MetricsCommand.class,
            VerifyCommand.class,
            KeygenCommand.class,
            PruneCommand.class,
            CompletionCommand.class,
            ManPagesCommand.class,
            HelpCommand.class);

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private NightOptions night = new NightOptions();

    /** Neither a queue nor a model takes as long to read. */
    private static final Duration START = Duration.ofMinutes(30);

    private static final Duration START_GRACE = Duration.ofMinutes(1);

    /** Options for every command; those of a night would go unheard before the name of another command. */
    private static final Set<String> FOR_ALL = Set.of("--config", "--json", "--verbose", "--quiet");

    /** The program with all its commands, each of them whole. */
    public static CommandLine whole() {
        var program = new CommandLine(new PantheonNight());
        COMMANDS.forEach(command -> program.addSubcommand(new CommandLine(command)));
        return program;
    }

    /** The program as one line of words needs it. */
    public static CommandLine forWords(String... words) {
        var program = new CommandLine(new PantheonNight());
        new NamedCommands(words).addTo(program, COMMANDS);
        return program;
    }

    /** Runs the last command of a line, once it is sure that none before it has options which it would not hear. */
    public static int runLast(ParseResult line) {
        requireKnown(line);
        for (var option : line.matchedOptions()) {
            if (line.hasSubcommand() && !FOR_ALL.contains(option.longestName())) {
                throw new ParameterException(
                        line.commandSpec().commandLine(),
                        "%s stands before %s and means nothing there, so nothing was done. Write it behind, if %2$s has it."
                                .formatted(
                                        option.longestName(),
                                        line.subcommand().commandSpec().name()));
            }
        }
        return new RunLast().execute(line);
    }

    /** A name that is no command is told also where help is asked for: the help of something else would answer it. */
    private static void requireKnown(ParseResult line) {
        var unknown = line.unmatched();
        if (!unknown.isEmpty()) {
            throw new UnmatchedArgumentException(line.commandSpec().commandLine(), unknown);
        }
        if (line.hasSubcommand()) {
            requireKnown(line.subcommand());
        }
    }

    @Override
    public Integer call() {
        var output = config.output();
        try (var watchdog = Hanging.watchdog(new SystemClock(), START_GRACE, output);
                var start = watchdog.begin("the start", START)) {
            return night.status(new NightRun(Setup.sound(config.file(), night.flags()), night, output)
                    .run(start, () -> watchdog.begin("the end", START)));
        } catch (NightException e) {
            if (night.status(e.exitCode()) != ExitCode.OK.status()) {
                throw e;
            }
            output.warn(e.getMessage());
            return ExitCode.OK.status();
        }
    }
}

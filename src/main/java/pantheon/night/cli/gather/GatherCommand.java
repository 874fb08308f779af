package pantheon.night.cli.gather;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.NightReports;
import pantheon.night.cli.setup.ProgramVersion;
import pantheon.night.cli.setup.Setup;
import pantheon.night.disk.Disk;
import pantheon.night.gather.GatherSite;
import pantheon.night.gather.GatheredNight;
import pantheon.night.gather.Gathering;
import pantheon.night.journal.Shard;
import pantheon.night.local.SystemClock;
import pantheon.night.proof.VerifyingKey;
import pantheon.night.queue.Split;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.Identity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts together what shards did. */
@Command(
        name = "gather",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Gathers a night that was done in shards: one branch, one report, one journal that names the shards' own.",
            "Each shard's journal, signatures, artifacts and commits are verified first. Gathering again changes nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of it is gathered, now or before",
            "65:a shard's night is not as it was written; nothing was gathered",
            "73:the branch or a folder cannot be written, or a night runs here",
            "75:shards are missing or have not ended, or tasks are left to a later night"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pantheon-night gather /shared/night/shard-*",
            "  pantheon-night gather --partial shard-0 shard-1 /srv/clone-1"
        })
public final class GatherCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(
            paramLabel = "SHARD|REPOSITORY",
            arity = "1..*",
            description = {
                "A shard: the folder with its state and log, its",
                "state folder with log beside it, or its",
                "configuration. Or a git repository in which shards",
                "worked, where that is neither this workspace nor",
                "theirs."
            })
    private List<Path> named = List.of();

    @Option(names = "--partial", description = "Gather what is there, where shards are missing or have not ended, too.")
    private boolean partial;

    @Option(
            names = "--key",
            paramLabel = "PUB",
            description = "The public key that must have signed all that shards did; may stand several times.")
    private List<Path> keys = List.of();

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        var repositories = named.stream().filter(GatherCommand::isRepository).toList();
        var shards = named.stream().filter(path -> !isRepository(path)).toList();
        if (shards.isEmpty()) {
            throw new NightException(
                    ExitCode.USAGE, "no shard was named, only repositories. Name the folders of the shards, too.");
        }
        var night = setup.whileLocked(output, () -> gathered(setup, shards, repositories, output));
        new ToldGathering(night, setup).say(report(setup, night, output), output);
        return (night.isWhole() ? ExitCode.OK : ExitCode.WORK_LEFT).status();
    }

    private static boolean isRepository(Path path) {
        boolean isShard = Files.exists(path.resolve("pantheon-night.yaml"))
                || Files.isDirectory(path.resolve("state"))
                || Files.isDirectory(path.resolve("log"));
        return !isShard
                && (Files.exists(path.resolve(".git"))
                        || (Files.isRegularFile(path.resolve("HEAD")) && Files.isDirectory(path.resolve("objects"))));
    }

    private GatheredNight gathered(Setup setup, List<Path> shards, List<Path> repositories, Output output) {
        try (var workspace = Workspace.open(setup.config().workspace())) {
            workspace.requireWritable();
            return new Gathering(site(setup, workspace), repositories, output::detail).gather(shards, partial);
        }
    }

    private GatherSite site(Setup setup, Workspace workspace) {
        return new GatherSite(
                workspace,
                setup.state(),
                setup.log(),
                Disk.local(),
                new SystemClock(),
                ZoneId.systemDefault(),
                new Identity(setup.config().gitName(), setup.config().gitEmail()),
                setup.signingKey(System.getenv()).orElse(null),
                keys.stream().map(VerifyingKey::read).toList(),
                new GatherSite.Program(ProgramVersion.text(), setup.digest()),
                setup.agents(),
                () -> mayCheck(setup),
                shard -> hasTasks(setup, shard));
    }

    /** What the queue has now; a shard of one that cannot be read is waited for. */
    private static boolean hasTasks(Setup setup, Shard shard) {
        try {
            var split = new Split(task -> setup.agent(task.agent()), shard.of());
            return !split.of(setup.queue().tasks(), shard).isEmpty();
        } catch (NightException e) {
            return true;
        }
    }

    /** Checks may run programs, and nothing of theirs may call out either. */
    private static void mayCheck(Setup setup) {
        setup.egress().prove();
        setup.requireCommands();
    }

    /** The report; one that a killed gathering did not come to is written now. */
    private static @Nullable Path report(Setup setup, GatheredNight night, Output output) {
        if (night.run() == null) {
            return null;
        }
        var file = setup.state().report(night.run()).resolve("report.html");
        return night.isNew() || !Files.exists(file) ? new NightReports(setup).afterNight(night.run(), output) : file;
    }
}

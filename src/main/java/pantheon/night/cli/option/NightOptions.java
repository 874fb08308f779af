package pantheon.night.cli.option;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.dryrun.DryRunOptions;
import pantheon.night.journal.Shard;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a night. */
public final class NightOptions {
    @Option(names = "--queue", paramLabel = "PATH", description = "A queue file, or a folder of *.jsonl.")
    private @Nullable String queue;

    @Option(names = "--workspace", paramLabel = "DIR", description = "The git repository to work on.")
    private @Nullable String workspace;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "When the night ends: a time of day (06:00) or a duration (6h, 90m).")
    private @Nullable String until;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            description = "How many tasks the night does, the first ones of its order.")
    private @Nullable String tasks;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description =
                    "Do one of N shards of the queue, from 0; auto/N takes its number from SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX.")
    private @Nullable String shard;

    @Option(
            names = "--strict",
            description = "Start nothing where a queue line is broken, or a queue file cannot be read.")
    private boolean strict;

    @Option(
            names = "--keep-going",
            description = "Leave out queue lines that are broken, and files that cannot be read; so it is without it.")
    private boolean keepGoing;

    @Option(
            names = "--fresh",
            description = "Start a new night; one that was interrupted and could go on ends where it is.")
    private boolean fresh;

    @Option(
            names = "--ends-well",
            description =
                    "End with 0 in place of 75 and 143, which only say that the next night goes on, for schedulers to which all but 0 is a failure.")
    private boolean endsWell;

    @Mixin
    private DryRunOptions dryRun = new DryRunOptions();

    /**
     * How the process ends.
     *
     * @param exitCode how the night ended
     */
    public int status(ExitCode exitCode) {
        boolean goesOn = exitCode == ExitCode.WORK_LEFT || exitCode == ExitCode.STOPPED;
        return endsWell && goesOn ? ExitCode.OK.status() : exitCode.status();
    }

    public boolean fresh() {
        return fresh;
    }

    /**
     * Whether nothing starts where a line of the queue is broken.
     *
     * @throws NightException with exit code 64 where both is asked for
     */
    public boolean strict() {
        if (strict && keepGoing) {
            throw new NightException(
                    ExitCode.USAGE, "--strict and --keep-going say the opposite of each other. Leave one out.");
        }
        return strict;
    }

    public DryRunOptions dryRun() {
        return dryRun;
    }

    /** The configuration that these options set, as key path → text. */
    public Map<String, String> flags() {
        var flags = new LinkedHashMap<String, String>();
        put(flags, "queue", queue);
        put(flags, "workspace", workspace);
        put(flags, "window.until", until);
        put(flags, "window.tasks", tasks);
        var said = said();
        put(
                flags,
                "shards",
                said == null || said.of() == null ? null : said.of().toString());
        return flags;
    }

    /**
     * Sees that a dry run is not asked about one shard.
     *
     * @throws NightException with exit code 64 where it is
     */
    public void requireNoShard() {
        if (shard != null) {
            throw new NightException(
                    ExitCode.USAGE,
                    "--shard is for a night, and a dry run weighs all shards at once. Say --dry-run --shards N in its place.");
        }
    }

    private @Nullable ShardOption said() {
        return shard == null ? null : ShardOption.parse(shard);
    }

    /**
     * The shard whose tasks a night does, empty for the whole queue.
     *
     * @param shards how many there are; 0 where nobody said
     * @throws pantheon.night.NightException with exit code 64 where it is not known which one
     */
    public Optional<Shard> shard(int shards, Map<String, String> environment) {
        return ShardOption.of(said(), shards, environment);
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}

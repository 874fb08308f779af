package pantheon.night.cli.option;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.cli.dryrun.DryRunOptions;
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
            names = "--keep-going",
            description =
                    "Leave out queue lines that are broken, and queue files that cannot be read, instead of not starting.")
    private boolean keepGoing;

    @Option(
            names = "--fresh",
            description = "Start a new night; one that was interrupted and could go on ends where it is.")
    private boolean fresh;

    @Mixin
    private DryRunOptions dryRun = new DryRunOptions();

    public boolean fresh() {
        return fresh;
    }

    public boolean keepGoing() {
        return keepGoing;
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
        return flags;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}

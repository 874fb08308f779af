package pantheon.night.cli.dryrun;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.sizing.NightPlan;
import pantheon.night.sizing.WhatIf;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a dry run. */
public final class DryRunOptions {
    private static final List<String> NAMES =
            List.of("--start", "--slots", "--shards", "--what-if", "--arrivals", "--kappa", "--seed");

    private static final Pattern SLOTS = Pattern.compile("(\\d{1,2})(?:\\.\\.(\\d{1,2}))?");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--dry-run",
            description = "Say whether the queue will be done by dawn, and run nothing; the options below go with it.")
    private boolean dryRun;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "When the night begins: a time of day (22:00) or from now (6h); now without it.")
    private @Nullable String start;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Tasks beside one another: 4, or 1..8 to compare them all.")
    private @Nullable String slots;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description =
                    "Also weigh N shards of the queue, each on a machine of its own: whether all are done by dawn.")
    private @Nullable Integer shards;

    @Option(
            names = "--what-if",
            paramLabel = "AGENT=CHANGE",
            description =
                    "Another plan beside this one: +20%% or -100 tasks, or 2s a task; with commas, several at once.")
    private List<String> whatIf = List.of();

    @Option(
            names = "--arrivals",
            paramLabel = "PER_HOUR",
            description = "Also weigh a server that takes this queue's kind of tasks as they arrive.")
    private @Nullable Double arrivals;

    @Option(
            names = "--kappa",
            paramLabel = "K",
            description =
                    "How far two reviewers agree (Cohen's kappa, -1 to 1), where both have to accept; as past reviews show without it.")
    private @Nullable Double kappa;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed of the simulation; ${DEFAULT-VALUE} without it.")
    private long seed = Outlook.SEED;

    public boolean isWanted() {
        return dryRun;
    }

    /**
     * Sees that no option was given that means nothing to a real night.
     *
     * @throws NightException with exit code 64 where one was
     */
    public void requireNone() {
        for (var option :
                Objects.requireNonNull(spec).commandLine().getParseResult().matchedOptions()) {
            if (NAMES.contains(option.longestName())) {
                throw new NightException(
                        ExitCode.USAGE,
                        "%s goes with --dry-run, and nothing was started. Add --dry-run, or leave it out."
                                .formatted(option.longestName()));
            }
        }
    }

    @Nullable
    String start() {
        return start;
    }

    /**
     * The slots of the plan itself: the one number that was asked for, else the configuration's, else 1.
     *
     * @param configured 0 where the configuration has none
     */
    int planSlots(int configured) {
        var range = slotRange();
        return slots == null ? Math.max(1, configured) : range.size() == 1 ? range.getFirst() : 1;
    }

    /**
     * The shards that were asked for, else the configuration's.
     *
     * @param configured 0 where the configuration has none
     * @return 0 where nobody asked
     */
    int shards(int configured) {
        if (shards != null) {
            ShardBalance.requireShards(shards);
        }
        return shards == null ? configured : shards;
    }

    /** The slots to compare; none where one number, or nothing, was asked for. */
    List<Integer> comparedSlots() {
        var range = slotRange();
        return range.size() == 1 ? List.of() : range;
    }

    private List<Integer> slotRange() {
        if (slots == null) {
            return List.of(1);
        }
        var match = SLOTS.matcher(slots);
        if (match.matches()) {
            int from = Integer.parseInt(match.group(1));
            int to = match.group(2) == null ? from : Integer.parseInt(match.group(2));
            if (1 <= from && from <= to && to <= NightPlan.MOST_SLOTS) {
                return IntStream.rangeClosed(from, to).boxed().toList();
            }
        }
        throw new NightException(
                ExitCode.USAGE,
                "--slots is \"%s\"; expected a number such as 4, or a range such as 1..8, up to %d."
                        .formatted(slots, NightPlan.MOST_SLOTS));
    }

    List<WhatIf> whatIfs() {
        return whatIf.stream().map(WhatIf::parse).toList();
    }

    @Nullable
    Double arrivals() {
        if (arrivals != null && !(arrivals > 0 && Double.isFinite(arrivals))) {
            throw new NightException(
                    ExitCode.USAGE, "--arrivals is %s; expected tasks an hour, more than 0.".formatted(arrivals));
        }
        return arrivals;
    }

    @Nullable
    Double kappa() {
        if (kappa != null && !(kappa >= -1 && kappa <= 1)) {
            throw new NightException(ExitCode.USAGE, "--kappa is %s; expected -1 to 1.".formatted(kappa));
        }
        return kappa;
    }

    long seed() {
        return seed;
    }
}

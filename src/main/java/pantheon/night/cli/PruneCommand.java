package pantheon.night.cli;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.batch.NightLock;
import pantheon.night.batch.Retention;
import pantheon.night.config.NightConfig;
import pantheon.night.config.Size;
import pantheon.night.contract.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes the journals and artifacts of old nights. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Removes journals and artifacts of old nights, until the others are within retention.nights and",
            "retention.size. The newest night stays, and so does every night with a task that has not ended.",
            "Which tasks have ended stays known. Branches are not touched."
        })
final class PruneCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(names = "--dry-run", description = "Say what would be removed, and remove nothing.")
    private boolean dryRun;

    @Option(
            names = "--nights",
            paramLabel = "N",
            description = "How many nights may stay, in place of retention.nights.")
    private int nights;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "What may stay, such as 20GB, in place of retention.size.")
    private @Nullable String size;

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        var limits = setup.config().retention();
        int most = nights != 0 ? nights : limits.nights();
        long bytes = size != null ? bytes(size) : limits.bytes();
        if (most < 0 || (most == 0 && bytes == 0)) {
            throw new NightException(
                    ExitCode.USAGE,
                    "nothing says how many nights may stay; expected retention.nights or retention.size in the configuration, or --nights or --size.");
        }
        var plan = NightLock.whileHeld(
                setup.config().state(),
                setup.config().log(),
                owner -> output.warn("%s was killed while it held the lock".formatted(owner)),
                () -> prune(setup, output, new NightConfig.Retention(most, bytes, false), dryRun));
        var json = Json.object().put("dry_run", dryRun);
        var pruned = json.putArray("pruned");
        plan.pruned().forEach(night -> pruned.add(night.run()));
        var held = json.putArray("held");
        plan.held().forEach(night -> held.add(night.run()));
        json.put("freed_bytes", plan.freedBytes());
        json.put("kept_bytes", plan.keptBytes());
        output.result(json);
        return ExitCode.OK.status();
    }

    private static long bytes(String size) {
        try {
            return Size.bytes(size);
        } catch (IllegalArgumentException e) {
            throw new NightException(
                    ExitCode.USAGE,
                    "--size is \"%s\"; expected a whole number with its unit, such as 20GB.".formatted(size),
                    e);
        }
    }

    /** Prunes, and says what was freed; the caller holds the lock. */
    static Retention.Plan prune(Setup setup, Output output, NightConfig.Retention limits, boolean dryRun) {
        var retention =
                new Retention(setup.config().log(), setup.config().state().resolve("artifacts"), Clock.systemUTC());
        var plan = retention.plan(limits.nights(), limits.bytes());
        if (!dryRun) {
            retention.prune(plan);
        }
        plan.pruned()
                .forEach(night -> output.say("%s night %s, %s"
                        .formatted(dryRun ? "would remove" : "removed", night.run(), Size.words(night.bytes()))));
        plan.held()
                .forEach(night -> output.say("kept night %s: %d of its tasks have not ended, %s for one"
                        .formatted(
                                night.run(), night.open().size(), night.open().getFirst())));
        output.say("%s %s of %d nights; %d nights with %s are left"
                .formatted(
                        dryRun ? "would free" : "freed",
                        Size.words(plan.freedBytes()),
                        plan.pruned().size(),
                        plan.keptNights(),
                        Size.words(plan.keptBytes())));
        return plan;
    }
}

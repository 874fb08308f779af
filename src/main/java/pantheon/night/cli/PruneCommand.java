package pantheon.night.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.config.NightConfig;
import pantheon.night.config.Size;
import pantheon.night.contract.Json;
import pantheon.night.journal.RunId;
import pantheon.night.lease.LeaseListener;
import pantheon.night.lease.Leasing;
import pantheon.night.local.SystemClock;
import pantheon.night.past.PrunedNights;
import pantheon.night.past.Retention;
import pantheon.night.report.section.ShellWord;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.NightBranch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Removes the journals and artifacts of old nights, or sets a broken journal aside. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Removes journals and artifacts of old nights, beyond what retention lets stay.",
            "The newest night stays, and so does every night with a task that has not ended.",
            "Which tasks have ended stays known. Branches are not touched.",
            "With --broken it removes nothing, and puts a broken journal out of the way of nights."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night prune --dry-run", "  pantheon-night prune --nights 30"})
final class PruneCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--nights",
            paramLabel = "N",
            description = "How many nights may stay, in place of retention.nights.")
    private @Nullable Integer nights;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "What may stay, such as 20GB, in place of retention.size.")
    private @Nullable String size;

    @Option(
            names = "--broken",
            paramLabel = "RUN",
            description = {
                "Move the broken journal of a night to",
                "broken/RUN.jsonl in the folder of journals. Tasks",
                "whose end its sound lines tell, or whose commit is",
                "there, stay ended; the others run again."
            })
    private @Nullable String broken;

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.sound(config.file(), Map.of());
        output.result(broken == null ? prune(setup, output) : setAside(setup, output, broken));
        return ExitCode.OK.status();
    }

    private ObjectNode setAside(Setup setup, Output output, String run) {
        if (nights != null || size != null) {
            throw new NightException(
                    ExitCode.USAGE,
                    "--broken sets one journal aside and prunes nothing; expected it without --nights and --size.");
        }
        return alone(
                setup,
                output,
                () -> run.equals(PrunedNights.NAME)
                        ? setListAside(setup, output)
                        : setJournalAside(setup, output, run));
    }

    /** Does what no night may do beside it, also none of the same shard on another machine. */
    private static <T> T alone(Setup setup, Output output, Supplier<T> action) {
        if (!Files.isDirectory(setup.state().lease())) {
            return setup.whileLocked(output, action);
        }
        try (var hold = leasing(setup, output).take()) {
            return setup.whileLocked(output, hold.isTakenOver(), action);
        }
    }

    /** An owner is waited for as long as it takes to tell whether it lives, and no longer. */
    private static Leasing leasing(Setup setup, Output output) {
        var clock = new SystemClock();
        var lease = setup.config().lease();
        var until = clock.passed().plus(lease.multipliedBy(5).dividedBy(4));
        return new Leasing(
                setup.state().lease(), lease, clock, () -> clock.passed().compareTo(until) > 0, waiting(output));
    }

    private static LeaseListener waiting(Output output) {
        return new LeaseListener() {
            @Override
            public void waits(String owner) {
                output.say("another process has this shard: %s; looking whether it goes on".formatted(owner));
            }

            @Override
            public void lost() {
                output.warn("another process has taken this shard over; prune again once it has ended");
            }
        };
    }

    private ObjectNode prune(Setup setup, Output output) {
        var limits = setup.config().retention();
        if (nights != null && nights < 1) {
            throw new NightException(
                    ExitCode.USAGE, "--nights is %d; expected a whole number from 1 on.".formatted(nights));
        }
        int most = nights != null ? nights : limits.nights();
        long bytes = size != null ? bytes(size) : limits.bytes();
        if (most == 0 && bytes == 0) {
            throw new NightException(
                    ExitCode.USAGE,
                    "nothing says how many nights may stay; expected retention.nights or retention.size in the configuration, or --nights or --size.");
        }
        var plan =
                alone(setup, output, () -> prune(setup, output, new NightConfig.Retention(most, bytes, false), dryRun));
        var json = Json.object().put("dry_run", dryRun);
        var pruned = json.putArray("pruned");
        plan.pruned().forEach(night -> pruned.add(night.run()));
        var held = json.putArray("held");
        plan.held().forEach(night -> held.add(night.run()));
        json.put("freed_bytes", plan.freedBytes());
        return json.put("kept_bytes", plan.keptBytes());
    }

    private static long bytes(String size) {
        try {
            long bytes = Size.bytes(size);
            if (bytes > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // told below, as nothing is
        }
        throw new NightException(
                ExitCode.USAGE,
                "--size is \"%s\"; expected a whole number from 1 on with its unit, such as 20GB.".formatted(size));
    }

    private static Retention retention(Setup setup, Output output) {
        return new Retention(setup.log(), setup.state(), Clock.systemUTC(), output::warn);
    }

    /** Prunes, and says what was freed; the caller holds the lock. */
    static Retention.Plan prune(Setup setup, Output output, NightConfig.Retention limits, boolean dryRun) {
        var retention = retention(setup, output);
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
        output.say("%s %s of %s; %s with %s left"
                .formatted(
                        dryRun ? "would free" : "freed",
                        Size.words(plan.freedBytes()),
                        Count.of(plan.pruned().size(), "night"),
                        Count.of(plan.keptNights(), "night"),
                        Size.words(plan.keptBytes())));
        return plan;
    }

    /** Sets the journal of a night aside; the caller holds the lock. */
    private ObjectNode setJournalAside(Setup setup, Output output, String run) {
        var retention = retention(setup, output);
        var night = broken(setup, retention, run);
        if (!dryRun) {
            retention.setAside(night);
        }
        var json = json(run, night.lines(), night.aside());
        night.ended().forEach(json.putArray("ended")::add);
        night.open().forEach(json.putArray("open")::add);
        say(output, "the journal of night " + run, night.lines(), night.aside());
        output.say("%d of its tasks have ended and stay ended"
                .formatted(night.ended().size()));
        output.say("%d have no known end and run again%s"
                .formatted(night.open().size(), night.open().isEmpty() ? "" : ": " + String.join(", ", night.open())));
        output.say("so does what only the lines from %d on tell of, where the queue still has it"
                .formatted(night.lines() + 1));
        output.say("what it committed stays on its branch:  git -C %s log %s"
                .formatted(
                        ShellWord.of(setup.config().workspace().toString()),
                        NightBranch.of(run).name()));
        return json;
    }

    private static Retention.BrokenNight broken(Setup setup, Retention retention, String run) {
        try (var workspace = Workspace.open(setup.config().workspace())) {
            var gone = setup.log().journal(run);
            boolean isGone = RunId.isOne(run)
                    && !Files.exists(gone)
                    && retention.broken(gone, workspace).isPresent();
            var journal = isGone ? gone : setup.journal(run);
            return retention.broken(journal, workspace).orElseThrow(() -> notBroken(journal.toString()));
        }
    }

    /** Sets the list of pruned nights aside; the caller holds the lock. */
    private ObjectNode setListAside(Setup setup, Output output) {
        var retention = retention(setup, output);
        var list = retention.brokenList().orElseThrow(() -> notBroken("the list of pruned nights"));
        if (!dryRun) {
            retention.setAside(list);
        }
        say(output, "the list of pruned nights", list.lines(), list.aside());
        output.say(
                "what ended in a night that only the lines from %d on tell of runs again, where the queue still has it"
                        .formatted(list.lines() + 1));
        return json(PrunedNights.NAME, list.lines(), list.aside());
    }

    private ObjectNode json(String run, long lines, Path aside) {
        return Json.object()
                .put("dry_run", dryRun)
                .put("run", run)
                .put("sound_lines", lines)
                .put("aside", aside.toString());
    }

    private void say(Output output, String what, long lines, Path aside) {
        output.say("%s is broken behind line %d, and %s %s"
                .formatted(what, lines, dryRun ? "would be moved to" : "is now", aside));
    }

    private static NightException notBroken(String what) {
        return new NightException(
                ExitCode.USAGE,
                "no line of %s is broken, so nothing was done. Name what a message or doctor calls broken."
                        .formatted(what));
    }
}

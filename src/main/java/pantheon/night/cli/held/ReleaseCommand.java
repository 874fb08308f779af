package pantheon.night.cli.held;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.DecisionKey;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.decision.DecisionLog;
import pantheon.night.decision.Decisions;
import pantheon.night.decision.Waiting;
import pantheon.night.journal.NightEvent.AgentReleased;
import pantheon.night.past.History;
import pantheon.night.past.Stops.Stop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets an agent go on that stopped. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Lets an agent go on that stopped since its last tasks all ended alike.",
            "The next start begins the tasks that waited. The decision is written down, with who made it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night release docops.links", "  pantheon-night release docops.links --reason Mended"})
public final class ReleaseCommand implements Callable<Integer> {
    private static final int MOST_REASON = 2000;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "AGENT", description = "The agent's name.")
    private String agent = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever reads it later.")
    private @Nullable String reason;

    @Override
    public Integer call() {
        requireReason();
        var output = config.output();
        var setup = Setup.sound(config.file(), Map.of());
        var history = History.of(setup.config().log());
        var all = Waiting.of(history, Decisions.of(setup.state())).stops();
        var stops = all.stream().filter(stop -> stop.agent().equals(agent)).toList();
        if (stops.isEmpty()) {
            throw nothing(all);
        }
        release(setup, output, stops);
        for (var stop : stops) {
            output.resultLine(
                    Json.object().put("agent", agent).put("run", stop.run()).put("how", stop.how()));
            output.say("%s goes on after its stop in night %s".formatted(agent, stop.run()));
        }
        return ExitCode.OK.status();
    }

    private void requireReason() {
        if (reason != null && (reason.isBlank() || reason.length() > MOST_REASON)) {
            throw new NightException(
                    ExitCode.USAGE,
                    "the reason has %d characters; expected 1 to %d that are not all blank. Nothing was decided."
                            .formatted(reason.length(), MOST_REASON));
        }
    }

    private void release(Setup setup, Output output, List<Stop> stops) {
        var key = new DecisionKey(setup).find(output::warn).orElse(null);
        var why = reason == null ? null : reason.strip();
        new DecisionLog(setup.state(), key, Clock.systemUTC(), output::warn)
                .release(stops.stream()
                        .map(stop -> new AgentReleased(agent, stop.run(), stop.number(), who(), why))
                        .toList());
    }

    /** As the system calls its user. */
    private static String who() {
        var name = Objects.requireNonNullElse(System.getProperty("user.name"), "");
        return name.isBlank() ? "unknown" : name;
    }

    private NightException nothing(List<Stop> all) {
        var others = all.stream().map(Stop::agent).distinct().toList();
        return new NightException(
                ExitCode.DATA,
                "agent %s does not wait for a person; %s. Nothing was decided."
                        .formatted(Json.quote(agent), others.isEmpty() ? "none does" : "expected one of " + others));
    }
}

package pantheon.night.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.calibration.Calibration;
import pantheon.night.calibration.ChoicePlace;
import pantheon.night.calibration.PastChoices;
import pantheon.night.calibration.Truths;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.past.History;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the least confidence that an agent should ask for. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Shows how sure an agent's model was of its choices and how often they were wrong, over past nights.",
            "It names the leastConfidence that keeps errors below what is wanted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pantheon-night calibrate docs.links --error 0.01",
            "  pantheon-night calibrate docs.links --truth right.jsonl --json"
        })
final class CalibrateCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "AGENT", description = "The agent's name.")
    private String agent = "";

    @Option(
            names = "--choice",
            paramLabel = "TOOL.ARGUMENT",
            description = "The choice to look at; not needed where the agent leaves its model one.")
    private @Nullable String choice;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "JSON lines of id or input and value: what is right, in place of checks and reviews.")
    private @Nullable Path truth;

    @Option(
            names = "--error",
            paramLabel = "PART",
            description = "The part of the choices that may be wrong (default: ${DEFAULT-VALUE}).")
    private double error = 0.05;

    @Override
    public Integer call() {
        if (!(error > 0 && error < 1)) {
            throw new NightException(
                    ExitCode.USAGE, "--error is %s; expected more than 0 and less than 1.".formatted(error));
        }
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        var place = place(agent(setup));
        var past = new PastChoices(agent, place, setup.state(), truth == null ? null : Truths.read(truth));
        History.journals(setup.config().log()).forEach(past::read);
        var calibration = new Calibration(past.judged());
        if (calibration.choices().isEmpty()) {
            throw nothing(past.unjudged());
        }
        var told = new CalibrationTold(agent, place, calibration, past.unjudged(), error);
        output.result(told.json());
        told.lines().forEach(output::say);
        return ExitCode.OK.status();
    }

    private Agent agent(Setup setup) {
        var found = setup.agents().get(agent);
        if (found == null) {
            throw new NightException(
                    ExitCode.USAGE,
                    "there is no agent \"%s\"; expected one of %s."
                            .formatted(agent, setup.agents().keySet()));
        }
        return found;
    }

    private ChoicePlace place(Agent known) {
        var places = known.tools().stream()
                .flatMap(tool ->
                        tool.choicesFromResults().stream().map(argument -> new ChoicePlace(tool.name(), argument)))
                .toList();
        if (choice == null && places.size() == 1) {
            return places.getFirst();
        }
        return places.stream()
                .filter(place -> place.toString().equals(choice))
                .findFirst()
                .orElseThrow(() -> wrongChoice(places));
    }

    private NightException wrongChoice(List<ChoicePlace> places) {
        var problem = places.isEmpty()
                ? "agent %s has no choices from results, so there is nothing to calibrate.".formatted(agent)
                : "--choice is %s; expected one of %s.".formatted(choice == null ? "missing" : choice, places);
        return new NightException(ExitCode.USAGE, problem);
    }

    private NightException nothing(int unjudged) {
        return new NightException(
                ExitCode.DATA,
                "of no task of agent %s is it known both how likely its choice among several values was and whether it was right%s. Run a night on a model of this process, or say with --truth what is right."
                        .formatted(agent, unjudged == 0 ? "" : "; with a choice: " + Count.of(unjudged, "task")));
    }
}

package pantheon.night.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.batch.QueueOutline;
import pantheon.night.contract.Json;
import pantheon.night.engine.onnx.ModelManifest;
import pantheon.night.sizing.Experience;
import pantheon.night.sizing.Machine;
import pantheon.night.sizing.NightPlan;
import pantheon.night.sizing.Rates;
import pantheon.night.sizing.SlowDown;
import pantheon.night.sizing.Specialist;
import pantheon.night.sizing.Speed;
import pantheon.night.sizing.Workload;

/** What is known of tonight before it begins: earlier nights, measured speeds, and the queue's outline. */
final class Outlook {
    /** How often a night is simulated. */
    static final int REPLICATIONS = 2000;

    /** What a task is taken to last where nothing is known of it. */
    private static final Duration ASSUMED_TIME = Duration.ofSeconds(30);
    /** What a task is taken to need where only the model's speed is known: turns, and the tokens of each. */
    private static final int ASSUMED_TURNS = 4;

    private static final int ASSUMED_PROMPT_TOKENS = 64;
    private static final int ASSUMED_ANSWER_TOKENS = 32;
    private static final double ASSUMED_MODEL_SHARE = 0.9;
    /** How uncertain these are, on the logarithm: within a factor of 2.7, and of 4.5, with two thirds of certainty. */
    private static final double BENCH_DEVIATION = 1;

    private static final double ASSUMED_DEVIATION = 1.5;

    private final Setup setup;
    private final Experience experience;
    private final Machine machine;

    Outlook(Setup setup, Experience experience) {
        this.setup = setup;
        this.experience = experience;
        this.machine = Machine.here(Path.of("/proc"));
    }

    Machine machine() {
        return machine;
    }

    Experience experience() {
        return experience;
    }

    /**
     * The plan of a night.
     *
     * @param window null where it has no end
     */
    NightPlan plan(List<QueueOutline.Stretch> queue, int slots, @Nullable Duration window) {
        var places = new LinkedHashMap<String, Integer>();
        var stretches = new ArrayList<Workload.Stretch>();
        for (var stretch : queue) {
            var agent = stretch.first().agent();
            places.putIfAbsent(agent, places.size());
            stretches.add(new Workload.Stretch(places.getOrDefault(agent, 0), stretch.tasks()));
        }
        var agents = places.keySet().stream()
                .map(setup::agent)
                .map(agent -> new Workload.AgentLoad(agent.name(), agent.version(), rates(agent), 0))
                .toList();
        return new NightPlan(
                new Workload(agents, stretches),
                slots,
                slowDown(places.keySet().stream().map(setup::agent).toList()),
                experience.startUpMillis(),
                window == null ? null : (double) window.toMillis(),
                setup.config().grace().toMillis(),
                experience.trackRecord().spread());
    }

    /** The rates of an agent: seen, else from its model's measured speed, else assumed. */
    Rates rates(Agent agent) {
        var digest = digest(agent.model());
        var seen = experience.rates(new Specialist(agent.name(), agent.version(), digest.orElse(""), machine));
        return (seen != null ? seen : unseen(agent)).within(agent.limits().taskTime());
    }

    private Rates unseen(Agent agent) {
        long prompt = ASSUMED_TURNS * ASSUMED_PROMPT_TOKENS;
        long answers = ASSUMED_TURNS * ASSUMED_ANSWER_TOKENS;
        return speed(agent.model())
                .map(speed -> Rates.unseen(
                        Rates.Basis.BENCH,
                        speed.time(prompt, answers).multipliedBy(10).dividedBy(9),
                        BENCH_DEVIATION,
                        ASSUMED_MODEL_SHARE,
                        prompt,
                        answers))
                .orElseGet(() -> Rates.unseen(
                        Rates.Basis.ASSUMED, ASSUMED_TIME, ASSUMED_DEVIATION, ASSUMED_MODEL_SHARE, prompt, answers));
    }

    /** As the nights' own turns show, else as measured of the slowest model in use, else shared. */
    private SlowDown slowDown(List<Agent> agents) {
        var seen = experience.slowDown().curve();
        if (seen.isMeasured()) {
            return seen;
        }
        return agents.stream()
                .map(agent -> speed(agent.model()))
                .flatMap(Optional::stream)
                .map(Speed::slowDown)
                .filter(SlowDown::isMeasured)
                .reduce((a, b) -> a.at(2) >= b.at(2) ? a : b)
                .orElse(SlowDown.SHARED);
    }

    private Optional<String> digest(String model) {
        var configured = setup.config().models().get(model);
        return configured == null
                ? Optional.empty()
                : ModelManifest.peek(configured.path()).map(ModelManifest::digest);
    }

    private Optional<Speed> speed(String model) {
        var digest = digest(model);
        var file = speedFile(setup.config().state(), model);
        if (digest.isEmpty() || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Speed.of(Json.parse(Files.readString(file))))
                    .filter(speed -> speed.isOf(digest.get(), machine));
        } catch (IOException | IllegalArgumentException | tools.jackson.core.JacksonException e) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s cannot be used: %s. Measure anew with pantheon-night model bench %s, or remove it."
                            .formatted(file, e.getMessage(), model),
                    e);
        }
    }

    /** Where the measured speed of a model of the configuration is kept. */
    static Path speedFile(Path state, String model) {
        return state.resolve("speed").resolve(model + ".json");
    }
}

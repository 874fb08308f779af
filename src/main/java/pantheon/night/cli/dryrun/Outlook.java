package pantheon.night.cli.dryrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import pantheon.night.journal.Machine;
import pantheon.night.model.ModelManifest;
import pantheon.night.past.TaskTimes;
import pantheon.night.queue.QueueOutline;
import pantheon.night.queue.Task;
import pantheon.night.sizing.NightPlan;
import pantheon.night.sizing.Workload;
import pantheon.night.sizing.past.Basis;
import pantheon.night.sizing.past.Experience;
import pantheon.night.sizing.past.Rates;
import pantheon.night.sizing.past.SlowDown;
import pantheon.night.sizing.past.Specialist;
import pantheon.night.sizing.past.Speed;

/** What is known of tonight before it begins: earlier nights, measured speeds, and the queue's outline. */
public final class Outlook {
    /** How often a night is simulated. */
    public static final int REPLICATIONS = 2000;

    /** What a simulation begins from where a dry run is not told another. */
    public static final long SEED = 1;

    /** What a task is taken to last where nothing is known of it. */
    private static final int MOST_BYTES = 1 << 20;

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
    private final TaskTimes times;
    private final Map<String, Rates> rates = new HashMap<>();

    public Outlook(Setup setup, Experience experience) {
        this.setup = setup;
        this.experience = experience;
        this.machine = Machine.here(Path.of("/proc"));
        this.times = new TaskTimes(experience::times);
    }

    public Machine machine() {
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
    public NightPlan plan(List<QueueOutline.Stretch> queue, int slots, @Nullable Duration window) {
        var queued = queue.stream()
                .map(stretch -> new Workload.Queued(
                        load(setup.agent(stretch.first().agent())), stretch.tasks(), stretch.lengths()))
                .toList();
        var workload = Workload.of(queued);
        return new NightPlan(
                workload,
                slots,
                slowDown(workload.agents().stream()
                        .map(Workload.AgentLoad::agent)
                        .map(setup::agent)
                        .toList()),
                experience.startUpMillis(),
                window == null ? null : (double) window.toMillis(),
                setup.config().grace().toMillis(),
                experience.trackRecord().spread());
    }

    private Workload.AgentLoad load(Agent agent) {
        return new Workload.AgentLoad(
                agent.name(),
                agent.version(),
                rates(agent),
                times.expected(agent).toNanos() / 1e6);
    }

    /** What a task of an agent takes in the mean, where it is alone. */
    double meanMillis(Agent agent) {
        return rates(agent).mean(SlowDown.SHARED, 1).toNanos() / 1e6;
    }

    /** What is assumed of an agent's times; empty where nights of this machine have shown them. */
    Optional<String> assumption(Agent agent) {
        var basis = rates(agent).basis();
        return basis == Basis.OWN
                ? Optional.empty()
                : Optional.of("%s@%s: %s".formatted(agent.name(), agent.version(), words(basis)));
    }

    /** Whether earlier tasks of an agent show how long ones of another length take. */
    boolean tellsLengthsApart(Agent agent) {
        return rates(agent).tellsLengthsApart();
    }

    /** Lengths where they tell something; elsewhere nobody has to look them up. */
    public ToLongFunction<Task> needed(ToLongFunction<Task> lengths) {
        return task -> tellsLengthsApart(setup.agent(task.agent())) ? lengths.applyAsLong(task) : -1;
    }

    /** The rates of an agent: seen, else from its model's measured speed, else assumed. */
    private Rates rates(Agent agent) {
        return rates.computeIfAbsent(agent.name(), name -> known(agent));
    }

    private Rates known(Agent agent) {
        var digest = digest(agent.model());
        var seen = experience.rates(new Specialist(agent.name(), agent.version(), digest.orElse(""), machine));
        return (seen == null || isOutdone(seen, agent) ? unseen(agent) : seen)
                .within(agent.limits().taskTime());
    }

    /** What another model's tasks took says less of this one than its own speed, measured here. */
    private boolean isOutdone(Rates seen, Agent agent) {
        return seen.basis() == Basis.OTHER_MODEL && speed(agent.model()).isPresent();
    }

    private Rates unseen(Agent agent) {
        long prompt = ASSUMED_TURNS * ASSUMED_PROMPT_TOKENS;
        long answers = ASSUMED_TURNS * ASSUMED_ANSWER_TOKENS;
        return speed(agent.model())
                .map(speed -> Rates.unseen(
                        Basis.BENCH,
                        speed.time(prompt, answers).multipliedBy(10).dividedBy(9),
                        BENCH_DEVIATION,
                        ASSUMED_MODEL_SHARE,
                        prompt,
                        answers))
                .orElseGet(() -> Rates.unseen(
                        Basis.ASSUMED, ASSUMED_TIME, ASSUMED_DEVIATION, ASSUMED_MODEL_SHARE, prompt, answers));
    }

    /** What rates of some basis rest on, for a person. */
    static String words(Basis basis) {
        return switch (basis) {
            case OWN -> "seen";
            case OTHER_MACHINE, OTHER_VERSION, OTHER_MODEL ->
                "%s, so it counts as %d tasks at most".formatted(basis.words(), Rates.MOST_BORROWED);
            case BENCH ->
                "assumed: %d turns of %d and %d tokens at the model's measured speed, give or take a factor of %.1f"
                        .formatted(
                                ASSUMED_TURNS, ASSUMED_PROMPT_TOKENS, ASSUMED_ANSWER_TOKENS, Math.exp(BENCH_DEVIATION));
            case ASSUMED ->
                "assumed: %d s a task, give or take a factor of %.1f, so more in the mean; no night has run it"
                        .formatted(ASSUMED_TIME.toSeconds(), Math.exp(ASSUMED_DEVIATION));
        };
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

    /** A server is not asked: it is taken for the one that was measured last. */
    private Optional<String> digest(String model) {
        var configured = setup.config().models().get(model);
        if (configured == null) {
            return Optional.empty();
        }
        return configured.server() == null
                ? Optional.ofNullable(configured.path())
                        .flatMap(ModelManifest::peek)
                        .map(ModelManifest::digest)
                : measured(model).map(Speed::model);
    }

    private Optional<Speed> speed(String model) {
        return digest(model).flatMap(digest -> measured(model).filter(speed -> speed.isOf(digest, machine)));
    }

    private Optional<Speed> measured(String model) {
        var file = setup.state().speed(model);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Speed.of(Json.parse(RegularFile.text(file, MOST_BYTES))));
        } catch (IOException | IllegalArgumentException | tools.jackson.core.JacksonException e) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s cannot be used: %s. Measure anew with pantheon-night model bench %s, or remove it."
                            .formatted(file, IoReason.of(e, file), model),
                    e);
        }
    }
}

package pantheon.night.sizing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import pantheon.night.contract.Json;
import pantheon.night.sizing.math.Band;
import pantheon.night.sizing.math.Quantiles;
import pantheon.night.sizing.past.Rates;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a night is expected to go.
 *
 * @param plan what it was made from
 * @param makespan quantiles of the time from the beginning to the last task's end, in milliseconds
 * @param within the deviation of the makespan's logarithm that the tasks alone explain
 * @param kept quantiles of how many tasks, from the queue's head, are done by dawn without a gap
 * @param done quantiles of how many tasks are done by dawn
 * @param accepted quantiles of how many tasks are accepted by dawn
 * @param agents one of the workload's agents each
 */
public record Forecast(
        NightPlan plan,
        int replications,
        long seed,
        Quantiles makespan,
        double within,
        Quantiles kept,
        Quantiles done,
        Quantiles accepted,
        List<AgentForecast> agents) {
    /** What "sure" is. */
    public static final double SURE = 0.95;
    /** Up to so many slots are tried. */
    public static final int MOST_SLOTS_TRIED = 8;

    public Forecast {
        agents = List.copyOf(agents);
    }

    /**
     * An agent's part.
     *
     * @param load what is queued of it
     * @param tasks how many are
     * @param done quantiles of how many are done by dawn
     * @param meanDone their mean
     * @param accepted quantiles of how many are accepted by dawn
     */
    public record AgentForecast(
            Workload.AgentLoad load, int tasks, Quantiles done, double meanDone, Quantiles accepted) {
        /** The accepted tasks that are expected by dawn. */
        public double meanAccepted() {
            return meanDone * load.rates().accepted();
        }

        /** How many are accepted by dawn in 19 nights of 20. */
        public Band acceptedBand() {
            return accepted.band95();
        }

        /** The same where two reviewers who agree with κ have to accept. */
        public double acceptedTwice(double kappa) {
            return meanDone * DualReview.both(load.rates().accepted(), kappa);
        }
    }

    /** Forecasts a night. */
    public static Forecast of(NightPlan plan, int replications, long seed) {
        var sample = Makespan.simulate(plan, replications, seed);
        var accepted = new double[replications];
        var agents = IntStream.range(0, plan.workload().agents().size())
                .mapToObj(agent -> of(plan, agent, sample.done[agent], seed, accepted))
                .toList();
        return new Forecast(
                plan,
                replications,
                seed,
                new Quantiles(sample.millis),
                deviation(sample),
                new Quantiles(doubles(sample.kept)),
                new Quantiles(doubles(sample.total)),
                new Quantiles(accepted),
                agents);
    }

    /** @param accepted to which the tasks of this agent that are accepted are added, by replication */
    private static AgentForecast of(NightPlan plan, int agent, int[] done, long seed, double[] accepted) {
        var load = plan.workload().agents().get(agent);
        var acceptedOfIt = new Yield(load.rates(), seed, agent).accepted(done);
        Arrays.setAll(accepted, i -> accepted[i] + acceptedOfIt[i]);
        return new AgentForecast(
                load,
                plan.workload().tasks(agent),
                new Quantiles(doubles(done)),
                IntStream.of(done).average().orElse(0),
                new Quantiles(acceptedOfIt));
    }

    private static double[] doubles(int[] values) {
        return IntStream.of(values).asDoubleStream().toArray();
    }

    private static double deviation(Replications sample) {
        var logarithms = IntStream.range(0, sample.millis.length)
                .mapToDouble(i -> Math.log(Math.max(1, sample.millis[i] / sample.nights[i])))
                .toArray();
        double mean = Arrays.stream(logarithms).average().orElse(0);
        return Math.sqrt(Arrays.stream(logarithms)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
    }

    public int tasks() {
        return plan.workload().tasks();
    }

    /** Whether all of it rests on what nights have shown. */
    public boolean isFromNights() {
        return agents.stream().allMatch(agent -> agent.load().rates().basis().isSeen());
    }

    /** The probability that the whole queue is done by dawn; empty where the night has no end. */
    public OptionalDouble probabilityDone() {
        return plan.windowMillis() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(1 - kept.shareUpTo(tasks() - 1.0));
    }

    /** Whether it is sure to be done by dawn; a night without an end is. */
    public boolean isSure() {
        return probabilityDone().orElse(1) >= SURE;
    }

    /** How many tasks the queue may have at most, from its head, to be sure to be done by dawn. */
    public int tasksForSure() {
        return (int) Math.floor(kept.at(1 - SURE));
    }

    /** The fewest slots, up to {@link #MOST_SLOTS_TRIED}, with which it is sure to be done by dawn; empty where none are enough. */
    public OptionalInt slotsForSure() {
        return IntStream.rangeClosed(1, MOST_SLOTS_TRIED)
                .filter(slots ->
                        slots == plan.slots() ? isSure() : Makespan.isSure(plan.withSlots(slots), replications, seed))
                .findFirst();
    }

    /** The tasks that are left at dawn: how many more than these in the share of nights that is left. */
    public long cutOff(double share) {
        return tasks() - (long) Math.ceil(done.at(1 - share));
    }

    /** The accepted tasks that are expected by dawn. */
    public double meanAccepted() {
        return agents.stream().mapToDouble(AgentForecast::meanAccepted).sum();
    }

    /** How many are accepted by dawn in 19 nights of 20. */
    public Band acceptedBand() {
        return accepted.band95();
    }

    public double acceptedTwice(double kappa) {
        return agents.stream().mapToDouble(agent -> agent.acceptedTwice(kappa)).sum();
    }

    /** The tokens of the whole queue, generated ones. */
    public double outputTokens() {
        return agents.stream()
                .mapToDouble(agent -> agent.tasks() * agent.load().rates().outputTokens())
                .sum();
    }

    /** The tokens of the whole queue, prefilled ones. */
    public double inputTokens() {
        return agents.stream()
                .mapToDouble(agent -> agent.tasks() * agent.load().rates().inputTokens())
                .sum();
    }

    /** The forecast as the journal keeps it and {@code --json} prints it; its schema ships with the program. */
    public ObjectNode json() {
        var json = Json.object();
        putPlan(json);
        json.set("makespan_ms", makespanJson());
        probabilityDone()
                .ifPresentOrElse(share -> json.put("probability_done", share), () -> json.putNull("probability_done"));
        json.putObject("cut_off_tasks").put("p50", cutOff(0.5)).put("p95", cutOff(0.95));
        json.set("accepted", range(meanAccepted(), acceptedBand()));
        json.put("input_tokens", Math.round(inputTokens()));
        json.put("output_tokens", Math.round(outputTokens()));
        putSpread(json);
        var lines = json.putArray("agents");
        agents.forEach(agent -> lines.add(json(agent)));
        return json;
    }

    private void putPlan(ObjectNode json) {
        json.put("tasks", tasks());
        json.put("slots", plan.slots());
        json.put("replications", replications);
        json.put("seed", seed);
        json.put("grace_ms", Math.round(plan.graceMillis()));
        json.put("window_ms", plan.windowMillis() == null ? null : Math.round(plan.windowMillis()));
    }

    private ObjectNode makespanJson() {
        var json = Json.object();
        quantile(json, "p2_5", 0.025);
        quantile(json, "p10", 0.1);
        quantile(json, "p50", 0.5);
        quantile(json, "p80", 0.8);
        quantile(json, "p90", 0.9);
        quantile(json, "p95", 0.95);
        quantile(json, "p97_5", 0.975);
        return json;
    }

    private void putSpread(ObjectNode json) {
        json.put("log_sd_within", within);
        json.put("log_sd_between", plan.spread().deviation());
        json.put("log_shift", plan.spread().shift());
        json.put("degrees_of_freedom", plan.spread().degreesOfFreedom());
    }

    private ObjectNode json(AgentForecast agent) {
        var rates = agent.load().rates();
        var json = Json.object();
        json.put("agent", agent.load().agent());
        json.put("version", agent.load().version());
        json.put("tasks", agent.tasks());
        putBasis(json, rates);
        json.put("expected_ms", agent.load().expectedMillis());
        json.put("mean_ms", rates.mean(plan.slowDown(), plan.slots()).toNanos() / 1e6);
        json.put("variation", rates.variation(plan.slowDown(), plan.slots()));
        json.put("model_share", rates.modelShare());
        putYield(json, agent);
        json.put("input_tokens_per_task", rates.inputTokens());
        json.put("output_tokens_per_task", rates.outputTokens());
        return json;
    }

    private static void putBasis(ObjectNode json, Rates rates) {
        json.put("basis", rates.basis().name().toLowerCase(Locale.ROOT));
        json.put("seen_tasks", rates.tasks());
        json.put("effective_tasks", rates.effectiveTasks());
    }

    private static void putYield(ObjectNode json, AgentForecast agent) {
        var rates = agent.load().rates();
        json.set("acceptance", range(rates.accepted(), rates.acceptedBand()));
        json.set("accepted", range(agent.meanAccepted(), agent.acceptedBand()));
        json.put("accepted_twice_independent", agent.acceptedTwice(0));
        json.put("done_by_dawn", agent.meanDone());
    }

    private static ObjectNode range(double mean, Band band) {
        return Json.object().put("mean", mean).put("low", band.low()).put("high", band.high());
    }

    private void quantile(ObjectNode json, String name, double share) {
        json.put(name, Math.round(makespan.at(share)));
    }
}

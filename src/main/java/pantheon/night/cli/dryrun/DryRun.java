package pantheon.night.cli.dryrun;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.batch.Past;
import pantheon.night.batch.Window;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.setup.Setup;
import pantheon.night.decision.Decisions;
import pantheon.night.decision.Waiting;
import pantheon.night.journal.Journal;
import pantheon.night.past.History;
import pantheon.night.queue.QueueOutline;
import pantheon.night.queue.QueueReader;
import pantheon.night.queue.Split;
import pantheon.night.queue.SplitOutline;
import pantheon.night.queue.Task;
import pantheon.night.review.PastReviews;
import pantheon.night.sizing.Arrivals;
import pantheon.night.sizing.Forecast;
import pantheon.night.sizing.NightPlan;
import pantheon.night.sizing.ShardsForecast;
import pantheon.night.sizing.Workload;
import pantheon.night.sizing.plan.DiskUse;
import pantheon.night.sizing.plan.TwoReviewers;
import pantheon.night.workspace.Workspace;

/** Says how a night would go, from what earlier nights tell; nothing runs, nothing is written, no model is loaded. */
public final class DryRun {
    private final Setup setup;
    private final DryRunOptions options;
    private final Output output;

    public DryRun(Setup setup, DryRunOptions options, Output output) {
        this.setup = setup;
        this.options = options;
        this.output = output;
    }

    /**
     * Says how a night of this queue would go.
     *
     * @param strict whether a broken line keeps the night from beginning
     */
    public ExitCode run(boolean strict, Instant now) {
        var past = Past.read(setup.log().path());
        var outlook = new Outlook(setup, past.experience());
        var reader = new QueueReader(setup.agents());
        List<QueueOutline.Stretch> queue;
        SplitOutline.Ended ended;
        int shards = options.shards(setup.config().shards());
        String lengthsProblem;
        try (var lengths = TaskLengths.of(setup, outlook)) {
            var outline = new QueueOutline(past.history(), lengths);
            var split = new Split(task -> setup.agent(task.agent()), Math.max(1, shards));
            var outlines = new SplitOutline(past.history(), split, lengths);
            var waiting = Waiting.of(past.history(), Decisions.of(setup.state()));
            var day = LocalDate.ofInstant(start(now), ZoneId.systemDefault());
            var later = new AtomicInteger();
            var dependents = new ArrayList<Task>();
            Consumer<Task> tonight = task -> {
                outline.add(task);
                if (shards > 0) {
                    outlines.add(task);
                }
            };
            setup.queueFiles()
                    .forEach(file -> reader.read(file, task -> {
                        if (!task.isDue(day)) {
                            later.incrementAndGet();
                        } else if (task.isDependent()) {
                            dependents.add(task);
                        } else if (!waiting.isHeld(task.agent())) {
                            tonight.accept(task);
                        }
                    }));
            ready(dependents, reader, past.history()).stream()
                    .filter(task -> !waiting.isHeld(task.agent()))
                    .forEach(tonight);
            waiting.stops().forEach(stop -> output.warn(stop.words()));
            if (later.get() > 0) {
                output.say(Task.forLater(later.get()));
            }
            queue = outline.stretches();
            ended = outlines.end();
            lengthsProblem = lengths.problem().orElse(null);
        }
        reader.problems().forEach(output::warn);
        if (!reader.problems().isEmpty() && strict) {
            output.warn("nothing was sized; correct the lines, or do without them: leave --strict out.");
            return ExitCode.DATA;
        }
        var sizing = sizing(outlook, queue, shards == 0 ? null : ended, lengthsProblem, now);
        output.result(sizing.json());
        if (!output.json()) {
            new DryRunText(sizing).lines().forEach(output::say);
        }
        if (setup.config().mostTasks() > 0 || setup.config().mostTokens() > 0) {
            output.say(
                    "a night of this configuration ends earlier where it did as much as window.tasks or window.tokens allow");
        }
        return ExitCode.OK;
    }

    /** Those tasks that build on others whose work is there; the workspace is opened only where there are some. */
    private List<Task> ready(List<Task> dependents, QueueReader reader, History history) {
        if (dependents.isEmpty()) {
            return List.of();
        }
        try (var workspace = Workspace.open(setup.config().workspace())) {
            var parked = reader.dependencies()
                    .parked(history, tasks -> workspace.tasksIn(tasks, workspace.baseCommit()), task -> false);
            if (!parked.isEmpty()) {
                output.say("%s of the queue left to a night that has the work of others (after)"
                        .formatted(Count.of(parked.size(), "task")));
            }
            return dependents.stream()
                    .filter(task -> !parked.containsKey(task.id()))
                    .toList();
        }
    }

    private DryRunResult sizing(
            Outlook outlook,
            List<QueueOutline.Stretch> queue,
            SplitOutline.@Nullable Ended split,
            @Nullable String lengthsProblem,
            Instant now) {
        var zone = ZoneId.systemDefault();
        var start = start(now);
        var until = setup.config().until();
        var end = until == null ? null : Window.end("--until", until, start, zone);
        var plan = outlook.plan(
                queue, options.planSlots(setup.config().slots()), end == null ? null : Duration.between(start, end));
        var forecast = Forecast.of(plan, Outlook.REPLICATIONS, options.seed());
        var reviews = PastReviews.of(
                setup.state().artifacts(),
                History.journals(setup.config().log()).stream()
                        .map(Journal::run)
                        .toList(),
                Decisions.of(setup.state()).reviews());
        reviews.broken().forEach(problem -> output.warn("a review is left out: " + problem));
        return new DryRunResult(
                start,
                end,
                zone,
                forecast,
                DryRunResult.remedy(forecast),
                plans(plan),
                shards(outlook, split, plan),
                arrivals(plan),
                TwoReviewers.of(options.kappa(), reviews.agreement()),
                outlook.experience(),
                DiskUse.of(setup.state(), setup.log()),
                outlook.machine(),
                lengthsProblem);
    }

    private Instant start(Instant now) {
        return options.start() == null ? now : Window.end("--start", options.start(), now, ZoneId.systemDefault());
    }

    /** The queue in shards; null where nobody asked, or where there is nothing to split. */
    private @Nullable ShardsForecast shards(Outlook outlook, SplitOutline.@Nullable Ended split, NightPlan plan) {
        if (split == null || plan.workload().tasks() == 0) {
            return null;
        }
        var window = plan.windowMillis() == null
                ? null
                : Duration.ofMillis(plan.windowMillis().longValue());
        return ShardsForecast.of(
                options.shards(setup.config().shards()),
                count -> split.of(count).stream()
                        .map(queue -> outlook.plan(queue, plan.slots(), window))
                        .toList(),
                Outlook.REPLICATIONS,
                options.seed());
    }

    private List<DryRunResult.NamedPlan> plans(NightPlan plan) {
        var plans = new ArrayList<DryRunResult.NamedPlan>();
        for (int slots : options.comparedSlots()) {
            plans.add(named(slots == 1 ? "1 slot" : slots + " slots", plan.withSlots(slots)));
        }
        options.whatIfs().forEach(change -> plans.add(named(change.text(), change.applied(plan))));
        return plans;
    }

    private DryRunResult.NamedPlan named(String name, NightPlan plan) {
        return new DryRunResult.NamedPlan(name, Forecast.of(plan, Outlook.REPLICATIONS, options.seed()));
    }

    /** The queue's mix as a stream of arrivals; null where nobody asked, or where there is nothing to mix. */
    private @Nullable Arrivals arrivals(NightPlan plan) {
        var perHour = options.arrivals();
        int tasks = plan.workload().tasks();
        if (perHour == null || tasks == 0) {
            return null;
        }
        double mean = 0;
        double square = 0;
        for (int i = 0; i < plan.workload().agents().size(); i++) {
            Workload.AgentLoad agent = plan.workload().agents().get(i);
            double share = plan.workload().tasks(i) / (double) tasks;
            double own = agent.rates().mean(plan.slowDown(), plan.slots()).toNanos();
            double variation = agent.rates().variation(plan.slowDown(), plan.slots());
            mean += share * own;
            square += share * own * own * (1 + variation * variation);
        }
        return new Arrivals(
                perHour,
                plan.slots(),
                Duration.ofNanos(Math.round(mean)),
                mean == 0 ? 0 : Math.sqrt(Math.max(0, square / (mean * mean) - 1)));
    }
}

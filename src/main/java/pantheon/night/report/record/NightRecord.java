package pantheon.night.report.record;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader.Entry;
import pantheon.night.journal.NightEvent.CallRejected;
import pantheon.night.journal.NightEvent.CheckFinished;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.EgressProven;
import pantheon.night.journal.NightEvent.ForecastMade;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.LinesRefused;
import pantheon.night.journal.NightEvent.NightDirected;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.Session;
import pantheon.night.journal.NightEvent.StatementSigned;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightEvent.TasksParked;
import pantheon.night.journal.NightEvent.ToolReturned;
import pantheon.night.journal.NightLines;
import pantheon.night.journal.Shard;
import pantheon.night.journal.StatementKind;
import pantheon.night.journal.WorkingTime;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.past.CachedPrompts;
import pantheon.night.past.Stops;
import pantheon.night.sizing.past.PastForecast;
import tools.jackson.databind.JsonNode;

/** One night, folded from its journal; also one that is still running, whose last line may be torn. */
public final class NightRecord {
    private final String run;
    private final Map<String, TaskRecord> tasks = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> carryOver = new LinkedHashSet<>();
    private final Map<String, ToolUse> tools = new TreeMap<>();
    private final Map<String, Integer> rejections = new TreeMap<>();
    private final Map<String, String> models = new TreeMap<>();
    private final List<TurnRecord> turns = new ArrayList<>();
    private final List<EgressRecord> proofs = new ArrayList<>();
    private final Set<String> signers = new TreeSet<>();
    private final WorkingTime time = new WorkingTime();
    private final Stops stops = new Stops();
    private final CachedPrompts prompts = new CachedPrompts();
    private @Nullable NightStarted started;
    private @Nullable JsonNode forecast;
    private @Nullable NightDirected directed;
    private @Nullable NightFinished ending;
    private Instant begun = Instant.EPOCH;
    private Instant session = Instant.EPOCH;
    private Instant last = Instant.EPOCH;
    private SetAside refused = SetAside.NOTHING;
    private SetAside parked = SetAside.NOTHING;
    private int resumptions;
    private int attempts;
    private boolean signed;

    private NightRecord(String run) {
        this.run = run;
    }

    /**
     * Reads a night's journal.
     *
     * @throws NightException with exit code 65 where it is broken, or tells of no night
     */
    public static NightRecord of(Path journal) {
        return of(journal, entry -> {});
    }

    /**
     * The same, while somebody else looks at the lines too.
     *
     * @throws NightException as above
     */
    public static NightRecord of(Path journal, Consumer<Entry> beside) {
        var night = new NightRecord(Journal.run(journal));
        NightLines.read(journal, entry -> {
            night.take(entry);
            beside.accept(entry);
        });
        if (night.started == null) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s tells of no night: it ends before the night began. There is nothing to report."
                            .formatted(journal));
        }
        return night;
    }

    private void take(Entry entry) {
        last = entry.time();
        time.take(entry);
        stops.take(run, entry.event());
        prompts.take(entry.event());
        switch (entry.event()) {
            case NightStarted night -> begin(night, entry.time());
            case NightResumed night -> resume(night, entry.time());
            case EgressProven proven -> proofs.add(new EgressRecord(entry.time(), proven));
            case ForecastMade made -> forecast = made.forecast();
            case LinesRefused lines -> refused = SetAside.of(lines.lines(), lines.untold());
            case TasksParked tasks -> parked = SetAside.of(tasks.tasks(), tasks.untold());
            case TaskStarted task -> begin(task, entry.time());
            case GenerationReceived turn -> {
                turns.add(TurnRecord.of(entry.time(), turn));
                task(turn.task()).generated(turn, prompts.told(turn));
            }
            case CallRejected call -> rejections.merge(call.error(), 1, Integer::sum);
            case ToolReturned call -> {
                tools.merge(call.tool(), ToolUse.of(call), ToolUse::plus);
                task(call.task()).returned(call);
            }
            case CheckFinished check -> task(check.task()).checked(check);
            case CommitMade commit -> task(commit.task()).committed(commit);
            case TaskFinished finished -> {
                open.remove(finished.task());
                task(finished.task()).finished(finished.ending(), entry.time());
            }
            case StatementSigned statement -> signed(statement);
            case NightDirected direction -> directed = direction;
            case NightFinished night -> end(night);
            default -> {}
        }
    }

    /** Whether it was paused, and has not gone on since. */
    public boolean isPaused() {
        return directed != null && directed.paused();
    }

    /** When it ends by what a person directed it to; empty where nobody did. */
    public Optional<Instant> until() {
        return Optional.ofNullable(directed).map(NightDirected::until);
    }

    /** Lines of the queue that are no tasks, each with its file and line. */
    public SetAside refused() {
        return refused;
    }

    /** Tasks that waited for others that they build on, each with what it waited for. */
    public SetAside parked() {
        return parked;
    }

    private void begin(NightStarted night, Instant now) {
        started = night;
        begun = now;
        session = now;
        models(night);
    }

    private void resume(NightResumed night, Instant now) {
        resumptions++;
        refused = SetAside.NOTHING; // they may have been mended
        parked = SetAside.NOTHING;
        session = now;
        ending = null;
        directed = null;
        open.clear();
        models(night);
    }

    private void end(NightFinished night) {
        ending = night;
        open.clear();
        carryOver.clear();
        carryOver.addAll(night.carryOver());
    }

    private void begin(TaskStarted task, Instant now) {
        attempts++;
        open.add(task.task());
        tasks.put(task.task(), TaskRecord.begun(task, now));
    }

    private TaskRecord task(String id) {
        return tasks.computeIfAbsent(id, unknown -> TaskRecord.unbegun(id, last));
    }

    private void models(Session night) {
        night.models().forEach(model -> models.put(model.name(), model.digest()));
    }

    private void signed(StatementSigned statement) {
        signers.add(statement.envelope().keyId());
        if (statement.kind() == StatementKind.NIGHT) {
            signed = true;
        } else {
            task(String.valueOf(statement.task())).signed();
        }
    }

    private NightStarted head() {
        if (started == null) {
            throw new IllegalStateException("a night without its first line is not handed out");
        }
        return started;
    }

    public String run() {
        return run;
    }

    /** The program's version. */
    public String version() {
        return head().version();
    }

    public String branch() {
        return head().branch();
    }

    public String baseCommit() {
        return head().baseCommit();
    }

    /** The part of the queue that it does, null where that is all of it. */
    public @Nullable Shard shard() {
        return head().shard();
    }

    public int queueTasks() {
        return head().queueTasks();
    }

    /** The models' digests by their names. */
    public Map<String, String> models() {
        return Collections.unmodifiableMap(models);
    }

    public Instant begun() {
        return begun;
    }

    /** When it was begun, or gone on with after its last interruption. */
    public Instant session() {
        return session;
    }

    /** The time of the last event. */
    public Instant last() {
        return last;
    }

    /** How long it was at work, without the time between its starts. */
    public Duration elapsed() {
        return time.elapsed();
    }

    /** The same, while it is still running. */
    public Duration elapsed(Instant now) {
        return time.elapsed(now);
    }

    /** How often it was gone on with. */
    public int resumptions() {
        return resumptions;
    }

    /** How often a task was begun. */
    public int attempts() {
        return attempts;
    }

    /** Whether it has its last line. */
    public boolean hasEnded() {
        return ending != null;
    }

    /** How it ended, as far as it has. */
    public NightOutcome outcome() {
        return ending == null ? NightOutcome.UNFINISHED : ending.outcome();
    }

    /** What its last line says beside the outcome, empty for nothing. */
    public String message() {
        return ending == null || ending.message() == null ? "" : ending.message();
    }

    public Collection<TaskRecord> tasks() {
        return Collections.unmodifiableCollection(tasks.values());
    }

    /** The tasks that ended in this night, accepted or not, those for a later night left out. */
    public List<TaskRecord> ended() {
        return tasks.values().stream().filter(task -> !task.carriesOver()).toList();
    }

    public List<TaskRecord> accepted() {
        return tasks.values().stream().filter(TaskRecord::accepted).toList();
    }

    /** The tasks that ended for good without being accepted. */
    public List<TaskRecord> notAccepted() {
        return ended().stream().filter(task -> !task.accepted()).toList();
    }

    /** The tasks that are under way. */
    public List<TaskRecord> running() {
        return open.stream().map(tasks::get).map(Objects::requireNonNull).toList();
    }

    /** How many tasks of the queue are left to a later night. */
    public int carriedOver() {
        return Math.max(carryOver.size(), queueTasks() - ended().size());
    }

    /** The ids of those that the night's last line names. */
    public Set<String> carryOver() {
        return Collections.unmodifiableSet(carryOver);
    }

    /** The stops of agents that it knows of, its own and those before it. */
    public Stops stops() {
        return stops;
    }

    /** How the tools were used, by their names. */
    public Map<String, ToolUse> tools() {
        return Collections.unmodifiableMap(tools);
    }

    /** How many replies broke the contract, by the kind of break. */
    public Map<String, Integer> rejections() {
        return Collections.unmodifiableMap(rejections);
    }

    public int rejected() {
        return rejections.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int turnCount() {
        return turns.size();
    }

    public long outputTokens() {
        return turns.stream().mapToLong(TurnRecord::outputTokens).sum();
    }

    /** How much of its prompts came from the models' caches. */
    public CachedPrompts prompts() {
        return prompts;
    }

    public List<TurnRecord> turns() {
        return Collections.unmodifiableList(turns);
    }

    /** Whether there is evidence that egress was denied, and all of it holds that has to. */
    public boolean isEgressDenied() {
        return proofs.stream().anyMatch(proof -> !proof.evidence().isEmpty())
                && proofs.stream().allMatch(EgressRecord::holds);
    }

    public List<EgressRecord> proofs() {
        return Collections.unmodifiableList(proofs);
    }

    /** What was expected of it, beside what came. */
    public Optional<PastForecast> forecast() {
        return Optional.ofNullable(forecast)
                .map(made -> new PastForecast(made, outcome(), elapsed().toMillis()));
    }

    /** Whether a statement over the whole night was signed. */
    public boolean isSigned() {
        return signed;
    }

    /** The ids of the keys that signed. */
    public Set<String> signers() {
        return Collections.unmodifiableSet(signers);
    }

    public Phases phases() {
        return tasks.values().stream().map(TaskRecord::phases).reduce(Phases.NONE, Phases::plus);
    }
}

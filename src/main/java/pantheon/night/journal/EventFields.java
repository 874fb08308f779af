package pantheon.night.journal;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pantheon.night.KeptOrder;
import pantheon.night.contract.JsonCursor;
import pantheon.night.journal.NightEvent.AgentReleased;
import pantheon.night.journal.NightEvent.AgentStopped;
import pantheon.night.journal.NightEvent.AgentWaits;
import pantheon.night.journal.NightEvent.CallRejected;
import pantheon.night.journal.NightEvent.CheckFinished;
import pantheon.night.journal.NightEvent.CommitIntended;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.DecisionMade;
import pantheon.night.journal.NightEvent.EgressProven;
import pantheon.night.journal.NightEvent.Envelope;
import pantheon.night.journal.NightEvent.Evidence;
import pantheon.night.journal.NightEvent.ForecastMade;
import pantheon.night.journal.NightEvent.GatheredShard;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.Limited;
import pantheon.night.journal.NightEvent.LinesRefused;
import pantheon.night.journal.NightEvent.Model;
import pantheon.night.journal.NightEvent.Moment;
import pantheon.night.journal.NightEvent.NightDirected;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightGathered;
import pantheon.night.journal.NightEvent.NightPruned;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.Previous;
import pantheon.night.journal.NightEvent.SchemaDigests;
import pantheon.night.journal.NightEvent.StatementSigned;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightEvent.TasksParked;
import pantheon.night.journal.NightEvent.Tokens;
import pantheon.night.journal.NightEvent.ToolCalled;
import pantheon.night.journal.NightEvent.ToolDigest;
import pantheon.night.journal.NightEvent.ToolReturned;
import pantheon.night.journal.Shape.Fields;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.outcome.Scoring;
import pantheon.night.outcome.StopReason;
import pantheon.night.outcome.Verdict;

/**
 * The names of the fields of a journal's lines, and their order: nothing else knows them. What GenAI's semantic
 * conventions of OpenTelemetry have a name for is called {@code gen_ai.…}, everything else {@code night.…}.
 */
final class EventFields {
    private static final FieldKind<List<String>> TEXTS = FieldKind.list(FieldKind.TEXT);
    private static final FieldKind<Scoring> SCORED = FieldKind.word(EnumSet.complementOf(EnumSet.of(Scoring.PATH)));
    private static final Shape<Model> MODEL = model();
    private static final Shape<SchemaDigests> SCHEMAS = schemas();
    private static final Shape<ToolDigest> TOOL = tool();
    static final FieldKind<List<Evidence>> EVIDENCE = FieldKind.some(evidence());

    static final Shape<NightStarted> NIGHT_STARTED = nightStarted();
    static final Shape<NightResumed> NIGHT_RESUMED = nightResumed();
    static final Shape<NightGathered> NIGHT_GATHERED = nightGathered();
    static final Shape<EgressProven> EGRESS_PROVEN = egressProven();
    static final Shape<ForecastMade> FORECAST_MADE = forecastMade();
    static final Shape<LinesRefused> LINES_REFUSED = linesRefused();
    static final Shape<TasksParked> TASKS_PARKED = tasksParked();
    static final Shape<TaskStarted> TASK_STARTED = taskStarted();
    static final Shape<GenerationReceived> GENERATION_RECEIVED = generationReceived();
    static final Shape<CallRejected> CALL_REJECTED = callRejected();
    static final Shape<ToolCalled> TOOL_CALLED = toolCalled();
    static final Shape<ToolReturned> TOOL_RETURNED = toolReturned();
    static final Shape<CheckFinished> CHECK_FINISHED = checkFinished();
    static final Shape<TaskEnding> TASK_ENDING = taskEnding();
    static final Shape<CommitIntended> COMMIT_INTENDED = commitIntended();
    static final Shape<CommitMade> COMMIT_MADE = commitMade();
    static final Shape<StatementSigned> STATEMENT_SIGNED = statementSigned();
    static final Shape<NightDirected> NIGHT_DIRECTED = nightDirected();
    static final Shape<NightFinished> NIGHT_FINISHED = nightFinished();
    static final Shape<NightPruned> NIGHT_PRUNED = nightPruned();
    static final Shape<DecisionMade> DECISION_MADE = decisionMade();
    static final Shape<AgentStopped> AGENT_STOPPED = agentStopped();
    static final Shape<AgentWaits> AGENT_WAITS = agentWaits();
    static final Shape<AgentReleased> AGENT_RELEASED = agentReleased();

    /** The fields that say how long something took. */
    static final Set<String> TIMES = times();

    private EventFields() {}

    private static Shape<Model> model() {
        var fields = new Fields<Model>();
        var name = fields.has("name", FieldKind.TEXT, Model::name);
        var digest = fields.has("digest", FieldKind.DIGEST, Model::digest);
        var context = fields.has("context_tokens", FieldKind.number(1), Model::contextTokens);
        var origin = fields.has("origin", FieldKind.TEXT, Model::origin);
        var folder = fields.mayHave("folder", FieldKind.TEXT, Model::folder);
        var control = fields.mayHave("control_texts", TEXTS, Model::controlTexts);
        var facts = fields.mayMap("facts", FieldKind.texts(), Model::facts);
        return fields.make(of -> new Model(
                of.get(name),
                of.get(digest),
                of.get(context),
                of.get(origin),
                of.find(folder),
                of.list(control),
                of.map(facts)));
    }

    private static Shape<NightStarted> nightStarted() {
        var fields = new Fields<NightStarted>();
        var run = fields.has("night.run", FieldKind.TEXT, NightStarted::run);
        var version = fields.has("night.version", FieldKind.TEXT, NightStarted::version);
        var tasks = fields.has("night.queue_tasks", FieldKind.number(0), NightStarted::queueTasks);
        var base = fields.has("night.base_commit", FieldKind.COMMIT, NightStarted::baseCommit);
        var repository = fields.mayHave("night.repository", FieldKind.COMMIT, NightStarted::repository);
        var branch = fields.has("night.branch", FieldKind.TEXT, NightStarted::branch);
        var configuration =
                fields.has("night.configuration_digest", FieldKind.DIGEST, NightStarted::configurationDigest);
        var models = fields.has("night.models", FieldKind.list(MODEL), NightStarted::models);
        var slots = fields.mayHave("night.slots", FieldKind.number(2), NightStarted::slots);
        var key = fields.mayHave("night.signing_key", FieldKind.DIGEST, NightStarted::signingKey);
        var previousRun = fields.mayHave("night.previous_run", FieldKind.TEXT, night -> previous(night, Previous::run));
        var previousHead =
                fields.mayHave("night.previous_head", FieldKind.DIGEST, night -> previous(night, Previous::head));
        var pruned = fields.mayHave("night.pruned_head", FieldKind.DIGEST, NightStarted::prunedHead);
        var machine = fields.mayHave("night.machine", machine(), NightStarted::machine);
        var shard = fields.mayHave("night.shard", shard(), NightStarted::shard);
        return fields.make(of -> new NightStarted(
                of.get(run),
                of.get(version),
                of.get(tasks),
                of.get(base),
                of.find(repository),
                of.get(branch),
                of.get(configuration),
                of.get(models),
                of.find(slots),
                of.find(key),
                of.find(previousRun) == null ? null : new Previous(of.get(previousRun), of.get(previousHead)),
                of.find(pruned),
                of.find(machine),
                of.find(shard)));
    }

    private static @Nullable String previous(NightStarted night, Function<Previous, String> part) {
        return night.previous() == null ? null : part.apply(night.previous());
    }

    private static Shape<Machine> machine() {
        var fields = new Fields<Machine>();
        var cores = fields.has("cores", FieldKind.number(1), Machine::cores);
        var cpu = fields.has("cpu", FieldKind.TEXT, Machine::cpu);
        var memory = fields.has("memory_bytes", FieldKind.large(0), Machine::memoryBytes);
        return fields.make(of -> new Machine(of.get(cores), of.get(cpu), of.get(memory)));
    }

    private static Shape<Shard> shard() {
        var fields = new Fields<Shard>();
        var index = fields.has("index", FieldKind.number(0), Shard::index);
        var of = fields.has("of", FieldKind.number(1), Shard::of);
        return fields.make(shard -> {
            JsonCursor.require(shard.get(index) < shard.get(of) && shard.get(of) <= Shard.MOST);
            return new Shard(shard.get(index), shard.get(of));
        });
    }

    private static Shape<NightResumed> nightResumed() {
        var fields = new Fields<NightResumed>();
        var version = fields.has("night.version", FieldKind.TEXT, NightResumed::version);
        var configuration =
                fields.has("night.configuration_digest", FieldKind.DIGEST, NightResumed::configurationDigest);
        var models = fields.has("night.models", FieldKind.list(MODEL), NightResumed::models);
        var slots = fields.mayHave("night.slots", FieldKind.number(2), NightResumed::slots);
        var cut = fields.has("night.cut_bytes", FieldKind.large(0), NightResumed::cutBytes);
        var settled = fields.has("night.settled", TEXTS, NightResumed::settled);
        var key = fields.mayHave("night.signing_key", FieldKind.DIGEST, NightResumed::signingKey);
        return fields.make(of -> new NightResumed(
                of.get(version),
                of.get(configuration),
                of.get(models),
                of.find(slots),
                of.get(cut),
                of.get(settled),
                of.find(key)));
    }

    private static Shape<NightGathered> nightGathered() {
        var fields = new Fields<NightGathered>();
        var of = fields.has("night.shards_of", FieldKind.number(1), NightGathered::of);
        var shards = fields.has("night.shards", FieldKind.list(gatheredShard()), NightGathered::shards);
        var missing =
                fields.mayList("night.shards_missing", FieldKind.list(FieldKind.number(0)), NightGathered::missing);
        var commit = fields.mayHave("night.commit", FieldKind.COMMIT, NightGathered::commit);
        return fields.make(got -> new NightGathered(got.get(of), got.get(shards), got.list(missing), got.find(commit)));
    }

    private static Shape<GatheredShard> gatheredShard() {
        var fields = new Fields<GatheredShard>();
        var run = fields.has("run", FieldKind.TEXT, GatheredShard::run);
        var index = fields.has("index", FieldKind.number(0), GatheredShard::index);
        var lines = fields.has("lines", FieldKind.large(1), GatheredShard::lines);
        var head = fields.has("head", FieldKind.DIGEST, GatheredShard::head);
        var base = fields.has("base_commit", FieldKind.COMMIT, GatheredShard::baseCommit);
        var commit = fields.mayHave("commit", FieldKind.COMMIT, GatheredShard::commit);
        var commits = fields.has("commits", FieldKind.number(0), GatheredShard::commits);
        return fields.make(of -> new GatheredShard(
                of.get(run),
                of.get(index),
                of.get(lines),
                of.get(head),
                of.get(base),
                of.find(commit),
                of.get(commits)));
    }

    private static Shape<EgressProven> egressProven() {
        var fields = new Fields<EgressProven>();
        var moment = fields.has("night.moment", FieldKind.word(EnumSet.allOf(Moment.class)), EgressProven::moment);
        var digest = fields.has("night.evidence_digest", FieldKind.DIGEST, EgressProven::digest);
        var evidence = fields.mayList("night.evidence", EVIDENCE, EgressProven::evidence);
        return fields.make(of -> new EgressProven(of.get(moment), of.get(digest), of.list(evidence)));
    }

    private static Shape<Evidence> evidence() {
        var fields = new Fields<Evidence>();
        var check = fields.has("check", FieldKind.CODE, Evidence::check);
        var expected = fields.has("expected", FieldKind.TEXT, Evidence::expected);
        var found = fields.has("found", FieldKind.TEXT, Evidence::found);
        var holds = fields.has("holds", FieldKind.FLAG, Evidence::holds);
        var required = fields.has("required", FieldKind.FLAG, Evidence::required);
        return fields.make(
                of -> new Evidence(of.get(check), of.get(expected), of.get(found), of.get(holds), of.get(required)));
    }

    private static Shape<ForecastMade> forecastMade() {
        var fields = new Fields<ForecastMade>();
        var forecast = fields.has("night.forecast", FieldKind.OBJECT, ForecastMade::forecast);
        return fields.make(of -> new ForecastMade(of.get(forecast)));
    }

    private static Shape<LinesRefused> linesRefused() {
        var fields = new Fields<LinesRefused>();
        var lines = fields.has("night.refused_lines", FieldKind.some(FieldKind.TEXT), LinesRefused::lines);
        var untold = fields.mayHave("night.untold_lines", FieldKind.number(1), LinesRefused::untold);
        return fields.make(of -> new LinesRefused(of.get(lines), of.find(untold)));
    }

    private static Shape<TasksParked> tasksParked() {
        var fields = new Fields<TasksParked>();
        var tasks = fields.has("night.parked_tasks", FieldKind.some(FieldKind.TEXT), TasksParked::tasks);
        var untold = fields.mayHave("night.untold_tasks", FieldKind.number(1), TasksParked::untold);
        return fields.make(of -> new TasksParked(of.get(tasks), of.find(untold)));
    }

    private static Shape<TaskStarted> taskStarted() {
        var fields = new Fields<TaskStarted>();
        var agent = fields.has("night.agent", FieldKind.TEXT, TaskStarted::agent);
        var version = fields.has("night.agent_version", FieldKind.TEXT, TaskStarted::agentVersion);
        var template = fields.has("night.template_hash", FieldKind.DIGEST, TaskStarted::templateHash);
        var input = fields.has("night.input", FieldKind.OBJECT, TaskStarted::input);
        var model = fields.mayHave("night.model", FieldKind.TEXT, TaskStarted::model);
        var schemas = fields.mayHave("night.schemas", SCHEMAS, TaskStarted::schemas);
        var tools = fields.mayHave("night.tools", FieldKind.list(TOOL), TaskStarted::tools);
        var attempt = fields.mayHave("night.attempt", FieldKind.number(1), TaskStarted::attempt);
        var slot = fields.mayHave("night.slot", FieldKind.number(1), TaskStarted::slot);
        var length = fields.mayHave("night.input_bytes", FieldKind.large(0), TaskStarted::inputBytes);
        var labels = fields.mayList("night.labels", TEXTS, TaskStarted::labels);
        var rejected = fields.mayHave("night.rejected", FieldKind.TEXT, TaskStarted::rejected);
        return fields.make(of -> new TaskStarted(
                of.task(),
                of.get(agent),
                of.get(version),
                of.get(template),
                of.get(input),
                of.find(model),
                of.find(schemas),
                of.find(tools),
                of.find(attempt),
                of.find(slot),
                of.find(length),
                of.list(labels),
                of.find(rejected)));
    }

    private static Shape<SchemaDigests> schemas() {
        var fields = new Fields<SchemaDigests>();
        var input = fields.has("input", FieldKind.DIGEST, SchemaDigests::input);
        var output = fields.has("output", FieldKind.DIGEST, SchemaDigests::output);
        return fields.make(of -> new SchemaDigests(of.get(input), of.get(output)));
    }

    private static Shape<ToolDigest> tool() {
        var fields = new Fields<ToolDigest>();
        var name = fields.has("name", FieldKind.TEXT, ToolDigest::name);
        var digest = fields.has("digest", FieldKind.DIGEST, ToolDigest::digest);
        return fields.make(of -> new ToolDigest(of.get(name), of.get(digest)));
    }

    private static Shape<GenerationReceived> generationReceived() {
        var fields = new Fields<GenerationReceived>();
        fields.always("gen_ai.operation.name", "chat");
        var model = fields.has("gen_ai.request.model", FieldKind.TEXT, GenerationReceived::model);
        var tokens = new TokenFields<>(fields, GenerationReceived::tokens);
        var forced = fields.has("night.forced_tokens", FieldKind.number(0), GenerationReceived::forcedTokens);
        var stop = fields.has(
                "gen_ai.response.finish_reasons",
                FieldKind.single(FieldKind.word(EnumSet.allOf(StopReason.class))),
                GenerationReceived::stopReason);
        var step = fields.has("night.step", FieldKind.number(1), GenerationReceived::step);
        var text = fields.has("night.text", FieldKind.LINE, GenerationReceived::text);
        var prompt = fields.has("night.prompt_hash", FieldKind.DIGEST, GenerationReceived::promptHash);
        var prefill = fields.took("night.prefill_ms", GenerationReceived::prefillMillis);
        var decode = fields.took("night.decode_ms", GenerationReceived::decodeMillis);
        var queue = fields.mayHaveTaken("night.queue_ms", GenerationReceived::queueMillis);
        var limited = fields.mayList("night.limited", FieldKind.list(limited()), GenerationReceived::limited);
        return fields.make(of -> new GenerationReceived(
                of.task(),
                of.get(model),
                tokens.of(of),
                of.get(forced),
                of.get(stop),
                of.get(step),
                of.get(text),
                of.get(prompt),
                of.get(prefill),
                of.get(decode),
                of.find(queue),
                of.list(limited)));
    }

    private static Shape<Limited> limited() {
        var fields = new Fields<Limited>();
        var tool = fields.has("tool", FieldKind.TEXT, Limited::tool);
        var argument = fields.has("argument", FieldKind.LINE, Limited::argument);
        var from = fields.has("from", FieldKind.TEXT, Limited::from);
        var at = fields.has("at", FieldKind.TEXT, Limited::at);
        var offered = fields.has("offered", FieldKind.number(0), Limited::offered);
        var leftOut = fields.mayHave("left_out", FieldKind.number(1), of -> of.leftOut() == 0 ? null : of.leftOut());
        var value = fields.mayHave("value", FieldKind.CHOICE, Limited::value);
        var likelihood = fields.mayHave("likelihood", FieldKind.PART, Limited::likelihood);
        var scoring = fields.mayHave("score", SCORED, of -> of.scoring() == Scoring.PATH ? null : of.scoring());
        return fields.make(of -> new Limited(
                of.get(tool),
                of.get(argument),
                of.get(from),
                of.get(at),
                of.get(offered),
                orZero(of.find(leftOut)),
                of.find(value),
                of.find(likelihood),
                Objects.requireNonNullElse(of.find(scoring), Scoring.PATH)));
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    /** The three counts of tokens, which stand in two records. */
    private static final class TokenFields<R> {
        private final Shape.Field<R, Long> input;
        private final Shape.Field<R, Long> cached;
        private final Shape.Field<R, Long> output;

        TokenFields(Fields<R> fields, Function<R, Tokens> get) {
            input = fields.has(
                    "gen_ai.usage.input_tokens",
                    FieldKind.large(0),
                    record -> get.apply(record).input());
            cached = fields.mayHave(
                    "gen_ai.usage.cache_read.input_tokens",
                    FieldKind.large(0),
                    record -> get.apply(record).cached());
            output = fields.has(
                    "gen_ai.usage.output_tokens",
                    FieldKind.large(0),
                    record -> get.apply(record).output());
        }

        Tokens of(Shape.Values values) {
            return new Tokens(values.get(input), values.find(cached), values.get(output));
        }
    }

    private static Shape<CallRejected> callRejected() {
        var fields = new Fields<CallRejected>();
        var step = fields.has("night.step", FieldKind.number(1), CallRejected::step);
        var failures = fields.has("night.failures", FieldKind.number(1), CallRejected::failures);
        var error = fields.has("error.type", FieldKind.TEXT, CallRejected::error);
        var message = fields.has("night.message", FieldKind.LINE, CallRejected::message);
        return fields.make(
                of -> new CallRejected(of.task(), of.get(step), of.get(failures), of.get(error), of.get(message)));
    }

    private static Shape<ToolCalled> toolCalled() {
        var fields = new Fields<ToolCalled>();
        var step = fields.has("night.step", FieldKind.number(1), ToolCalled::step);
        var tool = fields.has("gen_ai.tool.name", FieldKind.TEXT, ToolCalled::tool);
        var call = fields.has("gen_ai.tool.call.id", FieldKind.TEXT, ToolCalled::callId);
        var arguments = fields.has("gen_ai.tool.call.arguments", FieldKind.OBJECT, ToolCalled::arguments);
        return fields.make(
                of -> new ToolCalled(of.task(), of.get(step), of.get(tool), of.get(call), of.get(arguments)));
    }

    private static Shape<ToolReturned> toolReturned() {
        var fields = new Fields<ToolReturned>();
        var tool = fields.has("gen_ai.tool.name", FieldKind.TEXT, ToolReturned::tool);
        var call = fields.has("gen_ai.tool.call.id", FieldKind.TEXT, ToolReturned::callId);
        var ok = fields.has("night.ok", FieldKind.FLAG, ToolReturned::ok);
        var result = fields.has("gen_ai.tool.call.result", FieldKind.ANY, ToolReturned::result);
        var took = fields.took("night.tool_ms", ToolReturned::millis);
        var error = fields.mayHave("error.type", FieldKind.TEXT, ToolReturned::error);
        return fields.make(of -> new ToolReturned(
                of.task(), of.get(tool), of.get(call), of.get(ok), of.get(result), of.get(took), of.find(error)));
    }

    private static Shape<CheckFinished> checkFinished() {
        var fields = new Fields<CheckFinished>();
        var check = fields.has("night.check", FieldKind.TEXT, CheckFinished::check);
        var passed = fields.has("night.passed", FieldKind.FLAG, CheckFinished::passed);
        var message = fields.mayHave("night.message", FieldKind.LINE, CheckFinished::message);
        var took = fields.mayHaveTaken("night.check_ms", CheckFinished::millis);
        return fields.make(
                of -> new CheckFinished(of.task(), of.get(check), of.get(passed), of.find(message), of.find(took)));
    }

    private static Shape<TaskEnding> taskEnding() {
        var fields = new Fields<TaskEnding>();
        var reason = fields.has(
                "night.finish_reason", FieldKind.word(EnumSet.allOf(FinishReason.class)), TaskEnding::reason);
        var message = fields.mayHave("night.message", FieldKind.LINE, ending -> orNull(ending.message()));
        var steps = fields.has("night.steps", FieldKind.number(0), TaskEnding::steps);
        var failures = fields.has("night.failures", FieldKind.number(0), TaskEnding::failures);
        var tokens = new TokenFields<>(fields, TaskEnding::tokens);
        var took = fields.took("night.task_ms", TaskEnding::millis);
        var diff = fields.mayHave("night.diff_digest", FieldKind.DIGEST, TaskEnding::diffDigest);
        var output = fields.mayHave("night.output", FieldKind.OBJECT, TaskEnding::output);
        return fields.make(of -> new TaskEnding(
                of.get(reason),
                of.text(message),
                of.get(steps),
                of.get(failures),
                tokens.of(of),
                of.get(took),
                of.find(diff),
                of.find(output)));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Shape<CommitIntended> commitIntended() {
        var fields = new Fields<CommitIntended>();
        var branch = fields.has("night.branch", FieldKind.TEXT, CommitIntended::branch);
        var base = fields.has("night.base_commit", FieldKind.COMMIT, CommitIntended::baseCommit);
        var key = fields.has("night.idempotency_key", FieldKind.DIGEST, CommitIntended::key);
        var diff = fields.has("night.diff_digest", FieldKind.DIGEST, CommitIntended::diffDigest);
        var ending = fields.has("night.ending", TASK_ENDING, CommitIntended::ending);
        return fields.make(of ->
                new CommitIntended(of.task(), of.get(branch), of.get(base), of.get(key), of.get(diff), of.get(ending)));
    }

    private static Shape<CommitMade> commitMade() {
        var fields = new Fields<CommitMade>();
        var commit = fields.has("night.commit", FieldKind.COMMIT, CommitMade::commit);
        var branch = fields.has("night.branch", FieldKind.TEXT, CommitMade::branch);
        var base = fields.has("night.base_commit", FieldKind.COMMIT, CommitMade::baseCommit);
        var key = fields.has("night.idempotency_key", FieldKind.DIGEST, CommitMade::key);
        var merged = fields.mayHave("night.merged", FieldKind.FLAG, CommitMade::merged);
        var recovered = fields.mayHave("night.recovered", FieldKind.FLAG, CommitMade::recovered);
        return fields.make(of -> new CommitMade(
                of.task(),
                of.get(commit),
                of.get(branch),
                of.get(base),
                of.get(key),
                of.find(merged),
                of.find(recovered)));
    }

    private static Shape<StatementSigned> statementSigned() {
        var fields = new Fields<StatementSigned>();
        var kind = fields.has(
                "night.statement_of", FieldKind.word(EnumSet.allOf(StatementKind.class)), StatementSigned::kind);
        var envelope = fields.has("night.envelope", envelope(), StatementSigned::envelope);
        var key = fields.has("night.public_key", FieldKind.BASE64, StatementSigned::publicKey);
        return fields.make(of -> new StatementSigned(null, of.get(kind), of.get(envelope), of.get(key)));
    }

    /** A statement over a task, or with null over the night. */
    static StatementSigned statement(StatementSigned read, @Nullable String task) {
        return new StatementSigned(task, read.kind(), read.envelope(), read.publicKey());
    }

    /** DSSE's envelope holds a list of signatures, ours always one. */
    private static Shape<Envelope> envelope() {
        var fields = new Fields<Envelope>();
        var type = fields.has("payloadType", FieldKind.text(Envelope.IN_TOTO::equals), Envelope::payloadType);
        var payload = fields.has("payload", FieldKind.BASE64, Envelope::payload);
        var signature = fields.has("signatures", FieldKind.single(signature()), envelope -> envelope);
        return fields.make(of -> new Envelope(
                of.get(type),
                of.get(payload),
                of.get(signature).keyId(),
                of.get(signature).signature()));
    }

    private static Shape<Envelope> signature() {
        var fields = new Fields<Envelope>();
        var key = fields.has("keyid", FieldKind.DIGEST, Envelope::keyId);
        var signature = fields.has("sig", FieldKind.SIGNATURE, Envelope::signature);
        return fields.make(of -> new Envelope("", "", of.get(key), of.get(signature)));
    }

    private static Shape<NightFinished> nightFinished() {
        var fields = new Fields<NightFinished>();
        var outcome = fields.has("night.outcome", FieldKind.word(NightOutcome.WRITTEN), NightFinished::outcome);
        var tasks = fields.has("night.tasks", FieldKind.counts(FinishReason.class), NightFinished::tasks);
        var took = fields.took("night.elapsed_ms", NightFinished::millis);
        var message = fields.mayHave("night.message", FieldKind.LINE, NightFinished::message);
        var carryOver = fields.mayList("night.carry_over", TEXTS, NightFinished::carryOver);
        var signed = fields.mayHave("night.signed", FieldKind.FLAG, NightFinished::signed);
        var tooLong = fields.mayList("night.not_expected_to_end", TEXTS, NightFinished::notExpectedToEnd);
        return fields.make(of -> new NightFinished(
                of.get(outcome),
                of.get(tasks),
                of.get(took),
                of.find(message),
                of.list(carryOver),
                of.find(signed),
                of.list(tooLong)));
    }

    private static Shape<NightDirected> nightDirected() {
        var fields = new Fields<NightDirected>();
        var paused = fields.has("night.paused", FieldKind.FLAG, NightDirected::paused);
        var until = fields.mayHave("night.until", FieldKind.SECOND, NightDirected::until);
        return fields.make(of -> new NightDirected(of.get(paused), of.find(until)));
    }

    private static Shape<NightPruned> nightPruned() {
        var fields = new Fields<NightPruned>();
        var run = fields.has("night.run", FieldKind.TEXT, NightPruned::run);
        var lines = fields.has("night.lines", FieldKind.large(0), NightPruned::lines);
        var head = fields.has("night.head", FieldKind.DIGEST, NightPruned::head);
        var bytes = fields.has("night.bytes", FieldKind.large(0), NightPruned::bytes);
        var ended = fields.has("night.ended", TEXTS, NightPruned::ended);
        var broken = fields.mayHave("night.broken_line", FieldKind.large(1), NightPruned::brokenLine);
        var shards = fields.mayList("night.shard_runs", TEXTS, NightPruned::shards);
        return fields.make(of -> new NightPruned(
                of.get(run),
                of.get(lines),
                of.get(head),
                of.get(bytes),
                of.get(ended),
                of.find(broken),
                of.list(shards)));
    }

    private static Shape<DecisionMade> decisionMade() {
        var fields = new Fields<DecisionMade>();
        var run = fields.has("night.run", FieldKind.TEXT, DecisionMade::run);
        var verdict = fields.has("night.decision", FieldKind.word(EnumSet.allOf(Verdict.class)), DecisionMade::verdict);
        var who = fields.has("night.who", FieldKind.TEXT, DecisionMade::who);
        var commit = fields.mayHave("night.commit", FieldKind.COMMIT, DecisionMade::commit);
        var diff = fields.mayHave("night.diff_digest", FieldKind.DIGEST, DecisionMade::diffDigest);
        var reason = fields.mayHave("night.reason", FieldKind.TEXT, DecisionMade::reason);
        var queuedAs = fields.mayHave("night.queued_as", FieldKind.TEXT, DecisionMade::queuedAs);
        return fields.make(of -> new DecisionMade(
                of.task(),
                of.get(run),
                of.get(verdict),
                of.get(who),
                of.find(commit),
                of.find(diff),
                of.find(reason),
                of.find(queuedAs)));
    }

    private static Shape<AgentStopped> agentStopped() {
        var fields = new Fields<AgentStopped>();
        var agent = fields.has("night.agent", FieldKind.TEXT, AgentStopped::agent);
        var how = fields.has("night.how", FieldKind.LINE, AgentStopped::how);
        var alike = fields.has("night.alike", FieldKind.number(1), AgentStopped::alike);
        var number = fields.has("night.stop", FieldKind.number(1), AgentStopped::number);
        return fields.make(of -> new AgentStopped(of.get(agent), of.get(how), of.get(alike), of.get(number)));
    }

    private static Shape<AgentWaits> agentWaits() {
        var fields = new Fields<AgentWaits>();
        var agent = fields.has("night.agent", FieldKind.TEXT, AgentWaits::agent);
        var since = fields.has("night.since", FieldKind.TEXT, AgentWaits::since);
        var number = fields.has("night.stop", FieldKind.number(1), AgentWaits::number);
        var how = fields.has("night.how", FieldKind.LINE, AgentWaits::how);
        var tasks = fields.has("night.waiting_tasks", FieldKind.number(0), AgentWaits::tasks);
        return fields.make(
                of -> new AgentWaits(of.get(agent), of.get(since), of.get(number), of.get(how), of.get(tasks)));
    }

    private static Shape<AgentReleased> agentReleased() {
        var fields = new Fields<AgentReleased>();
        var agent = fields.has("night.agent", FieldKind.TEXT, AgentReleased::agent);
        var run = fields.has("night.run", FieldKind.TEXT, AgentReleased::run);
        var number = fields.has("night.stop", FieldKind.number(1), AgentReleased::number);
        var who = fields.has("night.who", FieldKind.TEXT, AgentReleased::who);
        var reason = fields.mayHave("night.reason", FieldKind.TEXT, AgentReleased::reason);
        return fields.make(
                of -> new AgentReleased(of.get(agent), of.get(run), of.get(number), of.get(who), of.find(reason)));
    }

    private static Set<String> times() {
        var times = new TreeSet<String>();
        List.of(GENERATION_RECEIVED, TOOL_RETURNED, CHECK_FINISHED, TASK_ENDING, NIGHT_FINISHED)
                .forEach(shape -> times.addAll(shape.times()));
        return KeptOrder.set(times);
    }
}

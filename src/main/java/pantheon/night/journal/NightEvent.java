package pantheon.night.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.WholeText;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.outcome.Scoring;
import pantheon.night.outcome.StopReason;
import pantheon.night.outcome.Verdict;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened in a night: one record for each type of a journal's lines.
 *
 * <p>{@link EventCodec} writes them and reads them back, and is alone in knowing what their fields are called. Digests
 * are SHA-256 as lower-case hex, commits are git's ids. A list that a line does not have is empty; what else it may
 * lack is null. Foreign values (a task's input, a call's arguments, a tool's result, a forecast) are kept as they are.
 */
public sealed interface NightEvent {
    /** The id of the task that it belongs to, null for the night's own. */
    default @Nullable String task() {
        return null;
    }

    /** What belongs to one task. */
    sealed interface TaskEvent extends NightEvent {
        @Override
        String task();
    }

    /** What a process begins to work on a night with: its first line, or the first one after an interruption. */
    sealed interface Session extends NightEvent {
        /** The program's version. */
        String version();

        /** SHA-256 over the configuration that is in force. */
        String configurationDigest();

        List<Model> models();

        /** How many tasks may be under way beside one another; null where that is one. */
        @Nullable
        Integer slots();

        /** The id of the key that its statements are signed with, null where they are not. */
        @Nullable
        String signingKey();
    }

    /**
     * A model that was loaded.
     *
     * @param name what agents call it
     * @param contextTokens its context's length, more than 0
     * @param origin where it runs, for example {@code process:onnxruntime}
     * @param folder what turns name as their model, null in journals of early versions
     * @param controlTexts the texts of its control tokens
     * @param facts what else decided how it answered, by name, empty in journals of early versions
     */
    record Model(
            String name,
            String digest,
            int contextTokens,
            String origin,
            @Nullable String folder,
            List<String> controlTexts,
            Map<String, String> facts) {
        public Model {
            controlTexts = List.copyOf(controlTexts);
            facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        }

        /** What turns name as their model. */
        public String turnsName() {
            return folder == null ? name : folder;
        }

        /** Whether its engine counts what it took from its cache; where it does not, turns of early versions have 0 there. */
        public boolean tellsCached() {
            return !"not counted".equals(facts.get("cached_tokens"));
        }
    }

    /** The night before this one: its id, and the head of its journal. */
    record Previous(String run, String head) {}

    /**
     * A night has begun.
     *
     * @param queueTasks how many tasks its queue has
     * @param repository the first commit of the workspace's history; null where it is a shallow clone
     * @param branch the name of the night's branch
     * @param prunedHead the head of the list of pruned nights, null where there is none
     * @param shard the part of the queue that it does, null where that is all of it
     */
    record NightStarted(
            String run,
            String version,
            int queueTasks,
            String baseCommit,
            @Nullable String repository,
            String branch,
            String configurationDigest,
            List<Model> models,
            @Nullable Integer slots,
            @Nullable String signingKey,
            @Nullable Previous previous,
            @Nullable String prunedHead,
            @Nullable Machine machine,
            @Nullable Shard shard)
            implements Session {
        public NightStarted {
            models = List.copyOf(models);
        }
    }

    /**
     * A night that was interrupted goes on.
     *
     * @param cutBytes how much of half a line was cut off its journal
     * @param settled the tasks whose commit was announced, and is there
     */
    record NightResumed(
            String version,
            String configurationDigest,
            List<Model> models,
            @Nullable Integer slots,
            long cutBytes,
            List<String> settled,
            @Nullable String signingKey)
            implements Session {
        public NightResumed {
            models = List.copyOf(models);
            settled = List.copyOf(settled);
        }
    }

    /**
     * A night of a shard, as it was gathered.
     *
     * @param index the shard's number, from 0
     * @param lines how many its journal has
     * @param head the hash of the last of them
     * @param commit the last commit on its branch, null where it made none
     * @param commits how many it made
     */
    record GatheredShard(
            String run,
            int index,
            long lines,
            String head,
            String baseCommit,
            @Nullable String commit,
            int commits) {}

    /**
     * The work of shards was put on one branch: the second line of such a night, which did no task itself.
     *
     * @param of how many shards there are
     * @param shards the nights whose work it is, in the order in which it was merged
     * @param missing the numbers of the shards that have not ended, and so are left to a later gathering
     * @param commit where the branch ends, null where there is nothing on it
     */
    record NightGathered(
            int of,
            List<GatheredShard> shards,
            List<Integer> missing,
            @Nullable String commit) implements NightEvent {
        public NightGathered {
            shards = List.copyOf(shards);
            missing = List.copyOf(missing);
        }

        /** Whether no shard was left out. */
        public boolean isWhole() {
            return missing.isEmpty();
        }
    }

    /** When a proof of egress was made. */
    enum Moment {
        START,
        RESUME,
        COMMAND_TOOL
    }

    /** One thing that was tried to prove that no network can be reached. */
    record Evidence(String check, String expected, String found, boolean holds, boolean required) {}

    /**
     * What was found when it was proven that this process reaches no network.
     *
     * @param digest SHA-256 over the part of the evidence that can change
     * @param evidence empty where nothing had changed since the start
     */
    record EgressProven(Moment moment, String digest, List<Evidence> evidence) implements NightEvent {
        public EgressProven {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * How the night was expected to go, before it began.
     *
     * @param forecast as the dry run writes it
     */
    record ForecastMade(ObjectNode forecast) implements NightEvent {}

    /**
     * Lines of the queue are no tasks as they are, and the night does without them.
     *
     * @param lines what is wrong with each, with its file and line; of many the first ones
     * @param untold how many more there are, null where there is none
     */
    record LinesRefused(List<String> lines, @Nullable Integer untold) implements NightEvent {
        public LinesRefused {
            lines = lines.stream().map(WholeText::of).toList();
        }
    }

    /**
     * Tasks of the queue wait for others that they build on, and the night does without them.
     *
     * @param tasks what each waits for, with its id; of many the first ones
     * @param untold how many more there are, null where there is none
     */
    record TasksParked(List<String> tasks, @Nullable Integer untold) implements NightEvent {
        public TasksParked {
            tasks = tasks.stream().map(WholeText::of).toList();
        }
    }

    /** A tool as an agent had it: its name, and the digest of what it is and may do. */
    record ToolDigest(String name, String digest) {}

    /** The digests of an agent's schemas. */
    record SchemaDigests(String input, String output) {}

    /**
     * A task has begun on a clean scratch checkout.
     *
     * @param templateHash SHA-256 of what the agent's prompts begin with
     * @param model what the agent calls its model; null, as the next two are, in journals of early versions
     * @param attempt how often it was begun, from 1; null where nobody counted
     * @param slot which of the night's it has, from 1; null where there is one alone
     * @param inputBytes the length of what it works on; null where nobody measured
     * @param rejected why a person did not want what an earlier attempt made, as the prompt tells it; null where nobody said
     */
    record TaskStarted(
            String task,
            String agent,
            String agentVersion,
            String templateHash,
            ObjectNode input,
            @Nullable String model,
            @Nullable SchemaDigests schemas,
            @Nullable List<ToolDigest> tools,
            @Nullable Integer attempt,
            @Nullable Integer slot,
            @Nullable Long inputBytes,
            List<String> labels,
            @Nullable String rejected)
            implements TaskEvent {
        public TaskStarted {
            tools = tools == null ? null : List.copyOf(tools);
            labels = List.copyOf(labels);
        }

        /** The agent with its version, for example {@code docops.front-matter@3}. */
        public String versionedAgent() {
            return agent + "@" + agentVersion;
        }

        /** The same with what the queue, the history and the night say of the task. */
        public TaskStarted asQueued(
                @Nullable Integer queuedAttempt,
                @Nullable Integer takenSlot,
                @Nullable Long length,
                List<String> queuedLabels) {
            return new TaskStarted(
                    task,
                    agent,
                    agentVersion,
                    templateHash,
                    input,
                    model,
                    schemas,
                    tools,
                    queuedAttempt,
                    takenSlot,
                    length,
                    queuedLabels,
                    rejected);
        }

        /** The same, but for what the queue, the history and the night say of the task. */
        public TaskStarted byItself() {
            return asQueued(null, null, null, List.of());
        }
    }

    /**
     * The tokens of one turn, or of a whole task.
     *
     * @param cached those of the input that came from the KV cache; null where that is not known, 0 in journals of early versions
     */
    record Tokens(long input, @Nullable Long cached, long output) {
        /** Those of the input that were not in the KV cache; all of them where nobody knows. */
        public long prefilled() {
            return input - (cached == null ? 0 : cached);
        }
    }

    /**
     * An argument that a turn could give only values for which tools had returned before it.
     *
     * @param from the tool whose results they are from
     * @param at where in these, a JSON Pointer in which {@code *} stands for every item of a list
     * @param offered how many values there were; with none the argument could not be given
     * @param leftOut how many more there were, beyond what can be offered
     * @param value what the turn chose of them, null where it did not give the argument
     * @param likelihood how likely the model found it, among all that was offered: 0 to 1; null where there is no value, or
     *     its engine does not tell
     * @param scoring by what it was chosen; token by token in journals of early versions
     */
    record Limited(
            String tool,
            String argument,
            String from,
            String at,
            int offered,
            int leftOut,
            @Nullable JsonNode value,
            @Nullable Double likelihood,
            Scoring scoring) {
        /** Whether the model chose, and said how sure it was: of one value alone it could only be sure. */
        public boolean isChoice() {
            return offered > 1 && value != null && likelihood != null;
        }
    }

    /**
     * The model has answered one step.
     *
     * @param model the folder's name
     * @param forcedTokens how many of the output tokens the grammar left no choice for
     * @param step from 1
     * @param promptHash SHA-256 of the whole prompt
     * @param queueMillis how long it waited beside the turns of other tasks; null where none could be under way
     * @param limited the arguments whose values came from results
     */
    record GenerationReceived(
            String task,
            String model,
            Tokens tokens,
            int forcedTokens,
            StopReason stopReason,
            int step,
            String text,
            String promptHash,
            long prefillMillis,
            long decodeMillis,
            @Nullable Long queueMillis,
            List<Limited> limited)
            implements TaskEvent {
        public GenerationReceived {
            limited = List.copyOf(limited);
        }
    }

    /**
     * A reply broke the contract; nothing of it ran.
     *
     * @param failures how many of the task's replies did so far, from 1
     * @param error a short fixed word, for example {@code invalid_json}
     */
    record CallRejected(String task, int step, int failures, String error, String message) implements TaskEvent {
        public CallRejected {
            message = WholeText.of(message);
        }
    }

    /** A call is about to run, with these arguments, bound ones included. */
    record ToolCalled(String task, int step, String tool, String callId, ObjectNode arguments) implements TaskEvent {
        public ToolCalled {
            arguments = WholeText.of(arguments);
        }
    }

    /**
     * A call has ended.
     *
     * @param result the JSON that the model sees
     * @param error the type of the error, null where it is none
     */
    record ToolReturned(
            String task,
            String tool,
            String callId,
            boolean ok,
            JsonNode result,
            long millis,
            @Nullable String error) implements TaskEvent {}

    /**
     * An acceptance check has looked at a task's work.
     *
     * @param message what is wrong, null where it passed
     * @param millis how long it took, null in journals of early versions
     */
    record CheckFinished(
            String task,
            String check,
            boolean passed,
            @Nullable String message,
            @Nullable Long millis) implements TaskEvent {}

    /**
     * What a task came to.
     *
     * @param message what a person should know beside the reason, possibly empty
     * @param millis how long its loop took
     * @param diffDigest SHA-256 of its diff, null where it left none that can be committed
     * @param output what the agent ended with, null where it gave nothing
     */
    record TaskEnding(
            FinishReason reason,
            String message,
            int steps,
            int failures,
            Tokens tokens,
            long millis,
            @Nullable String diffDigest,
            @Nullable ObjectNode output) {
        /** The message of an accepted task that left all files as they were. */
        public static final String UNCHANGED = "nothing had to change";

        public TaskEnding {
            message = WholeText.of(message);
            output = output == null ? null : WholeText.of(output);
        }

        /** Whether all files were left as they were, and that was accepted. */
        public boolean isUnchanged() {
            return reason == FinishReason.ACCEPTED && message.equals(UNCHANGED);
        }

        /** The figures alone. */
        public TaskEnding metrics() {
            return new TaskEnding(reason, message, steps, failures, tokens, millis, null, null);
        }
    }

    /**
     * A commit of an accepted task's work is about to be made.
     *
     * @param key the idempotency key, by which the commit is known
     * @param ending what the task comes to, once the commit is there
     */
    record CommitIntended(
            String task, String branch, String baseCommit, String key, String diffDigest, TaskEnding ending)
            implements TaskEvent {
        /** The line on the commit that was made. */
        public CommitMade made(String commit, boolean merged) {
            return new CommitMade(task, commit, branch, baseCommit, key, merged, null);
        }

        /** The line on the commit that was found rather than made. */
        public CommitMade recovered(String commit) {
            return new CommitMade(task, commit, branch, baseCommit, key, null, true);
        }
    }

    /**
     * An accepted task's work is on the night's branch.
     *
     * @param key the idempotency key, by which the commit is known
     * @param merged whether it was merged with another task's; null where that is not known
     * @param recovered true where the commit was found rather than made, null otherwise
     */
    record CommitMade(
            String task,
            String commit,
            String branch,
            String baseCommit,
            String key,
            @Nullable Boolean merged,
            @Nullable Boolean recovered)
            implements TaskEvent {
        /** Whether it surely is what the task left, merged with nothing. */
        public boolean isAsTheTaskLeftIt() {
            return merged != null && !merged;
        }
    }

    /** A task has ended, for one named reason. */
    record TaskFinished(String task, TaskEnding ending) implements TaskEvent {
        public FinishReason reason() {
            return ending.reason();
        }
    }

    /** A DSSE 1.0 envelope with one signature; payload and signature are base64 with padding. */
    record Envelope(String payloadType, String payload, String keyId, String signature) {
        /** The one type of payload that is signed: an in-toto Statement. */
        public static final String IN_TOTO = "application/vnd.in-toto+json";
    }

    /**
     * A signed statement over what a task or the night came to.
     *
     * @param task null for the night's
     * @param publicKey base64 of its DER form
     */
    record StatementSigned(@Nullable String task, StatementKind kind, Envelope envelope, String publicKey)
            implements NightEvent {}

    /**
     * The night has ended.
     *
     * @param tasks how many tasks ended for each reason
     * @param millis how long it was at work, all its starts together
     * @param message what a person should know beside the outcome, null for nothing
     * @param carryOver the tasks that are left to the next night
     * @param signed whether its statements are signed, null in journals of early versions
     * @param notExpectedToEnd those of them that were expected to outlast the window
     */
    record NightFinished(
            NightOutcome outcome,
            Map<FinishReason, Integer> tasks,
            long millis,
            @Nullable String message,
            List<String> carryOver,
            @Nullable Boolean signed,
            List<String> notExpectedToEnd)
            implements NightEvent {
        public NightFinished {
            tasks = Collections.unmodifiableMap(
                    tasks.isEmpty() ? new EnumMap<>(FinishReason.class) : new EnumMap<>(tasks));
            carryOver = List.copyOf(carryOver);
            notExpectedToEnd = List.copyOf(notExpectedToEnd);
        }
    }

    /**
     * A person has decided of a task's work; it stands in the journal of decisions, and a later one of the same task
     * takes its place.
     *
     * @param run the night that the task is looked at in
     * @param who the name of the user of the system
     * @param commit the task's commit at that time, null where it had none
     * @param diffDigest SHA-256 of the task's diff, null where it left none
     * @param reason why, null where nothing was said
     * @param queuedAs the id under which the task was queued again, null where it was not
     */
    record DecisionMade(
            String task,
            String run,
            Verdict verdict,
            String who,
            @Nullable String commit,
            @Nullable String diffDigest,
            @Nullable String reason,
            @Nullable String queuedAs)
            implements TaskEvent {
        public DecisionMade {
            reason = reason == null ? null : WholeText.of(reason);
        }
    }

    /**
     * A person directed the running night.
     *
     * @param paused whether no task begins
     * @param until when it ends, in whole seconds; null for as it was begun
     */
    record NightDirected(boolean paused, @Nullable Instant until) implements NightEvent {}

    /**
     * The last tasks of an agent all ended alike, so its others wait for a person.
     *
     * @param how they ended, for example {@code not_accepted (body_kept)}
     * @param alike how many did, 1 or more
     * @param number of the agent's stops in this night, from 1
     */
    record AgentStopped(String agent, String how, int alike, int number) implements NightEvent {}

    /**
     * A night began while tasks of an agent waited for a person.
     *
     * @param since the night in which the agent stopped
     * @param number of its stops in that one
     * @param how its last tasks ended there
     * @param tasks how many wait, 0 or more
     */
    record AgentWaits(String agent, String since, int number, String how, int tasks) implements NightEvent {}

    /**
     * A person has said that an agent which stopped goes on; it stands in the journal of decisions.
     *
     * @param run the night in which it stopped
     * @param number of its stops in that one
     * @param who the name of the user of the system
     * @param reason why, null where nothing was said
     */
    record AgentReleased(
            String agent,
            String run,
            int number,
            String who,
            @Nullable String reason) implements NightEvent {
        public AgentReleased {
            reason = reason == null ? null : WholeText.of(reason);
        }
    }

    /**
     * The journal and the artifacts of an old night are about to be removed, or its broken journal to be set aside.
     *
     * @param lines how many its journal had, as far as it could be relied on
     * @param head the hash of the last of them
     * @param bytes of its journal and its artifacts
     * @param ended the tasks that ended in it for good
     * @param brokenLine the line of its journal that is broken, from 1; null where none is
     * @param shards the nights of shards that were gathered in it, where none was missing
     */
    record NightPruned(
            String run,
            long lines,
            String head,
            long bytes,
            List<String> ended,
            @Nullable Long brokenLine,
            List<String> shards)
            implements NightEvent {
        public NightPruned {
            ended = List.copyOf(ended);
            shards = List.copyOf(shards);
        }
    }
}

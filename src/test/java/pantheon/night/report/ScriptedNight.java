package pantheon.night.report;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.calibration.EveryChoice;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.decision.Decisions;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import pantheon.night.journal.StateFolder;
import pantheon.night.report.section.Places;
import tools.jackson.databind.node.ObjectNode;

/** A night that is written down by a script: a real journal and real artifacts, and a clock that moves with it. */
public final class ScriptedNight implements AutoCloseable {
    static final String BASE = "a1".repeat(20);

    private final Path folder;
    private final String run;
    private final Journal journal;
    private final Instant begin;
    private Instant now;
    private int commits;

    /** @param folder gets {@code log} and {@code state}, as a night's does */
    public ScriptedNight(Path folder, String run, Instant begin) {
        this.folder = folder;
        this.run = run;
        this.begin = begin;
        this.now = begin;
        this.journal = Journal.create(folder.resolve("log"), run, () -> now);
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    public Instant now() {
        return now;
    }

    public Path file() {
        return journal.file();
    }

    Path artifacts(String task) {
        return folder.resolve("state/artifacts").resolve(run).resolve(task);
    }

    Places places() {
        return new Places(
                folder.resolve("workspace"),
                folder.resolve("state/artifacts").resolve(run),
                folder.resolve("state/reports").resolve(run),
                ZoneId.of("UTC"));
    }

    void append(EventType type, @Nullable String task, String data) {
        journal.append(EventCodec.event(type, task, (ObjectNode) Json.parse(data)));
    }

    /** What its models chose, with nobody's decisions. */
    EveryChoice choices() {
        return new EveryChoice(new StateFolder(folder.resolve("state")), Decisions.none());
    }

    /** A turn that chose one of several values. */
    void chose(String task, double likelihood) {
        append(EventType.GENERATION_RECEIVED, task, """
                {"gen_ai.operation.name": "chat", "gen_ai.request.model": "tiny", "gen_ai.usage.input_tokens": 120,
                 "gen_ai.usage.cache_read.input_tokens": 100, "gen_ai.usage.output_tokens": 12,
                 "gen_ai.response.finish_reasons": ["end_of_turn"], "night.step": 1, "night.text": "x",
                 "night.prompt_hash": "%s", "night.forced_tokens": 0, "night.prefill_ms": 20, "night.decode_ms": 80,
                 "night.limited": [{"tool": "set_link", "argument": "target", "from": "next_link", "at": "/pages/*",
                   "offered": 3, "value": "a.md", "likelihood": %s}]}
                """.formatted("d4".repeat(32), likelihood));
    }

    public void started(int tasks) {
        append(EventType.NIGHT_STARTED, null, """
                {"night.run": "%1$s", "night.version": "1.2.3", "night.queue_tasks": %2$d, "night.base_commit": "%3$s",
                 "night.branch": "night/%1$s", "night.configuration_digest": "%4$s",
                 "night.models": [{"name": "tiny", "digest": "%4$s", "context_tokens": 2048, "origin": "process:x"}]}
                """.formatted(run, tasks, BASE, "b2".repeat(32)));
    }

    void resumed() {
        append(EventType.NIGHT_RESUMED, null, """
                {"night.version": "1.2.3", "night.configuration_digest": "%1$s", "night.cut_bytes": 0,
                 "night.settled": [], "night.models": []}
                """.formatted("b2".repeat(32)));
    }

    public void proven(String moment) {
        append(EventType.EGRESS_PROVEN, null, """
                {"night.moment": "%s", "night.evidence_digest": "%s", "night.evidence": [
                  {"check": "inet_socket", "expected": "refused", "found": "EPERM", "holds": true, "required": true},
                  {"check": "interfaces", "expected": "none but lo", "found": "lo, eth0", "holds": false,
                   "required": false}]}
                """.formatted(moment, "e7".repeat(32)));
    }

    public void begun(String task, String agent) {
        append(EventType.TASK_STARTED, task, """
                {"night.agent": %s, "night.agent_version": "1", "night.template_hash": "%s", "night.input": {},
                 "night.attempt": 1}
                """.formatted(Json.quote(agent), "c3".repeat(32)));
    }

    /** A turn of the model: 20 ms of prefill, 80 ms of decode, 12 tokens. */
    public void turn(String task, int step) {
        pass(Duration.ofMillis(100));
        append(EventType.GENERATION_RECEIVED, task, """
                {"gen_ai.operation.name": "chat", "gen_ai.request.model": "tiny", "gen_ai.usage.input_tokens": 120,
                 "gen_ai.usage.cache_read.input_tokens": 100, "gen_ai.usage.output_tokens": 12,
                 "gen_ai.response.finish_reasons": ["end_of_turn"], "night.step": %d, "night.text": "x",
                 "night.prompt_hash": "%s", "night.forced_tokens": 0, "night.prefill_ms": 20, "night.decode_ms": 80}
                """.formatted(step, "d4".repeat(32)));
    }

    /** One of which nobody tells how much of its prompt was cached. */
    void uncountedTurn(String task) {
        append(EventType.GENERATION_RECEIVED, task, """
                {"gen_ai.operation.name": "chat", "gen_ai.request.model": "tiny", "gen_ai.usage.input_tokens": 120,
                 "gen_ai.usage.output_tokens": 12, "gen_ai.response.finish_reasons": ["end_of_turn"], "night.step": 2,
                 "night.text": "x", "night.prompt_hash": "%s", "night.forced_tokens": 0, "night.prefill_ms": 20,
                 "night.decode_ms": 80}
                """.formatted("d4".repeat(32)));
    }

    void rejected(String task, String kind) {
        append(EventType.CALL_REJECTED, task, """
                {"night.step": 1, "night.failures": 1, "error.type": %s, "night.message": "no"}
                """.formatted(Json.quote(kind)));
    }

    /** A tool call that took 5 ms. */
    void tool(String task, String tool, @Nullable String error) {
        pass(Duration.ofMillis(5));
        var data = Json.object();
        data.put("gen_ai.tool.name", tool);
        data.put("gen_ai.tool.call.id", "call-1-1");
        data.put("night.ok", error == null);
        data.set("gen_ai.tool.call.result", Json.object());
        data.put("night.tool_ms", 5);
        if (error != null) {
            data.put("error.type", error);
        }
        journal.append(EventCodec.event(EventType.TOOL_RETURNED, task, data));
    }

    void check(String task, String check, boolean passed) {
        pass(Duration.ofMillis(3));
        append(EventType.CHECK_FINISHED, task, """
                {"night.check": %s, "night.passed": %s, "night.check_ms": 3}
                """.formatted(Json.quote(check), passed));
    }

    /** The commit of a diff, which is among the artifacts too. */
    void committed(String task, String patch) {
        artifact(task, "diff.patch", patch);
        append(EventType.COMMIT_MADE, task, """
                {"night.commit": "%s", "night.branch": "night/%s", "night.base_commit": "%s",
                 "night.idempotency_key": "%s"}
                """.formatted(
                "%040x".formatted(BigInteger.valueOf(0xC0FFEE + commits++).shiftLeft(112)),
                run,
                BASE,
                "f6".repeat(32)));
    }

    public void finished(String task, String reason, String message, @Nullable String patch) {
        var data = Json.object();
        data.put("night.finish_reason", reason);
        data.put("night.message", message);
        data.put("night.steps", 2);
        data.put("night.failures", 0);
        data.put("gen_ai.usage.input_tokens", 240);
        data.put("gen_ai.usage.cache_read.input_tokens", 200);
        data.put("gen_ai.usage.output_tokens", 24);
        data.put("night.task_ms", 220);
        if (patch != null) {
            data.put("night.diff_digest", Sha256.hex(patch));
        }
        journal.append(EventCodec.event(EventType.TASK_FINISHED, task, data));
    }

    void signed(@Nullable String task) {
        append(EventType.STATEMENT_SIGNED, task, """
                {"night.statement_of": "%s", "night.public_key": "%s=",
                 "night.envelope": {"payloadType": "application/vnd.in-toto+json", "payload": "e30=",
                                    "signatures": [{"keyid": "%s", "sig": "%s=="}]}}
                """.formatted(
                        task == null ? "night" : "task", "A".repeat(43), "5e".repeat(32), "A".repeat(86)));
    }

    void ended(String outcome, List<String> carryOver) {
        var data = Json.object();
        data.put("night.outcome", outcome);
        data.putObject("night.tasks");
        data.put("night.elapsed_ms", Duration.between(begin, now).toMillis());
        carryOver.forEach(data.withArray("night.carry_over")::add);
        journal.append(EventCodec.event(EventType.NIGHT_FINISHED, null, data));
    }

    void artifact(String task, String name, String content) {
        try {
            Files.writeString(Files.createDirectories(artifacts(task)).resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A task from begin to end in 211 ms: two turns, a call, a check, and a commit where it is accepted. */
    void task(String task, String agent, String reason, String message, String patch) {
        boolean accepted = reason.equals("accepted");
        begun(task, agent);
        turn(task, 1);
        tool(task, "read_file", null);
        turn(task, 2);
        check(task, "only_changes", accepted);
        artifact(task, "prompt.txt", "x");
        if (accepted) {
            committed(task, patch);
            finished(task, reason, message, patch);
        } else {
            artifact(task, "error.json", "{}");
            finished(task, reason, message, null);
        }
    }

    static String patch(String path, String text) {
        return """
                diff --git a/%1$s b/%1$s
                index 1111111..2222222 100644
                --- a/%1$s
                +++ b/%1$s
                @@ -1,2 +1,2 @@
                 kept
                -old
                +%2$s
                """.formatted(path, text);
    }

    @Override
    public void close() {
        journal.close();
    }
}

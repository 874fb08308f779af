package pantheon.night.journal;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import pantheon.night.contract.Json;
import pantheon.night.journal.NightEvent.CheckFinished;
import tools.jackson.databind.node.ObjectNode;

/** One event of every type, each with every field that its schema knows. */
public final class Events {
    static final String TASK = "doc-1";

    private Events() {}

    /** One of every type. */
    public static List<NightEvent> all() {
        return Arrays.stream(EventType.values()).map(Events::of).toList();
    }

    static NightEvent of(EventType type) {
        return EventCodec.event(type, type.takes(null) && type != EventType.STATEMENT_SIGNED ? null : TASK, data(type));
    }

    static NightEvent checkFinished(String task, String message) {
        return new CheckFinished(task, "body_kept", false, message, null);
    }

    /** An event whose data was changed. */
    public static NightEvent changed(NightEvent event, Consumer<ObjectNode> change) {
        var data = EventCodec.data(event);
        change.accept(data);
        return EventCodec.event(EventType.of(event), event.task(), data);
    }

    private static ObjectNode data(EventType type) {
        return (ObjectNode) Json.parse(
                switch (type) {
                    case NIGHT_STARTED -> """
                        {"night.run": "20261123-220000", "night.version": "1.2.3", "night.queue_tasks": 1,
                         "night.base_commit": "%1$s", "night.repository": "%1$s", "night.branch": "refs/heads/night/20261123-220000",
                         "night.configuration_digest": "%2$s",
                         "night.machine": {"cores": 2, "cpu": "a processor", "memory_bytes": 8000000000},
                         "night.models": [{"name": "tiny", "digest": "%2$s", "context_tokens": 2048,
                                           "origin": "in this process", "folder": "tiny-1",
                                           "control_texts": ["<|im_end|>"],
                                           "facts": {"onnxruntime": "1.28.0"}}],
                         "night.slots": 4, "night.signing_key": "%2$s", "night.previous_run": "20261122-220000",
                         "night.previous_head": "%2$s", "night.pruned_head": "%2$s",
                         "night.shard": {"index": 3, "of": 6}}
                        """.formatted("a1".repeat(20), "b2".repeat(32));
                    case NIGHT_RESUMED -> """
                        {"night.version": "1.2.3", "night.configuration_digest": "%1$s", "night.models": [],
                         "night.slots": 4, "night.cut_bytes": 17, "night.settled": ["doc-0"], "night.signing_key": "%1$s"}
                        """.formatted("b2".repeat(32));
                    case NIGHT_GATHERED -> """
                        {"night.shards_of": 2, "night.shards": [{"run": "20261123-220000-s0", "index": 0, "lines": 325,
                          "head": "%2$s", "base_commit": "%1$s", "commit": "%1$s", "commits": 9}],
                         "night.shards_missing": [1], "night.commit": "%1$s"}
                        """.formatted("a1".repeat(20), "b2".repeat(32));
                    case EGRESS_PROVEN -> """
                        {"night.moment": "start", "night.evidence_digest": "%s",
                         "night.evidence": [{"check": "private_network", "expected": "lo alone", "found": "lo",
                                             "holds": true, "required": false}]}
                        """.formatted("a8".repeat(32));
                    case FORECAST_MADE -> """
                        {"night.forecast": {"tasks": 39, "slots": 1, "replications": 2000, "seed": 1, "window_ms": 28800000,
                          "makespan_ms": {"p2_5": 3000, "p10": 3200, "p50": 4000, "p80": 4500, "p90": 4800, "p95": 5100,
                                          "p97_5": 5500},
                          "probability_done": 1.0, "cut_off_tasks": {"p50": 0, "p95": 0},
                          "accepted": {"mean": 24.0, "low": 18.5, "high": 29.0}, "input_tokens": 5000,
                          "output_tokens": 4969, "log_sd_within": 0.1, "log_sd_between": 0.05, "log_shift": 0.0,
                          "degrees_of_freedom": 3.0,
                          "agents": [{"agent": "docops.front-matter", "version": "1", "tasks": 39, "basis": "own",
                                      "seen_tasks": 39, "effective_tasks": 39.0, "mean_ms": 110.5, "variation": 0.4,
                                      "model_share": 0.8, "acceptance": {"mean": 0.62, "low": 0.46, "high": 0.75},
                                      "accepted": {"mean": 24.0, "low": 18.5, "high": 29.0},
                                      "accepted_twice_independent": 15.0, "done_by_dawn": 39.0,
                                      "input_tokens_per_task": 128.0, "output_tokens_per_task": 127.4}]}}
                        """;
                    case NIGHT_DIRECTED -> """
                        {"night.paused": true, "night.until": "2026-11-24T05:00:00Z"}
                        """;
                    case LINES_REFUSED -> """
                        {"night.refused_lines": ["queue/x.jsonl:3: there is no agent \\"nobody\\""], "night.untold_lines": 2}
                        """;
                    case TASKS_PARKED -> """
                        {"night.parked_tasks": ["b: it waits for task a, which has not ended"], "night.untold_tasks": 2}
                        """;
                    case STATEMENT_SIGNED -> """
                        {"night.statement_of": "task",
                         "night.envelope": {"payloadType": "application/vnd.in-toto+json", "payload": "e30=",
                                            "signatures": [{"keyid": "%s", "sig": "%s=="}]},
                         "night.public_key": "AA=="}
                        """.formatted("a1".repeat(32), "A".repeat(86));
                    case TASK_STARTED -> """
                        {"night.agent": "docops.front-matter", "night.agent_version": "1", "night.template_hash": "%1$s",
                         "night.input": {"path": "docs/caf\u00e9.md"}, "night.labels": ["docs"], "night.rejected": "The title lost its accent.",
                         "night.attempt": 1, "night.slot": 2, "night.input_bytes": 21, "night.model": "tiny", "night.schemas": {"input": "%1$s", "output": "%1$s"},
                         "night.tools": [{"name": "slug_of", "digest": "%1$s"}]}
                        """.formatted("c3".repeat(32));
                    case GENERATION_RECEIVED -> """
                        {"gen_ai.operation.name": "chat", "gen_ai.request.model": "tiny",
                         "gen_ai.usage.input_tokens": 420, "gen_ai.usage.cache_read.input_tokens": 400,
                         "gen_ai.usage.output_tokens": 17, "gen_ai.response.finish_reasons": ["end_of_turn"],
                         "night.step": 1, "night.text": "<tool_call>\\n{}\\n</tool_call>", "night.prompt_hash": "%s",
                         "night.forced_tokens": 5, "night.prefill_ms": 3, "night.decode_ms": 12,
                         "night.queue_ms": 7, "night.limited": [{"tool": "pick", "argument": "name", "from": "find",
                         "at": "/names/*", "offered": 256, "left_out": 44, "value": "bee", "likelihood": 0.75,
                         "score": "whole"}]}
                        """.formatted("d4".repeat(32));
                    case CALL_REJECTED -> """
                        {"night.step": 1, "night.failures": 1, "error.type": "invalid_json", "night.message": "no JSON"}
                        """;
                    case TOOL_CALLED -> """
                        {"night.step": 2, "gen_ai.tool.name": "slug_of", "gen_ai.tool.call.id": "doc-1/2/1",
                         "gen_ai.tool.call.arguments": {"text": "Caf\u00e9 \u2603"}}
                        """;
                    case TOOL_RETURNED -> """
                        {"gen_ai.tool.name": "slug_of", "gen_ai.tool.call.id": "doc-1/2/1", "night.ok": false,
                         "gen_ai.tool.call.result": {"error": "no_text"}, "night.tool_ms": 0, "error.type": "no_text"}
                        """;
                    case CHECK_FINISHED -> """
                        {"night.check": "body_kept", "night.passed": false, "night.message": "line 3 differs",
                         "night.check_ms": 2}
                        """;
                    case COMMIT_INTENDED -> """
                        {"night.branch": "night/20261123-220000", "night.base_commit": "%s",
                         "night.idempotency_key": "%s", "night.diff_digest": "%s", "night.ending": {
                           "night.finish_reason": "accepted", "night.steps": 4, "night.failures": 1,
                           "gen_ai.usage.input_tokens": 1700, "gen_ai.usage.cache_read.input_tokens": 1600,
                           "gen_ai.usage.output_tokens": 90, "night.task_ms": 104}}
                        """.formatted("a1".repeat(20), "f6".repeat(32), "a7".repeat(32));
                    case COMMIT_MADE -> """
                        {"night.commit": "%s", "night.branch": "refs/heads/night/20261123-220000",
                         "night.base_commit": "%s", "night.idempotency_key": "%s", "night.merged": false,
                         "night.recovered": false}
                        """.formatted("e5".repeat(20), "a1".repeat(20), "f6".repeat(32));
                    case TASK_FINISHED -> """
                        {"night.finish_reason": "accepted", "night.message": "every acceptance check passed",
                         "night.steps": 4, "night.failures": 1, "gen_ai.usage.input_tokens": 1700,
                         "gen_ai.usage.cache_read.input_tokens": 1600, "gen_ai.usage.output_tokens": 90,
                         "night.task_ms": 104, "night.output": {"status": "done"}, "night.diff_digest": "%s"}
                        """.formatted("a7".repeat(32));
                    case NIGHT_PRUNED -> """
                        {"night.run": "20261101-220000", "night.lines": 12, "night.head": "%s", "night.bytes": 4096,
                         "night.ended": ["doc-0"], "night.broken_line": 14, "night.shard_runs": ["20261101-220000-s0"]}
                        """.formatted("b8".repeat(32));
                    case DECISION_MADE -> """
                        {"night.run": "20261123-220000", "night.decision": "rejected", "night.who": "ann",
                         "night.commit": "%s", "night.diff_digest": "%s", "night.reason": "The title lost its accent.",
                         "night.queued_as": "doc-1-2"}
                        """.formatted("e5".repeat(20), "a7".repeat(32));
                    case AGENT_STOPPED -> """
                        {"night.agent": "docops", "night.how": "not_accepted (body_kept)", "night.alike": 50,
                         "night.stop": 1}
                        """;
                    case AGENT_WAITS -> """
                        {"night.agent": "docops", "night.since": "20261122-220000", "night.stop": 2,
                         "night.how": "declined (unsure)", "night.waiting_tasks": 0}
                        """;
                    case AGENT_RELEASED -> """
                        {"night.agent": "docops", "night.run": "20261122-220000", "night.stop": 2,
                         "night.who": "ann", "night.reason": "The prompt was wrong."}
                        """;
                    case NIGHT_FINISHED -> """
                        {"night.outcome": "failed", "night.tasks": {"accepted": 1}, "night.elapsed_ms": 260,
                         "night.message": "the disk is full", "night.carry_over": ["doc-2"],
                         "night.not_expected_to_end": ["doc-2"], "night.signed": false}
                        """;
                });
    }
}

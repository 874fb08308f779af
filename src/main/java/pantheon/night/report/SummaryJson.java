package pantheon.night.report;

import java.util.Map;
import java.util.Optional;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.past.CachedPrompts;
import pantheon.night.report.record.NightTrend;
import pantheon.night.report.record.Phases;
import pantheon.night.report.record.TaskRecord;
import pantheon.night.report.record.ToolUse;
import pantheon.night.report.section.ReportSource;
import pantheon.night.review.Agreement;
import pantheon.night.review.Reviews;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A night's report for a program: {@code summary.json}, valid against the schema that ships with the program. */
final class SummaryJson {
    static final Schema SCHEMA = Schema.resource("/schema/report/summary.json");

    private SummaryJson() {}

    static ObjectNode of(ReportSource source) {
        var night = source.night();
        var json = Json.object();
        json.put("run", night.run());
        json.put("version", night.version());
        json.put("outcome", night.outcome().code());
        json.put("begun", night.begun().toString());
        json.put("last", night.last().toString());
        json.put("elapsed_ms", night.elapsed().toMillis());
        json.put("resumptions", night.resumptions());
        json.put("branch", night.branch());
        json.put("base_commit", night.baseCommit());
        json.put("queue_tasks", night.queueTasks());
        Optional.ofNullable(night.shard()).ifPresent(shard -> json.set("shard", shard.json()));
        json.put("accepted", night.accepted().size());
        json.put("not_accepted", night.notAccepted().size());
        json.put("carried_over", night.carriedOver());
        json.put("egress_denied", night.isEgressDenied() ? "proven" : "not_proven");
        json.put("signature", night.signers().isEmpty() ? "unsigned" : night.isSigned() ? "signed" : "in_part");
        night.signers().forEach(json.putArray("signers")::add);
        if (night.refused().count() > 0) {
            json.put("refused_lines", night.refused().count());
        }
        if (night.parked().count() > 0) {
            json.put("parked_tasks", night.parked().count());
        }
        if (!source.unmerged().isEmpty()) {
            var unmerged = json.putArray("unmerged");
            source.unmerged()
                    .forEach(each -> unmerged.addObject()
                            .put("run", each.run())
                            .put("commits", each.commits())
                            .put("accepted", each.accepted()));
        }
        night.forecast().ifPresent(forecast -> json.set("forecast", forecast.forecast()));
        var usage = json.putObject("usage");
        usage.put("turns", night.turnCount());
        usage.put("rejected", night.rejected());
        usage.put("output_tokens", night.outputTokens());
        prompts(json.putArray("prompts"), night.prompts());
        phases(json.putObject("phases"), night.phases());
        tools(json.putObject("tools"), night.tools());
        var nights = json.putArray("nights");
        source.nights().forEach(trend -> night(nights.addObject(), trend));
        reviews(json.putObject("reviews"), source.reviews());
        var tasks = json.putArray("tasks");
        night.tasks().forEach(task -> task(tasks.addObject(), task));
        return json;
    }

    /** What was cached of the prompts is left out where no turn tells. */
    private static void prompts(ArrayNode json, CachedPrompts prompts) {
        prompts.shares().forEach((key, share) -> {
            var one = json.addObject().put("agent", key.agent() + "@" + key.version());
            one.put("model", key.model()).put("turns", share.turns()).put("untold_turns", share.untold());
            if (share.turns() > 0) {
                one.put("input_tokens", share.prompt()).put("cached_tokens", share.cached());
            }
        });
    }

    private static void phases(ObjectNode json, Phases phases) {
        json.put("prefill_ms", phases.prefillMs());
        json.put("decode_ms", phases.decodeMs());
        json.put("tool_ms", phases.toolMs());
        json.put("check_ms", phases.checkMs());
        json.put("task_ms", phases.taskMs());
    }

    private static void tools(ObjectNode json, Map<String, ToolUse> tools) {
        tools.forEach((name, use) -> json.putObject(name)
                .put("calls", use.calls())
                .put("failures", use.failures())
                .put("ms", use.ms()));
    }

    private static void night(ObjectNode json, NightTrend night) {
        json.put("run", night.run());
        json.put("begun", night.begun().toString());
        json.put("outcome", night.outcome().code());
        json.put("turns", night.turns());
        json.put("rejected", night.rejected());
        json.put("tool_calls", night.calls());
        json.put("tool_failures", night.toolFailures());
        var agents = json.putArray("agents");
        night.agents()
                .forEach((agent, wilson) -> agents.addObject()
                        .put("agent", agent)
                        .put("accepted", wilson.successes())
                        .put("ended", wilson.trials())
                        .put("low", wilson.low())
                        .put("high", wilson.high()));
    }

    private static void reviews(ObjectNode json, Reviews reviews) {
        json.put("tasks", reviews.tasks());
        var pairs = json.putArray("pairs");
        reviews.pairs().forEach((names, agreement) -> {
            var pair = pairs.addObject();
            pair.put("reviewers", names);
            pair.put("tasks", agreement.tasks());
            pair.put("state", agreement.state().name().toLowerCase(java.util.Locale.ROOT));
            if (agreement.state() != Agreement.State.UNDEFINED) {
                pair.put("kappa", agreement.kappa());
                pair.put("low", agreement.low());
                pair.put("high", agreement.high());
            }
        });
    }

    private static void task(ObjectNode json, TaskRecord task) {
        json.put("task", task.id());
        json.put("agent", task.agent());
        json.put("reason", task.reason());
        if (task.commit() != null) {
            json.put("commit", task.commit());
        }
        if (!task.message().isEmpty()) {
            json.put("message", task.message());
        }
        json.put("steps", task.steps());
        json.put("failures", task.failures());
        json.put("output_tokens", task.outputTokens());
        json.put("task_ms", task.phases().taskMs());
    }
}

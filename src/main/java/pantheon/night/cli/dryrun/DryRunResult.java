package pantheon.night.cli.dryrun;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.journal.Machine;
import pantheon.night.sizing.Arrivals;
import pantheon.night.sizing.Forecast;
import pantheon.night.sizing.ShardsForecast;
import pantheon.night.sizing.past.Basis;
import pantheon.night.sizing.past.Experience;
import pantheon.night.sizing.past.TrackRecord;
import pantheon.night.sizing.plan.DiskUse;
import pantheon.night.sizing.plan.TwoReviewers;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a dry run found out.
 *
 * @param end null where the night has none
 * @param remedy null where the night is sure to be done
 * @param plans to compare with the forecast
 * @param shards null where they were not asked for
 * @param arrivals null where they were not asked for
 * @param lengthsProblem why the lengths of tasks are not known though they matter, null where they are or do not
 * @param reviewers how far two of them agree
 */
record DryRunResult(
        Instant start,
        @Nullable Instant end,
        ZoneId zone,
        Forecast forecast,
        @Nullable Remedy remedy,
        List<NamedPlan> plans,
        @Nullable ShardsForecast shards,
        @Nullable Arrivals arrivals,
        TwoReviewers reviewers,
        Experience experience,
        DiskUse disk,
        Machine machine,
        @Nullable String lengthsProblem) {
    /** Another plan, forecast. */
    record NamedPlan(String name, Forecast forecast) {}

    /** What would make the night sure. */
    record Remedy(@Nullable Integer slots, int tasks, int fewer) {}

    /** What would make the night sure, null where it is. */
    static @Nullable Remedy remedy(Forecast forecast) {
        if (forecast.isSure()) {
            return null;
        }
        var slots = forecast.slotsForSure();
        int tasks = forecast.tasksForSure();
        return new Remedy(slots.isPresent() ? slots.getAsInt() : null, tasks, forecast.tasks() - tasks);
    }

    long diskBytes() {
        return Math.round(disk.bytesPerTask() * forecast.tasks());
    }

    /** What the forecast rests on that nobody has seen or measured. */
    List<String> assumptions() {
        var assumptions = new ArrayList<String>();
        for (var agent : forecast.agents()) {
            var load = agent.load();
            var basis = load.rates().basis();
            if (basis != Basis.OWN) {
                assumptions.add("%s@%s: %s".formatted(load.agent(), load.version(), Outlook.words(basis)));
            }
        }
        if (lengthsProblem != null) {
            assumptions.add("assumed: tasks are as long as earlier ones, in any order; %s".formatted(lengthsProblem));
        }
        if (forecast.plan().slots() > 1 && !forecast.plan().slowDown().isMeasured()) {
            assumptions.add(
                    "assumed: tasks beside one another share the model's speed; measure it with pantheon-night model bench");
        }
        if (!disk.isMeasured()) {
            assumptions.add("assumed: a task leaves %d KiB on the disk".formatted((int) disk.bytesPerTask() / 1024));
        }
        return assumptions;
    }

    ObjectNode json() {
        var json = Json.object();
        json.put("start", start.toString());
        json.put("until", end == null ? null : end.toString());
        json.set("machine", machine.json());
        json.set("forecast", forecast.json());
        if (remedy == null) {
            json.putNull("remedy");
        } else {
            json.putObject("remedy")
                    .put("slots", remedy.slots())
                    .put("tasks", remedy.tasks())
                    .put("tasks_fewer", remedy.fewer());
        }
        json.set("two_reviewers", reviewers.json(forecast));
        json.putObject("disk")
                .put("bytes", diskBytes())
                .put("bytes_per_task", disk.bytesPerTask())
                .put("measured", disk.isMeasured())
                .put("free_bytes", disk.freeBytes());
        var slowDown = json.putObject("slow_down");
        slowDown.put("measured", forecast.plan().slowDown().isMeasured());
        var factors = slowDown.putArray("factors");
        for (int b = 1; b <= Forecast.MOST_SLOTS_TRIED; b++) {
            factors.add(forecast.plan().slowDown().at(b));
        }
        var lines = json.putArray("plans");
        plans.forEach(plan -> {
            var line = lines.addObject();
            line.put("name", plan.name());
            line.set("forecast", plan.forecast().json());
        });
        if (shards != null) {
            json.set("shards", shards.json());
        }
        json.set("arrivals", arrivals == null ? Json.MAPPER.nullNode() : arrivals.json());
        json.set("track_record", trackRecord());
        assumptions().forEach(json.putArray("assumptions")::add);
        return json;
    }

    private ObjectNode trackRecord() {
        var record = experience.trackRecord();
        var json = Json.object();
        json.put("nights", record.forecasts().size());
        json.put("assumed", record.assumed());
        json.set("coverage_80", coverage(record.of80()));
        json.set("coverage_95", coverage(record.of95()));
        json.put("brier", record.brier().orElse(null));
        json.put("log_shift", forecast.plan().spread().shift());
        json.put("log_sd_between", forecast.plan().spread().deviation());
        return json;
    }

    private static ObjectNode coverage(TrackRecord.Coverage coverage) {
        return Json.object().put("inside", coverage.inside()).put("nights", coverage.nights());
    }
}

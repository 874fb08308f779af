package pantheon.night.cli.dryrun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import pantheon.night.journal.Machine;
import pantheon.night.sizing.Forecast;
import pantheon.night.sizing.NightPlan;
import pantheon.night.sizing.Workload;
import pantheon.night.sizing.past.Experience;
import pantheon.night.sizing.past.SlowDown;
import pantheon.night.sizing.past.Specialist;
import pantheon.night.sizing.plan.DiskUse;
import pantheon.night.sizing.plan.TwoReviewers;
import tools.jackson.databind.node.ObjectNode;

/** A dry run's text after two nights, to the letter; {@code -Dgolden.update=true} writes it anew. */
final class DryRunTextTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/dry-run.txt");
    private static final Instant EVENING = Instant.parse("2026-11-23T22:00:00Z");
    private static final Machine MACHINE = new Machine(2, "a processor", 8_000_000_000L);

    @TempDir
    private Path folder = Path.of("");

    private Instant now = EVENING;

    /** A night of 40 tasks, 60 to 99 s each, two of three accepted. */
    private void night(String run, @Nullable ObjectNode forecast) {
        try (var journal = Journal.create(folder, run, () -> now)) {
            append(journal, EventType.NIGHT_STARTED, null, """
                    {"night.run": "%s", "night.version": "1", "night.queue_tasks": 40, "night.base_commit": "%s",
                     "night.branch": "b", "night.configuration_digest": "%s", "night.machine": %s, "night.models": []}
                    """.formatted(
                            run, "a".repeat(40), "b".repeat(64), Json.write(MACHINE.json())));
            if (forecast != null) {
                var data = Json.object();
                data.set("night.forecast", forecast);
                journal.append(EventCodec.event(EventType.FORECAST_MADE, null, data));
            }
            for (int i = 0; i < 40; i++) {
                append(journal, EventType.TASK_STARTED, "t" + i, """
                        {"night.agent": "writer", "night.agent_version": "1", "night.template_hash": "%s",
                         "night.input": {}}""".formatted("c".repeat(64)));
                now = now.plusSeconds(60 + i);
                append(journal, EventType.TASK_FINISHED, "t" + i, """
                        {"night.finish_reason": "%s", "night.steps": 1, "night.failures": 0,
                         "gen_ai.usage.input_tokens": 300, "gen_ai.usage.cache_read.input_tokens": 100,
                         "gen_ai.usage.output_tokens": 90, "night.task_ms": %d}
                        """.formatted(
                                i % 3 == 0 ? "not_accepted" : "accepted", 1000 * (60 + i)));
            }
            append(journal, EventType.NIGHT_FINISHED, null, """
                    {"night.outcome": "done", "night.tasks": {"accepted": 26, "not_accepted": 14}, "night.elapsed_ms": 1}
                    """);
        }
    }

    private static void append(Journal journal, EventType type, @Nullable String task, String data) {
        journal.append(EventCodec.event(type, task, (ObjectNode) Json.parse(data)));
    }

    private Experience experience(String... runs) {
        return Experience.of(List.of(runs).stream()
                .map(run -> folder.resolve(run + ".jsonl"))
                .toList());
    }

    private static Forecast forecast(Experience experience, int tasks) {
        var seen = experience.rates(new Specialist("writer", "1", "", MACHINE));
        if (seen == null) {
            throw new AssertionError("the nights have records of the agent");
        }
        return Forecast.of(
                new NightPlan(
                        new Workload(
                                List.of(new Workload.AgentLoad("writer", "1", seen, 0)),
                                List.of(new Workload.Stretch(0, tasks))),
                        1,
                        SlowDown.SHARED,
                        experience.startUpMillis(),
                        8 * 3600e3,
                        0,
                        experience.trackRecord().spread()),
                500,
                1);
    }

    private static List<String> text(Experience experience, int tasks) {
        var forecast = forecast(experience, tasks);
        var slots = new DryRunResult.NamedPlan(
                "2 slots", Forecast.of(forecast.plan().withSlots(2), 500, 1));
        return new DryRunText(new DryRunResult(
                        EVENING,
                        EVENING.plusSeconds(8 * 3600),
                        ZoneOffset.UTC,
                        forecast,
                        DryRunResult.remedy(forecast),
                        List.of(slots),
                        null,
                        null,
                        new TwoReviewers.Given(0.6),
                        experience,
                        new DiskUse(20_000, true, 5_000_000_000L),
                        MACHINE,
                        null))
                .lines();
    }

    @Test
    void lines_equal_the_golden_file() throws IOException {
        night("1", null);
        night("2", forecast(experience("1"), 40).json());
        var experience = experience("1", "2");
        var text = "%s%n%n%s%n"
                .formatted(String.join("\n", text(experience, 1200)), String.join("\n", text(experience, 40)))
                .replace(System.lineSeparator(), "\n");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }
        assertEquals(Files.readString(GOLDEN), text);
    }
}

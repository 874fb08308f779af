package pantheon.night.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.contract.Json;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Events;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent.NightGathered;
import tools.jackson.databind.node.ObjectNode;

final class MetricsTest {
    /** A journal with an event of every type, but for the one that leads to journals of shards. */
    private static Path written = Path.of("");

    private static final Path RULES = Path.of("config/prometheus");
    private static final Path DASHBOARD = Path.of("config/grafana/pantheon-night.json");

    @BeforeAll
    static void write_the_journal(@TempDir Path folder) {
        var clock = InstantSource.fixed(Instant.parse("2026-11-23T22:00:00.123456Z"));
        try (var journal = Journal.create(folder, "run", clock)) {
            Events.all().stream()
                    .filter(event -> !(event instanceof NightGathered))
                    .forEach(journal::append);
            written = journal.file();
        }
    }

    private static String text() {
        return Metrics.of(List.of(written)).text() + new StartMetrics(ExitCode.EGRESS, Instant.EPOCH).text();
    }

    /** The program's exit status with all that it said. */
    private static String promtool(Path folder, String input, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return process.exitValue() + " " + said;
    }

    @Test
    void promtool_finds_nothing_to_mend_in_the_metrics() throws IOException {
        assertEquals("0 ", promtool(Path.of("."), text(), "check", "metrics"));
    }

    @Test
    void promtool_would_find_something() throws IOException {
        var broken = "# HELP nightTasks \n# TYPE nightTasks counter\nnightTasks 1\n";
        assertTrue(promtool(Path.of("."), broken, "check", "metrics").startsWith("3 "));
    }

    @Test
    void the_alerts_pass_promtools_check_and_their_own_tests() throws IOException {
        var check = promtool(RULES, "", "check", "rules", "pantheon-night.rules.yml");
        assertTrue(check.startsWith("0 ") && check.contains("8 rules found"), check);
        var test = promtool(RULES, "", "test", "rules", "pantheon-night.rules.test.yml");
        assertTrue(test.startsWith("0 ") && test.contains("SUCCESS"), test);
    }

    @Test
    void alerts_and_dashboard_ask_for_metrics_that_there_are() throws IOException {
        var there = names(text(), "# TYPE (night_[a-z_]+)");
        var rules = names(Files.readString(RULES.resolve("pantheon-night.rules.yml")), "\\b(night_[a-z_]+)");
        var dashboard = names(Files.readString(DASHBOARD), "\\b(night_[a-z_]+)");
        assertTrue(rules.size() >= 6 && dashboard.size() >= 9, rules + " " + dashboard);
        assertTrue(there.containsAll(rules), rules.toString());
        assertTrue(there.containsAll(dashboard), dashboard.toString());
    }

    private static Set<String> names(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_dashboard_is_one_that_grafana_imports() throws IOException {
        var dashboard = Json.parse(Files.readString(DASHBOARD));
        assertEquals("pantheon-night", dashboard.get("title").stringValue());
        var ids = new TreeSet<Integer>();
        for (var panel : dashboard.get("panels")) {
            assertTrue(ids.add(panel.get("id").intValue()));
            assertTrue(Set.of("stat", "timeseries").contains(panel.get("type").stringValue()));
            assertEquals("${datasource}", panel.get("datasource").get("uid").stringValue());
            assertTrue(panel.get("gridPos").get("x").intValue()
                            + panel.get("gridPos").get("w").intValue()
                    <= 24);
            assertFalse(panel.get("targets").isEmpty());
        }
        assertEquals(
                "datasource",
                dashboard.get("templating").get("list").get(0).get("name").stringValue());
    }

    @Test
    void tell_the_last_night_and_how_the_last_start_ended() {
        var text = text();
        for (var line : List.of(
                "night_info{version=\"1.2.3\"} 1",
                "night_last_outcome{outcome=\"failed\"} 1",
                "night_last_outcome{outcome=\"done\"} 0",
                "night_last_egress_proven 1",
                "night_last_signed 1",
                "night_last_exit_code 77",
                "night_last_tasks{agent=\"docops.front-matter\",agent_version=\"1\",reason=\"accepted\"} 1",
                "night_last_tokens{kind=\"output\"} 17",
                "night_last_commits 1")) {
            assertTrue(text.lines().anyMatch(line::equals), line + "\n" + text);
        }
        assertFalse(text.contains("\nnight_last_success_timestamp_seconds "), "it failed");
    }

    @Test
    void an_earlier_night_tells_nothing_but_when_one_last_ended_well(@TempDir Path folder) {
        for (var outcome : List.of("done", "stopped")) {
            try (var journal = Journal.create(folder, outcome, () -> Instant.ofEpochSecond(77))) {
                var data =
                        "{\"night.outcome\": \"%s\", \"night.tasks\": {}, \"night.elapsed_ms\": 1}".formatted(outcome);
                journal.append(EventCodec.event(EventType.NIGHT_FINISHED, null, (ObjectNode) Json.parse(data)));
            }
        }
        var earlier = List.of(folder.resolve("done.jsonl"), folder.resolve("stopped.jsonl"), written);
        var text = Metrics.of(earlier).text();
        assertTrue(text.contains("\nnight_last_success_timestamp_seconds 77\n"), text);
        assertEquals(
                Metrics.of(List.of(written)).text(), text.replace("night_last_success_timestamp_seconds 77\n", ""));
    }

    @Test
    void a_label_cannot_break_out_of_its_quotes() {
        var out = new Exposition();
        out.gauge("a", "A.").sample("a", Map.of("b", "x\"} 1\n\\"), 0.5);
        assertEquals("# HELP a A.\n# TYPE a gauge\na{b=\"x\\\"} 1\\n\\\\\"} 0.5\n", out.text());
    }

    @Test
    void the_file_is_there_whole_and_alone(@TempDir Path folder) throws IOException {
        var metrics = Metrics.of(List.of(written));
        metrics.write(folder.resolve("metrics"));
        var file = metrics.write(folder.resolve("metrics"));
        assertEquals(metrics.text(), Files.readString(file));
        try (var files = Files.list(folder.resolve("metrics"))) {
            assertEquals(List.of(file), files.toList());
        }
    }
}

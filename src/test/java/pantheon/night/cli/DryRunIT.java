package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Sha256;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Dry runs by the installed program, on a queue of which no night has run a task, and whose model is missing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DryRunIT {
    private static final Schema SCHEMA = Schema.resource("/schema/sizing/dry-run.json");

    private Path folder = Path.of("");

    @BeforeAll
    void lay_out(@TempDir Path empty) throws IOException {
        folder = empty;
        Files.writeString(folder.resolve("pantheon-night.yaml"), """
                agents: %s/config/agents
                models:
                  docops-front-matter:
                    path: no/such/folder
                """.formatted(Program.HOME));
        var queue = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            queue.append("{\"id\": \"t%d\", \"agent\": \"docops.front-matter\", \"input\": {\"path\": \"a.md\"}}\n"
                    .formatted(i));
        }
        Files.createDirectories(folder.resolve("queue"));
        Files.writeString(folder.resolve("queue/q.jsonl"), queue);
    }

    private Map<String, String> contents() throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                contents.put(file.toString(), Files.isDirectory(file) ? "folder" : Sha256.hex(Files.readString(file)));
            }
        }
        return contents;
    }

    @Test
    void answers_first_and_changes_no_file() throws IOException {
        var before = contents();
        var run = Program.run(folder, "--dry-run", "--until", "6h", "--slots", "1..3", "--arrivals", "200");
        assertEquals(0, run.status(), run.err());
        var first = run.out().lines().findFirst().orElseThrow();
        assertTrue(
                first.matches(
                        "(Yes|Probably|Probably not|No), 1 slot: 50 tasks .* sure, if the assumptions below hold\\."),
                first);
        assertTrue(run.out().contains("assumed: 30 s a task"), run.out());
        assertTrue(run.out().contains("0–100 %"), run.out());
        assertTrue(run.out().contains("ABOVE 0.8"), run.out());
        assertEquals(before, contents());
    }

    @Test
    void json_is_on_its_schema_and_always_the_same() {
        var options = List.of("--dry-run", "--json", "--until", "6h", "--what-if", "docops.front-matter=+20%");
        var one = Program.run(folder, options.toArray(String[]::new));
        var json = Json.parse(one.out());
        assertEquals(List.of(), SCHEMA.check(json));
        assertEquals(60, json.at("/plans/0/forecast/tasks").intValue());
        assertEquals("assumed", json.at("/forecast/agents/0/basis").stringValue());
        var other =
                Json.parse(Program.run(folder, options.toArray(String[]::new)).out());
        assertEquals(json.get("forecast"), other.get("forecast"));
    }

    @Test
    void the_agreement_of_two_reviewers_is_that_of_past_reviews_unless_it_is_given(@TempDir Path other)
            throws IOException {
        Files.copy(folder.resolve("pantheon-night.yaml"), other.resolve("pantheon-night.yaml"));
        Files.createDirectories(other.resolve("queue"));
        Files.copy(folder.resolve("queue/q.jsonl"), other.resolve("queue/q.jsonl"));
        assertEquals("assumed", reviewers(other).get("basis").stringValue());
        try (var journal = Journal.create(other.resolve("log"), "20261123-220001", () -> Instant.EPOCH)) {
            journal.append(EventCodec.event(EventType.NIGHT_FINISHED, null, (ObjectNode)
                    Json.parse("{\"night.outcome\": \"done\", \"night.tasks\": {}, \"night.elapsed_ms\": 1}")));
        }
        for (int i = 0; i < 50; i++) { // 20 both, 5 and 10 one of them, 15 none: kappa is 0.4
            var task = Files.createDirectories(other.resolve("state/artifacts/20261123-220001/t" + i));
            Files.writeString(
                    task.resolve("review.json"),
                    "{\"reviews\": [{\"reviewer\": \"a\", \"accepts\": %s}, {\"reviewer\": \"b\", \"accepts\": %s}]}"
                            .formatted(i < 25, i < 20 || (i >= 25 && i < 35)));
        }
        var seen = reviewers(other);
        assertEquals(0.4, seen.get("kappa").doubleValue(), 1e-12);
        assertEquals(50, seen.get("tasks").intValue());
        // nothing is known of the acceptance either: p is a half, and all 50 are done
        assertEquals(50 * (0.25 + 0.4 * 0.25), seen.get("accepted").doubleValue(), 1e-9);
        assertEquals(12.5, seen.get("accepted_independent").doubleValue(), 1e-9);
        var given = reviewers(other, "--kappa=0.8");
        assertEquals(50 * (0.25 + 0.8 * 0.25), given.get("accepted").doubleValue(), 1e-9);
    }

    private static JsonNode reviewers(Path folder, String... more) {
        var options = new ArrayList<>(List.of("--dry-run", "--json"));
        options.addAll(List.of(more));
        var run = Program.run(folder, options.toArray(String[]::new));
        var json = Json.parse(run.out());
        assertEquals(List.of(), SCHEMA.check(json), run.err());
        return json.get("two_reviewers");
    }

    @Test
    void a_wrong_option_is_a_usage_error_that_names_it() {
        for (var wrong : List.of(
                "--start=-5h",
                "--until=dawn",
                "--slots=0",
                "--what-if=nobody=2s",
                "--what-if=x",
                "--what-if=docops.front-matter=-200%",
                "--what-if=docops.front-matter=-51",
                "--kappa=2",
                "--arrivals=-1")) {
            var run = Program.run(folder, "--dry-run", wrong);
            assertEquals(64, run.status(), wrong);
            assertTrue(run.err().startsWith(wrong.substring(0, wrong.indexOf('='))), run.err());
        }
        var nothing = Program.run(folder, "--dry-run", "--what-if=docops.front-matter=-50");
        assertEquals(0, nothing.status(), nothing.err());
    }

    @Test
    void without_dry_run_its_options_start_nothing() throws IOException {
        var before = contents();
        for (var option : List.of(
                "--start=22:00",
                "--slots=4",
                "--what-if=docops.front-matter=+20%",
                "--arrivals=200",
                "--kappa=0.5",
                "--seed=1")) {
            var run = Program.run(folder, option);
            assertEquals(64, run.status(), option);
            assertTrue(
                    run.err().startsWith(option.substring(0, option.indexOf('=')) + " goes with --dry-run"), run.err());
        }
        assertEquals(before, contents());
        var real = Program.run(folder);
        assertTrue(real.err().startsWith("the workspace "), "without them it starts, as far as it can: " + real.err());
    }

    @Test
    void a_nights_options_before_a_subcommand_are_refused_and_those_of_every_command_are_heard(
            @TempDir Path elsewhere) {
        var config = folder.resolve("pantheon-night.yaml").toString();
        var status = Program.run(elsewhere, "--config", config, "--json", "status");
        assertEquals(0, status.status(), status.err());
        assertFalse(Json.parse(status.out()).get("running").booleanValue());
        var nearer = Program.run(elsewhere, "--config", "no/such/file", "status", "--config", config);
        assertEquals(0, nearer.status(), nearer.err());
        var deeper = Program.run(elsewhere, "--config", config, "config", "show");
        assertEquals(0, deeper.status(), deeper.err());
        assertEquals(78, Program.run(elsewhere, "status").status());
        var refused = Program.run(elsewhere, "--dry-run", "demo", "new");
        assertEquals(64, refused.status());
        assertTrue(refused.err().startsWith("--dry-run stands before demo"), refused.err());
        assertFalse(Files.exists(elsewhere.resolve("new")));
    }

    @Test
    void a_wrong_command_line_is_told_in_one_line_with_what_is_alike_and_where_to_read_on(@TempDir Path elsewhere) {
        for (var wrong : Map.of(
                        "mine --out data",
                        "Unknown option: '--out'. See pantheon-night mine --help.",
                        "mine --stage 3",
                        "Unknown option: '--stage'. Did you mean --stages? See pantheon-night mine --help.",
                        "metric",
                        "there is no command \"metric\" of pantheon-night. Did you mean metrics? See pantheon-night --help.",
                        "--dry-run --seed abc",
                        "Invalid value for option '--seed': 'abc' is not a whole number. See pantheon-night --help.",
                        "model",
                        "model needs a subcommand: model import FILE|FOLDER DIR, model inspect FILE|FOLDER, model check DIR FILE|FOLDER, model manifest DIR, or model bench MODEL. See pantheon-night model --help.")
                .entrySet()) {
            var run = Program.run(elsewhere, wrong.getKey().split(" "));
            assertEquals(64, run.status(), wrong.getKey());
            assertEquals(wrong.getValue() + "\n", run.err());
            assertEquals("", run.out());
        }
        var help = Program.run(elsewhere, "help", "mine");
        assertEquals(0, help.status(), help.err());
        assertTrue(help.out().startsWith("Usage: pantheon-night mine "), help.out());
    }

    @Test
    void figures_are_the_same_in_every_locale() {
        var german = Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=de -Duser.country=DE");
        var run = Program.run(folder, german, "--dry-run", "--start=22:00", "--kappa=0.5");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("κ 0.50, as given"), run.out());
        assertFalse(run.out().matches("(?s).*\\d,\\d{1,2}\\b.*"), run.out());
    }
}

package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertTrue(first.matches("(Yes|Probably|Probably not|No), 1 slot: 50 tasks .* sure\\."), first);
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
    void a_wrong_option_is_a_usage_error() {
        for (var wrong : List.of("--slots=0", "--what-if=nobody=2s", "--what-if=x", "--kappa=2", "--arrivals=-1")) {
            var run = Program.run(folder, "--dry-run", wrong);
            assertEquals(64, run.status(), wrong);
            assertFalse(run.err().isBlank(), wrong);
        }
    }
}

package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.sizing.past.Speed;
import tools.jackson.databind.JsonNode;

/** The embedded model, measured by the installed program; what it finds sizes an agent that no night has run. */
final class ModelBenchIT {
    /** The agent's line of a dry run. */
    private static JsonNode agent(Path folder) {
        var run = Program.run(folder, "--dry-run", "--json");
        assertEquals(0, run.status(), run.err());
        return Json.parse(run.out()).at("/forecast/agents/0");
    }

    @Test
    void measures_a_model_and_the_dry_run_sizes_by_it(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("pantheon-night.yaml"), """
                agents: %1$s/config/agents
                models:
                  docops-front-matter:
                    path: %1$s/models/docops-front-matter
                """.formatted(Program.HOME));
        Files.createDirectories(folder.resolve("queue"));
        Files.writeString(
                folder.resolve("queue/q.jsonl"),
                "{\"id\": \"t\", \"agent\": \"docops.front-matter\", \"input\": {\"path\": \"a.md\"}}\n");
        assertEquals("assumed", agent(folder).get("basis").stringValue());

        var bench = Program.run(folder, "model", "bench", "docops-front-matter");
        assertEquals(0, bench.status(), bench.err());
        assertTrue(bench.out().contains("written to "), bench.out());
        var speed = Json.parse(Files.readString(folder.resolve("state/speed/docops-front-matter.json")));
        assertTrue(speed.get("prefill_tokens_per_second").doubleValue() > 0, speed.toString());
        assertEquals(List.of(), Speed.SCHEMA.check(speed));
        assertEquals(
                List.of(1, 2, 4, 8, 16),
                speed.get("decode")
                        .valueStream()
                        .map(line -> line.get("sequences").intValue())
                        .toList());
        assertTrue(bench.out().contains("fastest here: models.docops-front-matter.threads "), bench.out());

        var after = agent(folder);
        assertEquals("bench", after.get("basis").stringValue());
        double seconds = 256 / speed.get("prefill_tokens_per_second").doubleValue()
                + 128 / speed.at("/decode/0/tokens_per_second_each").doubleValue();
        double medianMillis = 1000 * seconds / 0.9; // nine tenths of a task are model time
        double mean = after.get("mean_ms").doubleValue();
        assertTrue(mean > medianMillis && mean < 2 * medianMillis, mean + " ms about a median of " + medianMillis);

        var unknown = Program.run(folder, "model", "bench", "nobody");
        assertEquals(64, unknown.status(), unknown.err());
    }
}

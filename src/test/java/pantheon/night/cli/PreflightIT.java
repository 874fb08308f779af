package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.past.History;
import tools.jackson.databind.JsonNode;

/** The program as it is installed starts nothing where it is not proven that nothing can call out. */
final class PreflightIT {
    private static final String SECRET = "sesame-opens-nothing";

    @TempDir
    private Path folder;

    private static JsonNode evidence(JsonNode list, String check) {
        return list.valueStream()
                .filter(piece -> piece.get("check").stringValue().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused(String named, Map<String, String> environment, String... arguments) throws IOException {
        var refused = Program.run(folder, environment, arguments);
        assertEquals(77, refused.status(), refused.out() + refused.err());
        assertTrue(refused.err().contains(named), refused.err());
        assertFalse((refused.out() + refused.err()).contains(SECRET), refused.out() + refused.err());
        assertFalse(Files.exists(folder.resolve("demo/log")), "a night was begun");
        var metrics = Files.readString(folder.resolve("demo/state/metrics/pantheon-night-start.prom"));
        assertTrue(metrics.contains("\nnight_last_exit_code 77\n"), metrics);
    }

    @Test
    void each_kind_of_missing_evidence_ends_the_night_before_it_begins() throws IOException {
        var night = new String[] {"demo", "demo"};
        var laidOut = Program.run(folder, "demo", "demo", "--dry-run");
        assertEquals(0, laidOut.status(), laidOut.err());
        assertRefused("variables: found OPENAI_API_KEY (OpenAI)", Map.of("OPENAI_API_KEY", SECRET), night);
        assertRefused("proxies: found https_proxy", Map.of("https_proxy", "http://" + SECRET), night);
        assertRefused("injection: found LD_LIBRARY_PATH", Map.of("LD_LIBRARY_PATH", "/" + SECRET), night);
        assertRefused("injection: found JAVA_TOOL_OPTIONS", Map.of("JAVA_TOOL_OPTIONS", "-Dx=y"), night);
        assertRefused(
                "private_network: found ",
                Map.of("PANTHEON_NIGHT_EGRESS_REQUIRE", "private_network,gate", "PANTHEON_NIGHT_EGRESS_GATE", "none"),
                night);
        var home = folder.resolve("home");
        var docker = Files.createDirectories(home.resolve(".docker"));
        Files.writeString(
                docker.resolve("config.json"), "{\"auths\": {\"localhost\": {\"auth\": \"%s\"}}}".formatted(SECRET));
        assertRefused("files: found " + docker, Map.of("HOME", home.toString()), night);
    }

    @Test
    void the_evidence_stands_in_the_journal_before_the_first_task() throws IOException {
        var home = folder.resolve("home");
        var docker = Files.createDirectories(home.resolve(".docker"));
        Files.writeString(docker.resolve("config.json"), "{\"auths\": {\"localhost\": {}}}");
        var environment = Map.of("HOME", home.toString(), "GITHUB_TOKEN", "", "NO_PROXY", SECRET);
        var night = Program.run(folder, environment, "demo", "demo", "--until", "1s", "--quiet");
        assertTrue(List.of(0, 75).contains(night.status()), night.err());
        var journal = History.journals(folder.resolve("demo/log")).getFirst();
        var lines = Files.readAllLines(journal, StandardCharsets.UTF_8).stream()
                .map(Json::parse)
                .toList();
        assertEquals("night.pantheon.egress.proven.v1", lines.get(1).get("type").stringValue());
        var data = lines.get(1).get("data");
        assertEquals("start", data.get("night.moment").stringValue());
        var evidence = data.get("night.evidence");
        for (var piece : evidence) {
            assertTrue(
                    piece.get("holds").booleanValue() || !piece.get("required").booleanValue(), piece.toString());
        }
        assertTrue(evidence(evidence, "sockets").get("required").booleanValue());
        assertFalse(evidence(evidence, "private_network").get("required").booleanValue());
        assertFalse(Files.readString(journal).contains(SECRET));
    }

    @Test
    void doctor_tells_what_was_found_and_what_it_proves() {
        var clean = Program.run(folder, "doctor", "--egress");
        assertEquals(0, clean.status(), clean.out() + clean.err());
        assertTrue(clean.out().contains("sockets: all refused"), clean.out());
        assertTrue(clean.out().contains("proves: "), clean.out());
        assertTrue(clean.out().contains("leaves open: "), clean.out());
        var found = Program.run(folder, Map.of("HF_TOKEN", SECRET), "doctor", "--egress", "--json");
        assertEquals(77, found.status(), found.out() + found.err());
        var json = Json.parse(found.out());
        assertFalse(json.get("ok").booleanValue());
        var variables = evidence(json.get("evidence"), "variables");
        assertEquals("HF_TOKEN (Hugging Face)", variables.get("found").stringValue());
        assertFalse(found.out().contains(SECRET));
    }

    @Test
    void commands_that_load_no_model_and_run_no_tool_do_not_ask() {
        assertEquals(
                0,
                Program.run(folder, Map.of("OPENAI_API_KEY", SECRET), "--help").status());
    }
}

package pantheon.night.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.contract.Json;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.tool.command.CommandTools;
import tools.jackson.databind.JsonNode;

/** The configuration and the schemas that ship with the program. */
final class ShippedConfigTest {
    private static final Path FOLDER = Path.of("config");

    @TempDir
    private Path folder;

    @Test
    void the_configuration_loads() {
        var loaded = ConfigLoader.load(FOLDER.resolve("pantheon-night.yaml"), Map.of(), Map.of());
        assertEquals(
                new NightConfig(
                        Path.of("/var/lib/pantheon-night/workspace"),
                        Path.of("/var/lib/pantheon-night/queue"),
                        Path.of("/var/lib/pantheon-night/state"),
                        Path.of("/var/log/pantheon-night"),
                        Path.of("/etc/pantheon-night/agents"),
                        Path.of("/etc/pantheon-night/tools"),
                        Map.of(
                                "docops-front-matter",
                                new NightConfig.Model(
                                        Path.of("/usr/lib/pantheon-night/models/docops-front-matter"), 2, 0, null),
                                "docops-fences",
                                new NightConfig.Model(
                                        Path.of("/usr/lib/pantheon-night/models/docops-fences"), 2, 0, null)),
                        0,
                        0,
                        Duration.ofMinutes(1),
                        "06:00",
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(1),
                        3,
                        50,
                        0,
                        0,
                        new NightConfig.Egress(
                                List.of("private_network", "no_capabilities", "not_root", "gate"),
                                Path.of("/run/pantheon-night-gate/proof.json")),
                        "pantheon-night",
                        "pantheon-night@localhost",
                        null,
                        new NightConfig.Retention(0, 0, false)),
                loaded.config());
    }

    @Test
    void the_one_for_a_desk_loads_as_it_is_and_with_all_that_it_offers() throws IOException {
        var desk = FOLDER.resolve("desk.yaml");
        var loaded = ConfigLoader.load(desk, Map.of(), Map.of()).config();
        assertEquals(List.of(), loaded.egress().require());
        assertEquals(FOLDER.toAbsolutePath().resolve("my-repository"), loaded.workspace());
        var all = folder.resolve("desk.yaml");
        Files.writeString(all, Files.readString(desk).replaceAll("(?m)^# ([a-z]+:|  [a-z]+:)", "$1"));
        assertEquals(
                30,
                ConfigLoader.load(all, Map.of(), Map.of()).config().retention().nights());
    }

    @Test
    void the_schema_that_a_file_names_in_its_first_line_is_there() throws IOException {
        for (var file : ofThisProgram()) {
            var first = Files.readAllLines(file).getFirst();
            var schema = first.substring(first.indexOf("$schema=") + "$schema=".length());
            assertTrue(Files.isRegularFile(file.resolveSibling(schema)), file + ": " + first);
        }
    }

    /** Its own files; what lies there for Kubernetes has a schema of another's. */
    private static List<Path> ofThisProgram() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.startsWith(FOLDER.resolve("kubernetes")))
                    .toList();
        }
    }

    @Test
    void every_key_of_the_schema_stands_in_it() throws IOException {
        var text = Files.readString(FOLDER.resolve("pantheon-night.yaml"));
        var schema = Json.resource("/schema/config/pantheon-night.json");
        var model = schema.at("/properties/models/additionalProperties");
        for (var section : List.of(
                schema,
                model,
                schema.at("/properties/window"),
                schema.at("/properties/egress"),
                schema.at("/properties/signing"),
                schema.at("/properties/retention"),
                schema.at("/properties/git"))) {
            for (var key : section.get("properties").propertyNames()) {
                assertTrue(text.matches("(?s).*\\n *(# *)?" + key + ":.*"), key);
            }
        }
    }

    @Test
    void every_agent_loads_and_can_be_put_together() {
        var agents = AgentFiles.load(FOLDER.resolve("agents"));
        assertFalse(agents.isEmpty());
        var more = AgentFiles.load(FOLDER.resolve("more-agents"));
        assertEquals(Set.of("code.fix", "docops.description", "docops.fences", "docops.links"), more.keySet());
        var tools = new TreeMap<>(BuiltInTools.all());
        tools.putAll(CommandTools.of(
                ToolFiles.load(FOLDER.resolve("tools")), BuiltInTools.all().keySet(), () -> {}));
        var assembly = new AgentAssembly(tools);
        agents.values().forEach(file -> assertDoesNotThrow(() -> assembly.assemble(file, ChatFormats.QWEN)));
        more.values().forEach(file -> assertDoesNotThrow(() -> assembly.assemble(file, ChatFormats.QWEN)));
        var models = ConfigLoader.load(FOLDER.resolve("pantheon-night.yaml"), Map.of(), Map.of())
                .config()
                .models();
        agents.values()
                .forEach(file -> assertTrue(
                        models.containsKey(file.get("model").stringValue()),
                        file.get("name").stringValue()));
    }

    @Test
    void every_file_names_its_schema_for_editors() throws IOException {
        for (var file : ofThisProgram()) {
            var first = Files.readAllLines(file).getFirst();
            var prefix = "# yaml-language-server: $schema=";
            assertTrue(first.startsWith(prefix), file + ": " + first);
            var schema = file.resolveSibling(first.substring(prefix.length())).normalize();
            assertEquals(FOLDER.resolve("schema"), schema.getParent(), file.toString());
            var source = Path.of("src/main/resources/schema/config").resolve(schema.getFileName());
            assertTrue(Files.exists(source), source.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"config/pantheon-night", "config/agent", "config/tool", "acceptance/checks"})
    void every_key_of_a_schema_says_what_is_expected(String name) {
        assertDescribed("", Json.resource("/schema/" + name + ".json"));
    }

    private static void assertDescribed(String at, JsonNode schema) {
        for (var entry : schema.path("properties").properties()) {
            assertDescription(at + "." + entry.getKey(), entry.getValue());
        }
        for (var keyword : List.of("items", "additionalProperties", "propertyNames")) {
            if (schema.path(keyword).isObject()) {
                assertDescription(at + ".*", schema.get(keyword));
            }
        }
    }

    private static void assertDescription(String at, JsonNode schema) {
        assertTrue(schema.path("description").asString("").matches("[A-Z0-9{].*\\."), at);
        assertDescribed(at, schema);
    }
}

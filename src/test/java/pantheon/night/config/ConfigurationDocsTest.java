package pantheon.night.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pantheon.night.acceptance.Checks;
import pantheon.night.contract.Json;
import pantheon.night.tool.builtin.BuiltInTools;
import tools.jackson.databind.JsonNode;

/** The docs' tables of the configuration say what its schema and the program say. */
final class ConfigurationDocsTest {
    private static final Path DOCS = Path.of("docs/configuration.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-zA-Z.<>]+)` \\|(.*?)\\|(.*?)\\|");
    private static final Pattern CHECK = Pattern.compile("(?m)^\\| `(\\w+)");
    private static final Pattern CODE = Pattern.compile("`(.*)`");

    private static final Map<String, JsonNode> KEYS = new LinkedHashMap<>();

    private static String docs = "";

    @BeforeAll
    static void read() throws IOException {
        docs = Files.readString(DOCS).split("\n## ", 2)[0];
        collect("", Json.resource("/schema/config/pantheon-night.json"));
    }

    private static void collect(String prefix, JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            var key = prefix + property.getKey();
            var value = property.getValue();
            if (!value.path("type").asString("").equals("object")) {
                KEYS.put(key, value);
            }
            collect(key + ".", value);
            collect(key + ".<name>.", value.path("additionalProperties"));
        });
    }

    /** The rows' keys, each with the column that is asked for: 2 is the variable, 3 the default. */
    private static Map<String, String> column(int number) {
        return ROW.matcher(docs)
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> row.group(number).strip()));
    }

    @Test
    void has_a_row_for_every_key_and_no_other() {
        assertEquals(KEYS.keySet(), column(3).keySet());
    }

    @Test
    void names_the_defaults() {
        var told = column(3);
        KEYS.forEach((key, schema) -> {
            var code = CODE.matcher(told.getOrDefault(key, ""));
            if (schema.path("default").isValueNode()) {
                assertTrue(code.matches(), key + " has a default");
                assertEquals(schema.get("default").asString(), code.group(1), key);
            } else {
                assertFalse(code.matches(), key + " has no default");
            }
        });
    }

    @Test
    void names_the_variables() {
        column(2).forEach((key, variable) -> {
            var expected = "`PANTHEON_NIGHT_" + key.replace('.', '_').toUpperCase(Locale.ROOT) + "`";
            boolean isOfTheFile = key.startsWith("models.") || key.equals("version");
            assertEquals(isOfTheFile ? "" : expected, variable, key);
        });
    }

    @Test
    void names_every_acceptance_check() throws IOException {
        var table = Files.readString(DOCS).split("\n\\| Check \\|", 2)[1].split("\n\n", 2)[0];
        var told = CHECK.matcher(table).results().map(row -> row.group(1)).toList();
        assertEquals(Checks.names(), new TreeSet<>(told));
    }

    @Test
    void names_every_tool_of_the_program_with_its_arguments() throws IOException {
        var told = rows("Tool \\| Arguments");
        var expected = BuiltInTools.all().values().stream()
                .map(tool -> "| `%s` | %s | %s |"
                        .formatted(tool.name(), arguments(tool.arguments().json()), tool.description()))
                .toList();
        assertEquals(expected, told);
    }

    private static String arguments(JsonNode schema) {
        var required =
                schema.path("required").valueStream().map(JsonNode::stringValue).toList();
        var names = schema.path("properties")
                .propertyStream()
                .map(entry -> (required.contains(entry.getKey()) ? "`%s`" : "[`%s`]").formatted(entry.getKey()))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "–" : names;
    }

    @Test
    void names_every_limit_with_its_default() throws IOException {
        var told = rows("Limit \\| Default").stream()
                .map(row -> row.split(" \\| ", 3))
                .map(cells -> cells[0] + " | " + cells[1])
                .toList();
        var expected = Json.resource("/schema/config/agent.json")
                .at("/properties/limits/properties")
                .propertyStream()
                .map(limit -> "| `%s` | `%s`"
                        .formatted(
                                limit.getKey(),
                                limit.getValue().required("default").asString()))
                .toList();
        assertEquals(expected, told);
    }

    /** The rows of the table with a head that begins so. */
    private static List<String> rows(String head) throws IOException {
        var table = Files.readString(DOCS).split("\n\\| " + head, 2)[1].split("\n\n", 2)[0];
        return table.lines().skip(2).toList();
    }
}

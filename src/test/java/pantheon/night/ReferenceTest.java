package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import pantheon.night.acceptance.Checks;
import pantheon.night.contract.Json;
import pantheon.night.tool.Tool;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.workspace.files.PathRefused;
import tools.jackson.databind.JsonNode;

/**
 * The reference says of every tool and check what its schema says; {@code -Dgolden.update=true} writes it anew. What stands
 * above the first line is written by people.
 */
final class ReferenceTest {
    private static final String LINE = "<!-- what follows is written by ReferenceTest -->\n";

    private static final Path SOURCES = Path.of("src/main/java/pantheon/night/tool");
    private static final Pattern FAILED = Pattern.compile("ToolResult\\.Failed\\(\\s*\"([a-z_]+)\"");
    private static final Pattern CODE = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");

    private static void assertWritten(Path page, String now) throws IOException {
        var text = Files.readString(page);
        int line = text.indexOf(LINE) + LINE.length();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(page, text.substring(0, line) + now);
        } else {
            assertEquals(now, text.substring(line), page + " is not what the program says; write it anew");
        }
    }

    @Test
    void every_tool_is_told_with_all_that_it_takes_and_gives() throws IOException {
        var page = new StringBuilder();
        BuiltInTools.all().values().stream()
                .sorted(Comparator.comparing(Tool::name))
                .forEach(tool -> page.append(of(tool)));
        assertWritten(Path.of("docs/reference/tools.md"), page.toString());
    }

    private static String of(Tool tool) {
        return "\n## `%s`\n\n%s %s\n\n%s\nIt returns:\n\n%s"
                .formatted(
                        tool.name(),
                        tool.description(),
                        tool.isReadOnly() ? "It writes nothing." : "It writes files.",
                        table("Argument", tool.arguments().json(), "It takes no arguments.\n"),
                        table("Field", tool.result().json(), "nothing.\n"));
    }

    @Test
    void every_check_is_told_with_all_that_it_takes() throws IOException {
        var page = new StringBuilder();
        Checks.parameters()
                .forEach((name, schema) -> page.append(
                        "\n## `%s`\n\n%s".formatted(name, table("Parameter", schema, "It takes no parameters.\n"))));
        assertWritten(Path.of("docs/reference/checks.md"), page.toString());
    }

    /** Codes stand in the sources as texts; the page has all of them and no other. */
    @Test
    void every_code_of_an_error_is_told() throws IOException {
        var codes = new TreeSet<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file :
                    (Iterable<Path>) files.filter(each -> each.toString().endsWith(".java"))::iterator) {
                FAILED.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
            }
        }
        Arrays.stream(PathRefused.Code.values()).map(PathRefused.Code::wireName).forEach(codes::add);
        var above = Files.readString(Path.of("docs/reference/tools.md")).split(LINE, 2)[0];
        var told =
                CODE.matcher(above).results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(codes, told);
    }

    /** An object's members, a row each. */
    private static String table(String what, JsonNode object, String otherwise) {
        var rows = new ArrayList<String>();
        rows("", object, rows);
        return rows.isEmpty()
                ? otherwise
                : "| %s | Is | |\n|---|---|---|\n%s\n".formatted(what, String.join("\n", rows));
    }

    private static void rows(String prefix, JsonNode object, List<String> rows) {
        var required =
                object.path("required").valueStream().map(JsonNode::asString).toList();
        for (var member : object.path("properties").properties()) {
            var schema = member.getValue();
            rows.add("| %s`%s%s`%s | %s | %s |"
                    .formatted(
                            required.contains(member.getKey()) ? "" : "[",
                            prefix,
                            member.getKey(),
                            required.contains(member.getKey()) ? "" : "]",
                            words(schema).replace("|", "\\|"),
                            schema.path("description").asString("").replace("|", "\\|")));
            inner(prefix + member.getKey(), schema, rows);
        }
    }

    private static void inner(String prefix, JsonNode schema, List<String> rows) {
        rows(prefix + ".", schema, rows);
        rows(prefix + "[].", schema.path("items"), rows);
        rows(prefix + ".*.", schema.path("additionalProperties"), rows);
    }

    private static final Map<String, String> TYPES = new TreeMap<>(Map.of(
            "string", "text",
            "integer", "whole number",
            "number", "number",
            "boolean", "`true` or `false`",
            "object", "object",
            "array", "list",
            "null", "nothing"));

    /** What a schema allows, as far as a line can say it. */
    private static String words(JsonNode schema) {
        if (schema.has("const")) {
            return "`%s`".formatted(Json.write(schema.get("const")));
        }
        if (schema.has("enum")) {
            return schema.get("enum")
                    .valueStream()
                    .map(value -> "`%s`".formatted(value.isString() ? value.stringValue() : Json.write(value)))
                    .collect(Collectors.joining(", "));
        }
        for (var either : List.of("anyOf", "oneOf")) {
            if (schema.has(either)) {
                return schema.get(either)
                        .valueStream()
                        .map(ReferenceTest::words)
                        .collect(Collectors.joining(", or "));
            }
        }
        return typed(schema);
    }

    private static String typed(JsonNode schema) {
        var type = schema.path("type");
        if (type.isMissingNode()) {
            return "anything";
        }
        var names = type.isArray()
                ? type.valueStream().map(name -> TYPES.get(name.asString())).collect(Collectors.joining(" or "))
                : String.valueOf(TYPES.get(type.asString()));
        var of = schema.path("items").isObject() ? " of " + words(schema.get("items")) : "";
        return names + of + bounds(schema);
    }

    private static String bounds(JsonNode schema) {
        var bounds = new ArrayList<String>();
        bound(schema, "minLength", "maxLength", "characters", bounds);
        bound(schema, "minItems", "maxItems", "of them", bounds);
        bound(schema, "minimum", "maximum", "", bounds);
        if (schema.has("pattern")) {
            bounds.add("matching `%s`".formatted(schema.get("pattern").asString()));
        }
        return bounds.isEmpty() ? "" : ", " + String.join(", ", bounds);
    }

    private static void bound(JsonNode schema, String least, String most, String unit, List<String> bounds) {
        var words = schema.has(least) && schema.has(most)
                ? "%s to %s"
                        .formatted(
                                schema.get(least).asString(), schema.get(most).asString())
                : schema.has(least)
                        ? schema.get(least).asString() + " or more"
                        : schema.has(most) ? "at most " + schema.get(most).asString() : "";
        if (!words.isEmpty()) {
            bounds.add((words + " " + unit).strip());
        }
    }
}

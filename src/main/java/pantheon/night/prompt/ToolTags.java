package pantheon.night.prompt;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pantheon.night.contract.Json;
import pantheon.night.language.spelling.PythonText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Tools between tags, as Qwen3-Coder's template shows them. */
final class ToolTags {
    private static final Set<String> OF_PARAMETER = Set.of("name", "type", "description");
    private static final Set<String> OF_PARAMETERS = Set.of("type", "properties");
    private static final Set<String> OF_FUNCTION = Set.of("type", "name", "description", "parameters");

    private static final Pattern TAG = Pattern.compile("<([^<>/]++)>(.*?)</\\1>", Pattern.DOTALL);

    private ToolTags() {}

    static String write(JsonNode tool) {
        var function = tool.path("function");
        var out = new StringBuilder("<function>")
                .append(tag("name", function.path("name").stringValue()));
        description(function, out);
        out.append("\n<parameters>");
        var parameters = function.path("parameters");
        parameters.path("properties").properties().forEach(each -> parameter(each.getKey(), each.getValue(), out));
        others(parameters, OF_PARAMETERS, out);
        out.append("\n</parameters>");
        others(function, OF_FUNCTION, out);
        return out.append("\n</function>").toString();
    }

    private static void parameter(String name, JsonNode schema, StringBuilder out) {
        out.append("\n<parameter>").append(tag("name", name));
        if (schema.has("type")) {
            out.append(tag("type", text(schema.get("type"))));
        }
        description(schema, out);
        others(schema, OF_PARAMETER, out);
        out.append("\n</parameter>");
    }

    private static void description(JsonNode of, StringBuilder out) {
        if (of.has("description")) {
            out.append(tag("description", of.get("description").asString("").strip()));
        }
    }

    private static void others(JsonNode object, Set<String> written, StringBuilder out) {
        object.properties().stream()
                .filter(each -> !written.contains(each.getKey()))
                .forEach(each -> out.append(tag(
                        each.getKey(),
                        each.getValue().isContainer() ? Json.write(each.getValue()) : text(each.getValue()))));
    }

    /** As Python turns a value into text. */
    private static String text(JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        var json = Json.write(value);
        return value.isArray() ? PythonText.of(json).replace('"', '\'') : PythonText.word(json);
    }

    private static String tag(String name, String content) {
        return "\n<" + name + ">" + content + "</" + name + ">";
    }

    /**
     * The tools of a text that {@link #write} made. What Python's text of a value does not tell, such as a number from
     * its digits, is guessed; whoever writes the tools again gets the same text, or knows that it was made otherwise.
     */
    static List<JsonNode> read(String shown) {
        return tags(shown).map(tool -> function(tool.content())).toList();
    }

    private record Tag(String name, String content) {}

    private static Stream<Tag> tags(String text) {
        return TAG.matcher(text).results().map(found -> new Tag(found.group(1), found.group(2)));
    }

    private static JsonNode function(String text) {
        var function = Json.object();
        tags(text)
                .forEach(tag -> function.set(
                        tag.name(),
                        tag.name().equals("parameters") ? parameters(tag.content()) : value(tag.content())));
        var tool = Json.object().put("type", "function");
        return tool.set("function", function);
    }

    private static JsonNode parameters(String text) {
        var parameters = Json.object().put("type", "object");
        var properties = parameters.putObject("properties");
        tags(text).forEach(tag -> {
            if (tag.name().equals("parameter")) {
                var schema = Json.object();
                tags(tag.content()).forEach(part -> schema.set(part.name(), value(part.content())));
                var name = schema.remove("name");
                properties.set(name == null ? "" : name.asString(""), schema);
            } else {
                parameters.set(tag.name(), value(tag.content()));
            }
        });
        return parameters;
    }

    private static JsonNode value(String text) {
        var json = text.startsWith("['")
                ? text.replace('\'', '"')
                : PythonText.json(text).orElse(text);
        try {
            var value = Json.parse(json);
            return value.isString() ? StringNode.valueOf(text) : value;
        } catch (JacksonException e) {
            return StringNode.valueOf(text);
        }
    }
}

package pantheon.night.tool.builtin;

import pantheon.night.contract.Json;
import pantheon.night.document.FrontMatter;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a Markdown document's title heading and front matter. */
final class ReadFrontMatter extends BuiltInTool {
    ReadFrontMatter() {
        super("read_front_matter", "path");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var path = arguments.required("path").stringValue();
        var text = utf8(task.files().read(path));
        if (text == null) {
            return notText(path);
        }
        try {
            return new ToolResult.Returned(read(FrontMatter.of(text), arguments));
        } catch (FrontMatter.Unreadable e) {
            return new ToolResult.Failed("unreadable", e.problem());
        }
    }

    private static ObjectNode read(FrontMatter document, ObjectNode arguments) throws FrontMatter.Unreadable {
        document.requireOneSpelling(
                arguments.path("keys").valueStream().map(JsonNode::stringValue).toList());
        var result = Json.object();
        result.put("heading", document.heading());
        result.set("values", wanted(document.values(), arguments.path("keys")));
        if (!document.older().isEmpty()) {
            var older = Json.object();
            document.older().forEach(older::put);
            result.set("older", older);
        }
        return result;
    }

    private static ObjectNode wanted(ObjectNode values, JsonNode keys) {
        return keys.isMissingNode()
                ? values
                : values.retain(keys.valueStream().map(JsonNode::stringValue).toList());
    }
}

package pantheon.night.tool.builtin;

import pantheon.night.contract.Json;
import pantheon.night.document.FrontMatter;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a Markdown document's title heading and front matter. */
final class ReadFrontMatter extends TextTool {
    ReadFrontMatter() {
        super("read_front_matter");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused {
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

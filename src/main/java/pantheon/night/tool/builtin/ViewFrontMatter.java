package pantheon.night.tool.builtin;

import pantheon.night.contract.Json;
import pantheon.night.document.FrontMatter;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Shows a Markdown document's title heading, and what stands for some keys, however these are spelled. */
final class ViewFrontMatter extends TextTool {
    ViewFrontMatter() {
        super("view_front_matter");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused {
        try {
            return new ToolResult.Returned(view(FrontMatter.of(text), arguments));
        } catch (FrontMatter.Unreadable e) {
            return new ToolResult.Failed("unreadable", e.problem());
        }
    }

    private static ObjectNode view(FrontMatter document, ObjectNode arguments) throws FrontMatter.Unreadable {
        var values = Json.object();
        for (var key : arguments.required("keys")) {
            var standing = document.standing(key.stringValue());
            if (standing != null) {
                values.put(key.stringValue(), standing);
            }
        }
        var result = Json.object().put("heading", document.heading());
        result.set("values", values);
        if (!document.older().isEmpty()) {
            var older = Json.object();
            document.older().forEach(older::put);
            result.set("older", older);
        }
        return result;
    }
}

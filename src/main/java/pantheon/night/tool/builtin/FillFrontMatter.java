package pantheon.night.tool.builtin;

import java.util.LinkedHashMap;
import java.util.Map;
import pantheon.night.NightException;
import pantheon.night.document.Filling;
import pantheon.night.document.FrontMatter;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchPath;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Sets keys of a Markdown document's front matter that are asked for and missing; what stands there stays. */
final class FillFrontMatter extends BuiltInTool {
    FillFrontMatter() {
        super("fill_front_matter", "path");
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var path = ScratchPath.asked(arguments.required("path").stringValue()).text();
        var text = utf8(task.files().read(path));
        if (text == null) {
            return notText(path);
        }
        try {
            var document = FrontMatter.of(text);
            var changes = filling(arguments).changes(document, path, values(arguments));
            return changed(!changes.isEmpty() && write(path, document.with(changes), task));
        } catch (FrontMatter.Unreadable e) {
            return new ToolResult.Failed("unreadable", e.problem());
        } catch (NightException e) {
            return new ToolResult.Failed("sources", e.getMessage());
        }
    }

    private static Filling filling(ObjectNode arguments) {
        return Filling.of(
                arguments.required("keys"),
                arguments.path("sources"),
                arguments.path("create").asBoolean(false));
    }

    private static Map<String, String> values(ObjectNode arguments) {
        var values = new LinkedHashMap<String, String>();
        arguments
                .path("values")
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().stringValue()));
        return values;
    }
}

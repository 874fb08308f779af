package pantheon.night.tool.builtin;

import java.util.LinkedHashMap;
import java.util.Map;
import pantheon.night.document.FrontMatter;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Sets keys of a Markdown document's front matter; every other key and the body stay byte for byte. */
final class SetFrontMatter extends TextTool {
    SetFrontMatter() {
        super("set_front_matter");
    }

    @Override
    ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused {
        try {
            return changed(write(path, FrontMatter.of(text).with(values(arguments)), task));
        } catch (FrontMatter.Unreadable e) {
            return new ToolResult.Failed("unreadable", e.problem());
        }
    }

    private static Map<String, String> values(ObjectNode arguments) {
        var values = new LinkedHashMap<String, String>();
        arguments
                .required("values")
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().stringValue()));
        return values;
    }
}

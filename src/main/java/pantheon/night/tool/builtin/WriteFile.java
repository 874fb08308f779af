package pantheon.night.tool.builtin;

import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Writes a text file as a whole. */
final class WriteFile extends BuiltInTool {
    WriteFile() {
        super("write_file");
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var path = arguments.required("path").stringValue();
        return changed(write(path, arguments.required("text").stringValue(), task));
    }
}

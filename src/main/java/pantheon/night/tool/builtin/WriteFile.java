package pantheon.night.tool.builtin;

import pantheon.night.document.LineEnds;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Writes a text file as a whole; one that is there keeps its line ends, unless it mixes them. */
final class WriteFile extends BuiltInTool {
    WriteFile() {
        super("write_file");
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var path = arguments.required("path").stringValue();
        var text = arguments.required("text").stringValue();
        return changed(write(path, lineEnds(path, task).adopt(text), task));
    }

    private static LineEnds lineEnds(String path, TaskFiles task) throws PathRefused {
        var before = task.files().exists(path) ? utf8(task.files().read(path)) : null;
        return before == null ? LineEnds.NONE : LineEnds.of(before);
    }
}

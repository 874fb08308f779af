package pantheon.night.tool.builtin;

import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** A tool that works on one text, whose file its argument {@code path} names. */
abstract class TextTool extends BuiltInTool {
    TextTool(String name) {
        super(name, "path");
    }

    @Override
    public final ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var path = arguments.required("path").stringValue();
        var text = utf8(task.files().read(path));
        return text == null ? notText(path) : call(path, text, arguments, task);
    }

    /**
     * The same for a file that holds UTF-8.
     *
     * @throws PathRefused where a path is refused
     */
    abstract ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused;
}

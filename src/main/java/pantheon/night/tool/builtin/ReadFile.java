package pantheon.night.tool.builtin;

import pantheon.night.contract.Json;
import pantheon.night.document.Lines;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Reads a text file's lines, up to {@link #MAX_CHARS} characters at a time. */
final class ReadFile extends BuiltInTool {
    /** The longest text that one call gives. */
    static final int MAX_CHARS = 64 * 1024;

    ReadFile() {
        super("read_file");
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
        int fromLine = arguments.has("from_line") ? arguments.get("from_line").intValue() : 1;
        int lines = arguments.has("lines") ? arguments.get("lines").intValue() : Integer.MAX_VALUE;
        var total = Lines.of(text);
        var wanted = total.stream().skip(fromLine - 1L).limit(lines).toList();
        var read = String.join("", wanted);
        var cut = Lines.cut(read, MAX_CHARS);
        var result = Json.object().put("text", cut).put("total_lines", total.size());
        return new ToolResult.Returned(cut.length() < read.length() ? result.put("cut", true) : result);
    }
}

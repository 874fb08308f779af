package pantheon.night.tool.builtin;

import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.document.Lines;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Reads a text file's lines, up to {@link #MAX_CHARS} characters at a time. */
final class ReadFile extends TextTool {
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
    ToolResult call(String path, String text, ObjectNode arguments, TaskFiles task) throws PathRefused {
        var lines = Lines.of(text);
        var read = read(lines, arguments);
        var cut = Lines.cut(read, MAX_CHARS);
        var result = Json.object().put("text", cut).put("total_lines", lines.size());
        return new ToolResult.Returned(cut.length() < read.length() ? result.put("cut", true) : result);
    }

    private static String read(List<String> lines, ObjectNode arguments) {
        int fromLine = arguments.path("from_line").intValue(1);
        int most = arguments.path("lines").intValue(Integer.MAX_VALUE);
        return String.join("", lines.stream().skip(fromLine - 1L).limit(most).toList());
    }
}

package pantheon.night.tool.builtin;

import pantheon.night.contract.Json;
import pantheon.night.document.Lines;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Shows the task's changes so far, up to {@link #MAX_CHARS} characters of them. */
final class ComputeDiff extends BuiltInTool {
    /** The longest patch that is given. */
    static final int MAX_CHARS = 64 * 1024;

    ComputeDiff() {
        super("compute_diff");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var patch = task.changes().patch();
        var cut = Lines.cut(patch, MAX_CHARS);
        var result = Json.object().put("patch", cut);
        return new ToolResult.Returned(cut.length() < patch.length() ? result.put("cut", true) : result);
    }
}

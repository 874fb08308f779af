package pantheon.night.replay;

import pantheon.night.journal.NightEvent.ToolReturned;
import pantheon.night.outcome.FinishReason;
import pantheon.night.tool.ForwardingTool;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool that runs, except where its record hit the time limit. What it does to the files is needed in any case; its
 * result is the recorded one where it is not stable.
 */
final class RecordedTool extends ForwardingTool {
    private static final String TIMEOUT =
            new ToolResult.TimedOut(true).json().get("error").stringValue();

    private final AttemptRecord record;

    RecordedTool(Tool tool, AttemptRecord record) {
        super(tool);
        this.record = record;
    }

    /** Where the time limit ended the task, the tool may not have ended. */
    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles files) throws PathRefused {
        if (!(record.next() instanceof ToolReturned recorded)) {
            return tool.call(arguments, files);
        }
        if (TIMEOUT.equals(recorded.error())) {
            return new ToolResult.TimedOut(!record.isAnswered() || record.reason() != FinishReason.TOOL_TIMEOUT);
        }
        var now = tool.call(arguments, files);
        return tool.isStable() ? now : result(recorded);
    }

    private static ToolResult result(ToolReturned recorded) {
        var json = recorded.result();
        return recorded.ok()
                ? new ToolResult.Returned(json)
                : new ToolResult.Failed(
                        json.path("error").asString(""), json.path("message").asString(""));
    }
}

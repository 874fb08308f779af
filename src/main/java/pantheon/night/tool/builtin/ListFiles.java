package pantheon.night.tool.builtin;

import pantheon.night.contract.Json;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Lists the files in a directory and below it. */
final class ListFiles extends BuiltInTool {
    ListFiles() {
        super("list_files");
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var listing = task.files()
                .list(
                        arguments.path("directory").asString("."),
                        arguments.required("limit").intValue());
        var result = Json.object();
        listing.paths().forEach(result.putArray("files")::add);
        return new ToolResult.Returned(result.put("more", !listing.complete()));
    }
}

package pantheon.night.tool.builtin;

import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.ScratchPath;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** Moves a file to a path where nothing stands yet. */
final class MoveFile extends BuiltInTool {
    MoveFile() {
        super("move_file", "from");
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        var from = ScratchPath.asked(arguments.required("from").stringValue()).text();
        var to = ScratchPath.asked(arguments.required("to").stringValue()).text();
        var files = task.files();
        boolean done = (from.equals(to) || !files.exists(from)) && isFile(files, to);
        if (!done) {
            files.move(from, to);
        }
        return changed(!done);
    }

    private static boolean isFile(ScratchFiles files, String path) throws PathRefused {
        try {
            files.read(path);
            return true;
        } catch (PathRefused e) {
            return switch (e.code()) {
                case NOT_FOUND, NOT_DIRECTORY, IS_DIRECTORY -> false;
                default -> throw e;
            };
        }
    }
}

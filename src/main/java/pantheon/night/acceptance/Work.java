package pantheon.night.acceptance;

import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchPath;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** A finished task as its checks see it: what it was asked, what it answered, and its files as it left them and before. */
public record Work(ObjectNode input, ObjectNode output, TaskFiles.Changes changes) {
    /** The path that a field of the input names, as the changes name it. */
    String path(String field) throws PathRefused {
        return ScratchPath.asked(input.required(field).stringValue()).text();
    }
}

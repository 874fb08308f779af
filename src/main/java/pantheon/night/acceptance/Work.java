package pantheon.night.acceptance;

import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** A finished task as its checks see it: what it was asked, what it answered, and its files as it left them and before. */
public record Work(ObjectNode input, ObjectNode output, TaskFiles.Changes changes) {}

package pantheon.night.acceptance;

import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** A finished task as its checks see it: what it was asked, what it answered, and its files, now and before. */
public record Work(ObjectNode input, ObjectNode output, ScratchFiles files, TaskFiles.Changes changes) {}

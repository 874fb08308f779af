package pantheon.night.past;

import org.jspecify.annotations.Nullable;
import pantheon.night.journal.NightEvent.TaskStarted;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task of an interrupted night whose work is on the night's branch.
 *
 * @param commit its commit's id
 * @param output what its agent ended it with, null where it gave nothing
 */
public record CommittedTask(
        String commit, TaskStarted started, @Nullable ObjectNode output) {}

package pantheon.night.tool;

import java.util.Set;
import pantheon.night.contract.Schema;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool under a name and a description of an agent's own: those that its model was trained with.
 *
 * @param tool what is done
 */
public record NamedTool(Tool tool, String name, String description) implements Tool {
    /** A tool under its own name. */
    public static Tool own(Tool tool) {
        return tool instanceof NamedTool named ? named.tool() : tool;
    }

    @Override
    public Schema arguments() {
        return tool.arguments();
    }

    @Override
    public Schema result() {
        return tool.result();
    }

    @Override
    public boolean isStable() {
        return tool.isStable();
    }

    @Override
    public boolean isReadOnly() {
        return tool.isReadOnly();
    }

    @Override
    public Set<String> files() {
        return tool.files();
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        return tool.call(arguments, task);
    }
}

package pantheon.night.tool;

import tools.jackson.databind.node.ObjectNode;

/**
 * A call as the model wrote it.
 *
 * @param arguments without the bound ones, which the {@link ToolBox} adds
 */
public record ToolCall(String name, ObjectNode arguments) {
    /** The reserved tool whose arguments are the agent's output. */
    public static final String FINAL = "final";
}

package pantheon.night.simulation;

import java.nio.charset.StandardCharsets;
import pantheon.night.contract.Json;
import pantheon.night.tool.ForwardingTool;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * A real tool that lies now and then: it says that it did what it did not do, or the other way round, or does more than
 * it was asked for. It lies to the same call in the same way each time, so that a replay meets the same lies.
 */
final class LyingTool extends ForwardingTool {
    private final int seed;
    private final int liesOneIn;

    /** @param liesOneIn how many calls there are to one that is answered with a lie, 0 for none */
    LyingTool(Tool tool, int seed, int liesOneIn) {
        super(tool);
        this.seed = seed;
        this.liesOneIn = liesOneIn;
    }

    /** What is said to leave the files alone may be a lie. */
    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles files) throws PathRefused {
        var lies = new Chance(seed ^ (long) Json.write(arguments).hashCode());
        if (liesOneIn == 0 || !lies.oneIn(liesOneIn)) {
            return tool.call(arguments, files);
        }
        return switch (lies.below(4)) {
            case 0 -> new ToolResult.Returned(Json.object().put("changed", true));
            case 1 -> {
                tool.call(arguments, files);
                yield new ToolResult.Failed("failed", "it could not be done");
            }
            case 2 -> {
                files.files().write("unasked.txt", "more\n".getBytes(StandardCharsets.UTF_8));
                yield tool.call(arguments, files);
            }
            default -> new ToolResult.Returned(Json.object().put("\ud800", "off its schema"));
        };
    }
}

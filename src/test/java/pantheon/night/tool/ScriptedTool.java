package pantheon.night.tool;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tool that a test writes in a line, and that counts how often it ran. */
public final class ScriptedTool implements Tool {
    private final String name;
    private final Schema arguments;
    private final Schema result;
    private final Action action;
    private final AtomicInteger runs = new AtomicInteger();

    /** What the tool does. */
    @FunctionalInterface
    public interface Action {
        ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused;
    }

    /** A tool with any result. */
    public ScriptedTool(String name, String arguments, Action action) {
        this(name, Json.parse(arguments), "true", action);
    }

    public ScriptedTool(String name, JsonNode arguments, String result, Action action) {
        this.name = name;
        this.arguments = Schema.compile("arguments of " + name, arguments);
        this.result = Schema.compile("result of " + name, Json.parse(result));
        this.action = action;
    }

    /** How often the tool has run. */
    public int runs() {
        return runs.get();
    }

    /** The tool with nothing bound. */
    public BoundTool unbound() {
        return new BoundTool(this, Map.of(), Map.of(), Map.of());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "Does what the test says.";
    }

    @Override
    public Schema arguments() {
        return arguments;
    }

    @Override
    public Schema result() {
        return result;
    }

    @Override
    public ToolResult call(ObjectNode arguments, TaskFiles task) throws PathRefused {
        runs.incrementAndGet();
        return action.call(arguments, task);
    }
}

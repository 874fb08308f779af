package pantheon.night.tool.command;

import java.util.Map;
import java.util.TreeMap;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import tools.jackson.databind.node.ObjectNode;

/** The command tools of the configuration, by name. */
public final class CommandTools {
    private CommandTools() {}

    /**
     * Makes the tools of some files.
     *
     * @param files tool's name → its file, valid against the schema of tools
     * @param taken the names of tools that ship with the program
     * @param beforeEach is called before each command that any of them runs, and throws where it must not run
     * @throws NightException with exit code 78 where a schema or a name is wrong
     */
    public static Map<String, CommandTool> of(
            Map<String, ObjectNode> files, Iterable<String> taken, Runnable beforeEach) {
        var tools = new TreeMap<String, CommandTool>();
        files.forEach((name, file) -> tools.put(name, new CommandTool(file, beforeEach)));
        for (var name : taken) {
            if (tools.containsKey(name)) {
                throw new NightException(
                        ExitCode.CONFIG,
                        "tool %s: a tool of this name ships with the program; expected another name. Rename the command tool."
                                .formatted(name));
            }
        }
        return tools;
    }
}

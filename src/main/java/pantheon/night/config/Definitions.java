package pantheon.night.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files beside the configuration's own: tools and agents, each valid against its schema, and each name in an agent
 * the name of something.
 *
 * @param tools tool's name → its file as JSON, in the order of the files' names
 * @param agents agent's name → its file, in the order of the files' names
 * @param broken what is wrong with files of agents that were left out, in words
 */
public record Definitions(Map<String, ObjectNode> tools, Map<String, Definition> agents, List<String> broken) {
    public Definitions {
        broken = List.copyOf(broken);
    }

    /**
     * A file as JSON.
     *
     * @param places JSON pointer → where its value stands, as {@code FILE:LINE}
     */
    public record Definition(ObjectNode json, UnaryOperator<String> places) {
        private static Definition of(YamlFile yaml) {
            return new Definition(yaml.json(), pointer -> yaml.place(pointer).toString());
        }
    }

    /**
     * Reads the files that a configuration names.
     *
     * @param builtIn the names of the program's own tools
     * @param checks acceptance check → the JSON Schema of its parameters
     * @throws pantheon.night.NightException with exit code 78 and all that is wrong with any of them
     */
    public static Definitions load(NightConfig config, Set<String> builtIn, SortedMap<String, JsonNode> checks) {
        return read(config, builtIn, checks, false);
    }

    /**
     * The same, without the files of agents in which something is wrong.
     *
     * @throws pantheon.night.NightException with exit code 78 where something is wrong with a tool's file
     */
    public static Definitions sound(NightConfig config, Set<String> builtIn, SortedMap<String, JsonNode> checks) {
        return read(config, builtIn, checks, true);
    }

    private static Definitions read(
            NightConfig config, Set<String> builtIn, SortedMap<String, JsonNode> checks, boolean soundAlone) {
        var problems = new Problems();
        var tools = ToolFiles.read(config.tools(), problems);
        var toolNames = new TreeSet<>(builtIn);
        toolNames.addAll(tools.keySet());
        var names = new AgentNames(new TreeSet<>(config.models().keySet()), toolNames, checks);
        boolean leavesOut = soundAlone && problems.words().isEmpty();
        var agents = AgentFiles.read(config.agents(), names::check, problems);
        if (leavesOut) {
            agents.values().removeIf(yaml -> problems.isAbout(yaml.place("")));
        } else {
            problems.throwIfAny();
        }
        var definitions = new LinkedHashMap<String, Definition>();
        agents.forEach((name, yaml) -> definitions.put(name, Definition.of(yaml)));
        return new Definitions(tools, definitions, problems.words());
    }
}

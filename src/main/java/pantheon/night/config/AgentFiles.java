package pantheon.night.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The agent files of a folder, each valid against the schema of agents. */
public final class AgentFiles {
    private static final ConfigSchema SCHEMA = new ConfigSchema("/schema/config/agent.json");

    private AgentFiles() {}

    /**
     * Reads every {@code *.yaml} of a folder.
     *
     * @return agent's name → its file as JSON, in the order of the files' names
     * @throws pantheon.night.NightException with exit code 78 and all that is wrong with any of them
     */
    public static Map<String, ObjectNode> load(Path folder) {
        return new NamedFiles(folder, "agent", SCHEMA, AgentFiles::checkInputFields).load();
    }

    /** A tool's argument that comes from the task's input must be there in every input. */
    private static void checkInputFields(YamlFile yaml, Problems problems) {
        var input = yaml.json().path("input");
        var known = new TreeSet<String>();
        input.path("required").valueStream().filter(JsonNode::isString).forEach(name -> known.add(name.stringValue()));
        known.retainAll(ConfigSchema.properties(input));
        var tools = yaml.json().path("tools");
        for (int i = 0; i < tools.size(); i++) {
            for (var section : List.of("bind", "choices")) {
                for (var entry : tools.get(i).path(section).properties()) {
                    var field = entry.getValue().path("input");
                    if (field.isString() && !known.contains(field.stringValue())) {
                        var pointer = Pointer.child(
                                Pointer.child("/tools/%d/%s".formatted(i, section), entry.getKey()), "input");
                        problems.add(
                                yaml.place(pointer),
                                "%s is %s; expected a field that input requires, one of %s. %s"
                                        .formatted(
                                                Pointer.dotted(pointer),
                                                Json.quote(field.stringValue()),
                                                known,
                                                Slip.suggestion(
                                                        field.stringValue(),
                                                        known,
                                                        "Add it to input's properties and to required.")));
                    }
                }
            }
        }
    }
}

package pantheon.night.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
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
        var known = requiredFields(yaml.json().path("input"));
        var tools = yaml.json().path("tools");
        for (int i = 0; i < tools.size(); i++) {
            for (var section : List.of("bind", "choices")) {
                var pointer = "/tools/%d/%s".formatted(i, section);
                fields(pointer, tools.get(i).path(section)).forEach((at, field) -> {
                    if (!known.contains(field)) {
                        problems.add(yaml.place(at), unknown(at, field, known));
                    }
                });
            }
        }
    }

    private static SortedSet<String> requiredFields(JsonNode input) {
        var fields = new TreeSet<String>();
        input.path("required").valueStream().filter(JsonNode::isString).forEach(name -> fields.add(name.stringValue()));
        fields.retainAll(ConfigSchema.properties(input));
        return fields;
    }

    /** Where a section of a tool names fields of the input, and which. */
    private static Map<String, String> fields(String pointer, JsonNode section) {
        var fields = new LinkedHashMap<String, String>();
        for (var entry : section.properties()) {
            var field = entry.getValue().path("input");
            if (field.isString()) {
                fields.put(Pointer.child(Pointer.child(pointer, entry.getKey()), "input"), field.stringValue());
            }
        }
        return fields;
    }

    private static String unknown(String pointer, String field, SortedSet<String> known) {
        return "%s is %s; expected a field that input requires, one of %s. %s"
                .formatted(
                        Pointer.dotted(pointer),
                        Json.quote(field),
                        known,
                        Slip.suggestion(field, known, "Add it to input's properties and to required."));
    }
}

package pantheon.night.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The agent files of a folder, each valid against the schema of agents. */
public final class AgentFiles {
    private static final ConfigSchema SCHEMA = new ConfigSchema("/schema/config/agent.json");

    private AgentFiles() {}

    /**
     * Reads every {@code *.yaml} of a folder. Whether there is what they name is not looked at: {@link Definitions} does.
     *
     * @return agent's name → its file as JSON, in the order of the files' names
     * @throws pantheon.night.NightException with exit code 78 and all that is wrong with any of them
     */
    public static Map<String, ObjectNode> load(Path folder) {
        var problems = new Problems();
        var files = read(folder, (yaml, more) -> {}, problems);
        problems.throwIfAny();
        return NamedFiles.json(files);
    }

    /** @param names adds what is wrong with the names in a file */
    static Map<String, YamlFile> read(Path folder, BiConsumer<YamlFile, Problems> names, Problems problems) {
        BiConsumer<YamlFile, Problems> own = AgentFiles::check;
        return new NamedFiles(folder, "agent", SCHEMA, own.andThen(names), problems).read();
    }

    private static void check(YamlFile yaml, Problems problems) {
        Texts.check(yaml, List.of("name", "version", "model"), problems);
        schemas(yaml.json()).forEach(pointer -> Texts.checkSchema(yaml, pointer, problems));
        checkInputFields(yaml, problems);
        checkChoices(yaml, problems);
        checkSources(yaml, problems);
        CheckFields.check(yaml, problems);
        checkReasons(yaml, problems);
        checkNamesOfTools(yaml, problems);
    }

    /** The model tells tools apart by the names that it knows them by. */
    private static void checkNamesOfTools(YamlFile yaml, Problems problems) {
        var taken = new TreeSet<>(List.of("final"));
        var tools = yaml.json().path("tools");
        for (int i = 0; i < tools.size(); i++) {
            var renamed = tools.get(i).path("as").path("name");
            var name = (renamed.isMissingNode() ? tools.get(i).path("name") : renamed).asString("");
            if (!taken.add(name) && !renamed.isMissingNode()) {
                var at = "/tools/%d/as/name".formatted(i);
                problems.add(
                        yaml.place(at),
                        "%s is %s, as another tool is called; expected a name of its own. Choose another."
                                .formatted(Pointer.dotted(at), Json.quote(name)));
            }
        }
    }

    /** A reason that the output cannot give would never be checked. */
    private static void checkReasons(YamlFile yaml, Problems problems) {
        var reason = yaml.json().path("output").path("properties").path("reason");
        var known = reason.path("enum").valueStream().map(JsonNode::asString).toList();
        for (var name : yaml.json().path("declines").propertyNames()) {
            if (!known.isEmpty() && !known.contains(name)) {
                problems.add(
                        yaml.place(Pointer.child("/declines", name)),
                        "declines.%s is no reason of output; expected one of %s. %s"
                                .formatted(
                                        name, known, Slip.suggestion(name, known, "Add it to output, or remove it.")));
            }
        }
    }

    /** Where an agent's file has schemas. */
    private static List<String> schemas(JsonNode agent) {
        var pointers = new ArrayList<>(List.of("/input", "/output"));
        for (int i = 0; i < agent.path("tools").size(); i++) {
            var narrow = "/tools/%d/narrow".formatted(i);
            agent.at(narrow).propertyNames().forEach(name -> pointers.add(Pointer.child(narrow, name)));
        }
        for (var list : CheckFields.lists(agent)) {
            for (int i = 0; i < agent.at(list).size(); i++) {
                pointers.add("%s/%d/with/schema".formatted(list, i));
            }
        }
        return pointers;
    }

    /** Choices are taken from a list of strings. */
    private static void checkChoices(YamlFile yaml, Problems problems) {
        var properties = yaml.json().path("input").path("properties");
        var known = requiredFields(yaml.json().path("input"));
        for (int i = 0; i < yaml.json().path("tools").size(); i++) {
            var pointer = "/tools/%d/choices".formatted(i);
            fields(pointer, yaml.json().at(pointer)).forEach((at, field) -> {
                var schema = properties.path(field);
                boolean list = schema.path("type").asString("").equals("array") && Texts.isString(schema.path("items"));
                if (known.contains(field) && !list) {
                    problems.add(
                            yaml.place(at),
                            "%s is %s, which is no list of strings; expected a field with type: array and items of type: string."
                                    .formatted(Pointer.dotted(at), Json.quote(field)));
                }
            });
        }
    }

    /** Choices from results are from those of a tool that the agent may call. */
    private static void checkSources(YamlFile yaml, Problems problems) {
        var tools = yaml.json().path("tools");
        var known = new TreeSet<String>();
        tools.valueStream().map(AgentFiles::shownName).forEach(known::add);
        for (int i = 0; i < tools.size(); i++) {
            var pointer = "/tools/%d/choices".formatted(i);
            strings(pointer, tools.get(i).path("choices"), "from").forEach((at, from) -> {
                if (!known.contains(from)) {
                    problems.add(yaml.place(at), unlisted(at, from, known));
                }
            });
        }
    }

    /** The name by which the agent's model calls a tool. */
    private static String shownName(JsonNode tool) {
        return tool.path("as").path("name").asString(tool.path("name").asString(""));
    }

    private static String unlisted(String pointer, String tool, SortedSet<String> known) {
        return "%s is %s; expected a tool that the agent lists, one of %s. %s"
                .formatted(
                        Pointer.dotted(pointer),
                        Json.quote(tool),
                        known,
                        Slip.suggestion(tool, known, "Add it to tools."));
    }

    /** A tool's argument that comes from the task's input must be there in every input. */
    private static void checkInputFields(YamlFile yaml, Problems problems) {
        var known = requiredFields(yaml.json().path("input"));
        var tools = yaml.json().path("tools");
        for (int i = 0; i < tools.size(); i++) {
            for (var section : List.of("bind", "choices")) {
                var pointer = "/tools/%d/%s".formatted(i, section);
                fields(pointer, tools.get(i).path(section)).forEach((at, field) -> {
                    boolean optional = yaml.json().at(Pointer.parent(at)).has("value")
                            && ConfigSchema.properties(yaml.json().path("input"))
                                    .contains(field);
                    if (!optional && !known.contains(field)) {
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
        return strings(pointer, section, "input");
    }

    /** Where the entries of a section have a string under a key, and which. */
    private static Map<String, String> strings(String pointer, JsonNode section, String key) {
        var strings = new LinkedHashMap<String, String>();
        for (var entry : section.properties()) {
            var string = entry.getValue().path(key);
            if (string.isString()) {
                strings.put(Pointer.child(Pointer.child(pointer, entry.getKey()), key), string.stringValue());
            }
        }
        return strings;
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

package pantheon.night.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import pantheon.night.config.Problems.Place;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The agent files of a folder, each valid against the schema of agents. */
public final class AgentFiles {
    private static final ConfigSchema SCHEMA = new ConfigSchema("/schema/config/agent.json");
    private static final String ENDING = ".yaml";

    private final Path folder;
    private final Problems problems = new Problems();
    private final Map<String, ObjectNode> agents = new LinkedHashMap<>();
    private final Map<String, Path> fileByName = new LinkedHashMap<>();

    private AgentFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads every {@code *.yaml} of a folder.
     *
     * @return agent's name → its file as JSON, in the order of the files' names
     * @throws pantheon.night.NightException with exit code 78 and all that is wrong with any of them
     */
    public static Map<String, ObjectNode> load(Path folder) {
        var files = new AgentFiles(folder);
        files.list().forEach(files::read);
        files.problems.throwIfAny();
        return files.agents;
    }

    private List<Path> list() {
        var found = new ArrayList<Path>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                var name = Objects.requireNonNull(file.getFileName()).toString();
                if (name.endsWith(ENDING) && !name.startsWith(".")) {
                    found.add(file);
                } else if (name.endsWith(".yml")) {
                    problems.add(
                            new Place(file.toString()), "the file is not read; expected a name that ends in .yaml.");
                }
            }
        } catch (IOException e) {
            problems.add(
                    new Place(folder.toString()),
                    "the agents' folder cannot be read: %s. Set agents to the folder of the agent files.".formatted(e));
            return List.of();
        }
        if (found.isEmpty()) {
            problems.add(
                    new Place(folder.toString()),
                    "no agent is here; expected one *.yaml or more. Set agents to the folder of the agent files.");
        }
        return found;
    }

    private void read(Path file) {
        var yaml = YamlFile.read(file, problems);
        if (!yaml.isWhole()) {
            return;
        }
        SCHEMA.check(yaml.json(), yaml::place, problems);
        checkInputFields(yaml);
        var name = yaml.json().path("name").asString("");
        var first = fileByName.putIfAbsent(name, file);
        if (first == null) {
            agents.put(name, yaml.json());
        } else {
            problems.add(
                    yaml.place("/name"),
                    "name is %s, which %s has already; expected one of its own. Rename one of the agents."
                            .formatted(Json.quote(name), first));
        }
    }

    /** A tool's argument that comes from the task's input must be there in every input. */
    private void checkInputFields(YamlFile yaml) {
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

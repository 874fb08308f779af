package pantheon.night.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import tools.jackson.databind.node.ObjectNode;

/** The agent files of a folder, each valid against the schema of agents. */
public final class AgentFiles {
    private static final ConfigSchema SCHEMA = new ConfigSchema("/schema/config/agent.json");

    private AgentFiles() {}

    /**
     * Reads every {@code *.yaml} of a folder.
     *
     * @return agent's name → its file as JSON, in the files' order
     * @throws NightException with exit code 78 and all that is wrong with any of them
     */
    public static Map<String, ObjectNode> load(Path folder) {
        var agents = new LinkedHashMap<String, ObjectNode>();
        var problems = new Problems();
        for (var file : files(folder)) {
            var yaml = YamlFile.read(file, problems);
            if (yaml.json().isEmpty()) {
                continue;
            }
            SCHEMA.check(yaml.json(), yaml::place, problems);
            var name = yaml.json().path("name").asString("");
            if (agents.put(name, yaml.json()) != null) {
                problems.add(
                        yaml.place("/name"), "another file has an agent \"%s\" already. Rename one.".formatted(name));
            }
        }
        problems.throwIfAny();
        return agents;
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "agents folder %s cannot be read: %s. Set agents to the folder of the agent files."
                            .formatted(folder, e),
                    e);
        }
    }
}

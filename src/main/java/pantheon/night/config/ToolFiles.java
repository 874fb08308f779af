package pantheon.night.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import pantheon.night.contract.Json;
import tools.jackson.databind.node.ObjectNode;

/** The command tools of a folder, each valid against the schema of tools. */
public final class ToolFiles {
    private static final ConfigSchema SCHEMA = new ConfigSchema("/schema/config/tool.json");

    /** {@code {name}} in an element of {@code run} stands for an argument. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private static final String END_OF_OPTIONS = "--";

    private ToolFiles() {}

    /**
     * Reads every {@code *.yaml} of a folder; there are none where it is absent.
     *
     * @return tool's name → its file as JSON, in the order of the files' names
     * @throws pantheon.night.NightException with exit code 78 and all that is wrong with any of them
     */
    public static Map<String, ObjectNode> load(Path folder) {
        return Files.exists(folder) ? new NamedFiles(folder, "tool", SCHEMA, ToolFiles::check).load() : Map.of();
    }

    private static void check(YamlFile yaml, Problems problems) {
        var arguments = yaml.json().path("arguments");
        var known = ConfigSchema.properties(arguments);
        var run = yaml.json().path("run");
        boolean optionsEnded = false;
        for (int i = 0; i < run.size(); i++) {
            var element = run.get(i).asString("");
            var place = yaml.place("/run/" + i);
            var matcher = PLACEHOLDER.matcher(element);
            while (matcher.find()) {
                var name = matcher.group(1);
                boolean isArray = arguments
                        .at("/properties/" + name + "/type")
                        .asString("")
                        .equals("array");
                if (!known.contains(name)) {
                    problems.add(place, unknown("run." + i, name, known));
                } else if (i == 0) {
                    problems.add(place, "run.0 is chosen by an argument; expected a fixed program. Write its name.");
                } else if (matcher.start() == 0 && !optionsEnded) {
                    problems.add(
                            place,
                            "run.%d begins with an argument, which could pass for an option; expected -- before it. Add it, or write --option={%s}."
                                    .formatted(i, name));
                } else if (isArray && matcher.group().length() != element.length()) {
                    problems.add(
                            place,
                            "run.%d has the array %s within a string; expected it to stand alone. Write {%s}."
                                    .formatted(i, name, name));
                }
            }
            optionsEnded |= element.equals(END_OF_OPTIONS);
        }
        var paths = yaml.json().path("paths");
        for (int i = 0; i < paths.size(); i++) {
            var name = paths.get(i).asString("");
            if (!known.contains(name)) {
                problems.add(yaml.place("/paths/" + i), unknown("paths." + i, name, known));
            }
        }
    }

    private static String unknown(String at, String name, List<String> known) {
        return "%s names %s; expected one of the arguments %s. %s"
                .formatted(at, Json.quote(name), known, Slip.suggestion(name, known, "Add it to arguments."));
    }
}

package pantheon.night.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import pantheon.night.contract.Json;
import pantheon.night.disk.ReadablePlace;
import tools.jackson.databind.JsonNode;
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
        var problems = new Problems();
        var files = read(folder, problems);
        problems.throwIfAny();
        return files;
    }

    static Map<String, ObjectNode> read(Path folder, Problems problems) {
        return Files.exists(folder)
                ? NamedFiles.json(new NamedFiles(folder, "tool", SCHEMA, ToolFiles::check, problems).read())
                : Map.of();
    }

    private static void check(YamlFile yaml, Problems problems) {
        var check = new Arguments(yaml, problems);
        check.checkRun();
        check.checkPaths();
        Texts.check(yaml, List.of("name", "description"), problems);
        Texts.checkSchema(yaml, "/arguments", problems);
        Texts.checkSchema(yaml, "/result", problems);
        checkReadable(yaml, problems);
    }

    private static void checkReadable(YamlFile yaml, Problems problems) {
        var readable = yaml.json().path("readable");
        for (int i = 0; i < readable.size(); i++) {
            var place = yaml.place("/readable/" + i);
            var path = readable.get(i).asString("");
            var name = "readable." + i;
            if (path.startsWith("/")) {
                new ReadablePlace(Path.of(path))
                        .problem()
                        .ifPresent(problem ->
                                problems.add(place, "%s is %s, %s".formatted(name, Json.quote(path), problem)));
            }
        }
    }

    /** The arguments of one tool, and what its file makes of them. */
    private static final class Arguments {
        private final YamlFile yaml;
        private final Problems problems;
        private final JsonNode schema;
        private final List<String> known;

        private Arguments(YamlFile yaml, Problems problems) {
            this.yaml = yaml;
            this.problems = problems;
            schema = yaml.json().path("arguments");
            known = ConfigSchema.properties(schema);
        }

        private void checkRun() {
            var run = yaml.json().path("run");
            boolean optionsEnded = false;
            for (int i = 0; i < run.size(); i++) {
                var place = yaml.place("/run/" + i);
                var element = run.get(i).asString("");
                var matcher = PLACEHOLDER.matcher(element);
                while (matcher.find()) {
                    wrong(i, element, matcher, optionsEnded).ifPresent(problem -> problems.add(place, problem));
                }
                optionsEnded |= element.equals(END_OF_OPTIONS);
            }
        }

        private Optional<String> wrong(int i, String element, MatchResult placeholder, boolean optionsEnded) {
            var name = placeholder.group(1);
            if (!known.contains(name)) {
                return Optional.of(unknown("run." + i, name));
            }
            if (i == 0) {
                return Optional.of("run.0 is chosen by an argument; expected a fixed program. Write its name.");
            }
            if (placeholder.start() == 0 && !optionsEnded) {
                return Optional.of(
                        "run.%d begins with an argument, which could pass for an option; expected -- before it. Add it, or write --option={%s}."
                                .formatted(i, name));
            }
            return isArray(name) && placeholder.group().length() != element.length()
                    ? Optional.of("run.%d has the array %s within a string; expected it to stand alone. Write {%s}."
                            .formatted(i, name, name))
                    : Optional.empty();
        }

        private boolean isArray(String name) {
            return schema.at("/properties/%s/type".formatted(name)).asString("").equals("array");
        }

        private void checkPaths() {
            var paths = yaml.json().path("paths");
            for (int i = 0; i < paths.size(); i++) {
                var name = paths.get(i).asString("");
                if (!known.contains(name)) {
                    problems.add(yaml.place("/paths/" + i), unknown("paths." + i, name));
                } else if (!Texts.isString(schema.path("properties").path(name))) {
                    problems.add(
                            yaml.place("/paths/" + i),
                            "paths.%d names %s, which is no string; expected an argument with type: string."
                                    .formatted(i, Json.quote(name)));
                }
            }
        }

        private String unknown(String at, String name) {
            return "%s names %s; expected one of the arguments %s. %s"
                    .formatted(at, Json.quote(name), known, Slip.suggestion(name, known, "Add it to arguments."));
        }
    }
}

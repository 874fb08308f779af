package pantheon.night.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import pantheon.night.IoReason;
import pantheon.night.config.Problems.Place;
import pantheon.night.contract.Json;
import tools.jackson.databind.node.ObjectNode;

/** The {@code *.yaml} files of a folder, or one file alone, each valid against one schema, each with a name of its own. */
final class NamedFiles {
    private static final String ENDING = ".yaml";

    private final Path folder;
    private final String kind;
    private final ConfigSchema schema;
    private final BiConsumer<YamlFile, Problems> more;
    private final Problems problems;
    private final Map<String, YamlFile> files = new LinkedHashMap<>();
    private final Map<String, Path> fileByName = new LinkedHashMap<>();

    /**
     * @param kind what each file describes, in the singular; its plural is the key of the folder
     * @param more adds what is wrong beyond the schema
     * @param problems takes what is wrong with any of them
     */
    NamedFiles(Path folder, String kind, ConfigSchema schema, BiConsumer<YamlFile, Problems> more, Problems problems) {
        this.folder = folder;
        this.kind = kind;
        this.schema = schema;
        this.more = more;
        this.problems = problems;
    }

    /** Name → file, in the order of the files' names; those with problems are among them where they could be read. */
    Map<String, YamlFile> read() {
        list().forEach(this::read);
        return files;
    }

    /** The same as JSON. */
    static Map<String, ObjectNode> json(Map<String, YamlFile> files) {
        var json = new LinkedHashMap<String, ObjectNode>();
        files.forEach((name, yaml) -> json.put(name, yaml.json()));
        return json;
    }

    private List<Path> list() {
        if (Files.isRegularFile(folder)) {
            return List.of(folder);
        }
        try (var entries = Files.list(folder)) {
            var found = entries.sorted().filter(this::isRead).toList();
            if (found.isEmpty()) {
                addProblem("no %s is here; expected one *.yaml or more.".formatted(kind));
            }
            return found;
        } catch (IOException e) {
            addProblem("the %ss' folder cannot be read: %s.".formatted(kind, IoReason.of(e, folder)));
            return List.of();
        }
    }

    private void addProblem(String what) {
        problems.add(
                new Place(folder.toString()), "%1$s Set %2$ss to the folder of the %2$s files.".formatted(what, kind));
    }

    private boolean isRead(Path file) {
        var name = Objects.requireNonNull(file.getFileName()).toString();
        if (name.endsWith(".yml")) {
            problems.add(new Place(file.toString()), "the file is not read; expected a name that ends in .yaml.");
        }
        return name.endsWith(ENDING) && !name.startsWith(".");
    }

    private void read(Path file) {
        var yaml = YamlFile.read(file, problems);
        if (!yaml.isWhole()) {
            return;
        }
        schema.check(yaml.json(), yaml::place, problems);
        more.accept(yaml, problems);
        add(yaml.json().path("name").asString(""), file, yaml);
    }

    private void add(String name, Path file, YamlFile yaml) {
        var first = fileByName.putIfAbsent(name, file);
        if (first == null) {
            files.put(name, yaml);
        } else {
            problems.add(
                    yaml.place("/name"),
                    "name is %s, which %s has already; expected one of its own. Rename one of the %ss."
                            .formatted(Json.quote(name), first, kind));
        }
    }
}

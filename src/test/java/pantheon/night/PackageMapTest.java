package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The map in the docs says of every package what its package-info says; {@code -Dgolden.update=true} draws it anew. */
final class PackageMapTest {
    private static final Path DOCS = Path.of("docs/architecture.md");
    private static final Path SOURCES = Path.of("src/main/java/pantheon/night");
    private static final String BEGIN = "<!-- packages: PackageMapTest draws this map -->\n";
    private static final String END = "<!-- /packages -->";
    private static final Pattern FIRST_SENTENCE = Pattern.compile("(?s)/\\*\\*(.*?\\.)(?=\\s)");

    private final Map<String, Integer> floors = new TreeMap<>();

    @Test
    void the_docs_map_every_package() throws IOException {
        var docs = Files.readString(DOCS);
        int begin = docs.indexOf(BEGIN) + BEGIN.length();
        int end = docs.indexOf(END);
        assertTrue(begin >= BEGIN.length() && begin <= end, "the docs have a place for the map");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCS, docs.substring(0, begin) + map() + docs.substring(end));
        } else {
            assertEquals(map(), docs.substring(begin, end));
        }
    }

    /** A table from the highest floor down to what everybody uses. */
    private String map() throws IOException {
        var lines = new ArrayList<>(List.of("| Floor | Package | What is there |", "|---|---|---|"));
        for (var floor : byFloor().descendingMap().entrySet()) {
            for (var name : floor.getValue()) {
                lines.add("| %d | `%s` | %s |".formatted(floor.getKey(), name, definition(name.replace('.', '/'))));
            }
        }
        lines.add("| | the root | %s |".formatted(definition("")));
        return String.join("\n", lines) + "\n";
    }

    private NavigableMap<Integer, Set<String>> byFloor() {
        var byFloor = new TreeMap<Integer, Set<String>>();
        ArchitectureTest.packages()
                .forEach(name -> byFloor.computeIfAbsent(floor(name), floor -> new TreeSet<>())
                        .add(name));
        return byFloor;
    }

    /** A package stands one floor above the highest that it may use; those that use none are on the ground. */
    private int floor(String name) {
        var known = floors.get(name);
        if (known != null) {
            return known;
        }
        int floor = ArchitectureTest.mayUse(name).stream()
                .mapToInt(used -> 1 + floor(used))
                .max()
                .orElse(0);
        floors.put(name, floor);
        return floor;
    }

    /** The first sentence of a package's javadoc, as Markdown. */
    private static String definition(String folder) throws IOException {
        var info = Files.readString(SOURCES.resolve(folder).resolve("package-info.java"));
        var sentence = FIRST_SENTENCE.matcher(info);
        assertTrue(sentence.find(), folder + " says what it is");
        return sentence.group(1)
                .replaceAll("\\s+(\\* )?", " ")
                .replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
                .strip();
    }
}

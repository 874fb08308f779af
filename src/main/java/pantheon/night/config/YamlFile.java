package pantheon.night.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML 1.2 file of our configuration as JSON, with the line on which each value stands.
 *
 * <p>What YAML allows and a configuration does not need is refused: duplicate keys, aliases, several documents.
 */
final class YamlFile {
    private final Path file;
    private final Problems problems;
    private final Map<String, Integer> lineByPointer = new HashMap<>();
    private ObjectNode json = Json.object();

    private YamlFile(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Reads a file; what is wrong with it is added to the problems, and its values are then left out. */
    static YamlFile read(Path file, Problems problems) {
        var yaml = new YamlFile(file, problems);
        var text = yaml.text();
        if (text != null) {
            yaml.compose(text);
        }
        return yaml;
    }

    ObjectNode json() {
        return json;
    }

    /** Where a value stands, {@code file:line}; for one that is not there, where the nearest one around it stands. */
    String place(String pointer) {
        var at = pointer;
        while (!lineByPointer.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return file + ":" + lineByPointer.getOrDefault(at, 1);
    }

    private @Nullable String text() {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            problems.add(file.toString(), "there is no such file. Name another with --config, or make it.");
        } catch (CharacterCodingException e) {
            problems.add(file.toString(), "this is no UTF-8 text. Write it in UTF-8.");
        } catch (IOException e) {
            var what = Files.isDirectory(file) ? "this is a directory; expected a file." : "it cannot be read: " + e;
            problems.add(file.toString(), what);
        }
        return null;
    }

    private void compose(String text) {
        var settings = LoadSettings.builder()
                .setUseMarks(true)
                .setSchema(new CoreSchema())
                .build();
        try {
            var documents = new Compose(settings).composeAllFromString(text).iterator();
            if (!documents.hasNext()) {
                problems.add(file + ":1", "the file is empty; expected keys and values.");
                return;
            }
            var root = documents.next();
            if (documents.hasNext()) {
                problems.add(file.toString(), "there is more than one YAML document; expected one.");
            }
            if (convert(root, "") instanceof ObjectNode object) {
                json = object;
            } else {
                problems.add(file + ":1", "expected keys and values.");
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            problems.add(
                    file + ":" + line,
                    "this is no YAML: " + String.valueOf(e.getProblem()).strip() + ".");
        } catch (YamlEngineException e) {
            problems.add(file.toString(), "this is no YAML: " + e.getMessage());
        }
    }

    private JsonNode convert(Node node, String pointer) {
        int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        lineByPointer.putIfAbsent(pointer, line);
        if (node.getAnchor().isPresent()) {
            problems.add(file + ":" + line, "anchors and aliases are not read here. Write the value out.");
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence -> {
                var array = Json.MAPPER.createArrayNode();
                for (var item : sequence.getValue()) {
                    array.add(convert(item, pointer + "/" + array.size()));
                }
                yield array;
            }
            case MappingNode mapping -> {
                var object = Json.object();
                mapping.getValue().forEach(tuple -> entry(tuple, object, pointer));
                yield object;
            }
            default -> Json.MAPPER.nullNode();
        };
    }

    private void entry(NodeTuple tuple, ObjectNode object, String pointer) {
        int line = tuple.getKeyNode().getStartMark().map(Mark::getLine).orElse(0) + 1;
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(file + ":" + line, "a key is no text.");
            return;
        }
        var name = key.getValue();
        if (object.has(name)) {
            problems.add(file + ":" + line, "key \"%s\" stands twice. Keep one.".formatted(name));
            return;
        }
        var at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
        lineByPointer.put(at, line);
        object.set(name, convert(tuple.getValueNode(), at));
    }

    private static JsonNode scalar(ScalarNode scalar) {
        var factory = Json.MAPPER.getNodeFactory();
        var text = scalar.getValue();
        return switch (scalar.getTag().getValue()) {
            case "tag:yaml.org,2002:null" -> factory.nullNode();
            case "tag:yaml.org,2002:bool" -> factory.booleanNode(text.equalsIgnoreCase("true"));
            case "tag:yaml.org,2002:int" -> integer(text);
            case "tag:yaml.org,2002:float" -> decimal(text);
            default -> factory.stringNode(text);
        };
    }

    private static JsonNode integer(String text) {
        var factory = Json.MAPPER.getNodeFactory();
        try {
            return factory.numberNode(
                    text.startsWith("0x")
                            ? Long.parseLong(text.substring(2), 16)
                            : text.startsWith("0o") ? Long.parseLong(text.substring(2), 8) : Long.parseLong(text));
        } catch (NumberFormatException e) {
            return factory.stringNode(text);
        }
    }

    private static JsonNode decimal(String text) {
        var factory = Json.MAPPER.getNodeFactory();
        try {
            return factory.numberNode(new java.math.BigDecimal(text));
        } catch (NumberFormatException e) {
            return factory.stringNode(text);
        }
    }
}

package pantheon.night.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import pantheon.night.IoReason;
import pantheon.night.config.Problems.Place;
import pantheon.night.contract.Json;
import pantheon.night.contract.WholeText;
import pantheon.night.contract.yaml.CoreScalar;
import pantheon.night.contract.yaml.YamlNesting;
import pantheon.night.disk.RegularFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML 1.2 file of our configuration as JSON, with the line on which each value stands.
 *
 * <p>What YAML allows and a configuration does not need is refused: duplicate keys, anchors and aliases (and with them
 * every way to make a small file large), tags, several documents. It is read from the parser's events, so that nothing
 * is built before it has been looked at.
 */
final class YamlFile {
    private static final int LARGEST_BYTES = 1 << 20;
    private static final int DEEPEST = 64;
    private static final Parse PARSE = new Parse(LoadSettings.builder().build());

    private final Path file;
    private final Problems problems;
    private final Map<String, Integer> lineByPointer = new HashMap<>();
    private ObjectNode json = Json.object();
    private boolean whole = true;

    private YamlFile(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Reads a file; what is wrong with it is added to the problems. */
    static YamlFile read(Path file, Problems problems) {
        var yaml = new YamlFile(file, problems);
        var text = yaml.text();
        if (text != null) {
            yaml.parse(text);
            WholeText.half(yaml.json)
                    .ifPresent(pointer -> problems.add(
                            yaml.place(pointer),
                            "%s has half a surrogate pair, which is no character; expected both halves."
                                    .formatted(pointer.isEmpty() ? "a key" : Pointer.dotted(pointer))));
        }
        return yaml;
    }

    /** The file's content, empty where it could not be read. */
    ObjectNode json() {
        return json;
    }

    /** Whether all of the file is in {@link #json()}, so that what is missing there is missing in the file. */
    boolean isWhole() {
        return whole;
    }

    /** Where a value stands; for one that is not there, where the nearest one around it stands. */
    Place place(String pointer) {
        var at = pointer;
        while (!lineByPointer.containsKey(at) && !at.isEmpty()) {
            at = Pointer.parent(at);
        }
        return place(lineByPointer.getOrDefault(at, 1));
    }

    private Place place(int line) {
        return new Place(file.toString(), line);
    }

    private void unreadable(int line, String what) {
        whole = false;
        problems.add(place(line), what);
    }

    private @Nullable String text() {
        try {
            if (Files.isDirectory(file)) {
                unreadable(0, "this is a directory; expected a YAML file. Name the file in it.");
            } else {
                return RegularFile.text(file, LARGEST_BYTES);
            }
        } catch (NoSuchFileException e) {
            unreadable(0, "there is no such file. Name another, or make it.");
        } catch (CharacterCodingException e) {
            unreadable(0, "this is no UTF-8 text. Write it in UTF-8.");
        } catch (IOException e) {
            unreadable(
                    0, "it cannot be read: %s. Check its kind, size and permissions.".formatted(IoReason.of(e, file)));
        }
        return null;
    }

    private void parse(String text) {
        int deep = YamlNesting.lineDeeperThan(DEEPEST, text);
        if (deep > 0) {
            unreadable(deep, tooDeep());
            return;
        }
        try {
            documents(PARSE.parseString(text).iterator());
        } catch (MarkedYamlEngineException e) {
            var problem = String.valueOf(e.getProblem()).strip();
            unreadable(
                    e.getProblemMark().map(Mark::getLine).orElse(0) + 1,
                    "this is no YAML: %s. Correct the line, or one before it.".formatted(problem));
        } catch (ReaderException e) {
            unreadable(
                    lineOf(text, e.getPosition()),
                    "the character U+%04X cannot stand in YAML. Remove it.".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            unreadable(0, "this is no YAML: %s. Correct it.".formatted(e.getMessage()));
        } catch (NumberFormatException e) { // the parser's own, where the digits behind an escape are not there
            unreadable(
                    (int) text.lines().count(),
                    "this is no YAML: the file ends in an escape such as \\x41 or \\u0041. Complete it, and close the quotes.");
        }
    }

    private static String tooDeep() {
        return "the value lies more than %d levels deep. Make it flatter.".formatted(DEEPEST);
    }

    private static int lineOf(String text, int position) {
        long before = text.codePoints().limit(position).filter(c -> c == '\n').count();
        return (int) before + 1;
    }

    private void documents(Iterator<Event> events) {
        int documents = 0;
        while (events.hasNext()) {
            var event = events.next();
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                unreadable(line(event), "a second YAML document begins here; expected one. Remove the line.");
                return;
            }
            if (event instanceof NodeEvent) {
                root(value(event, events, Pointer.ROOT, 0), line(event));
            }
        }
        if (documents == 0) {
            unreadable(1, "the file is empty; expected keys and values.");
        }
    }

    private void root(JsonNode value, int line) {
        if (value instanceof ObjectNode object) {
            json = object;
        } else if (whole) {
            unreadable(line, "this is no mapping; expected keys and values such as \"name: value\".");
        }
    }

    private JsonNode value(Event event, Iterator<Event> events, String pointer, int depth) {
        lineByPointer.putIfAbsent(pointer, line(event));
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            unreadable(line(event), "anchors and aliases are not read here. Write the value out.");
        }
        if (depth > DEEPEST) {
            unreadable(line(event), tooDeep());
            skip(event, events);
            return Json.MAPPER.nullNode();
        }
        refuseTag(event);
        return switch (event) {
            case ScalarEvent scalar -> CoreScalar.json(scalar);
            case SequenceStartEvent sequence -> sequence(events, pointer, depth);
            case MappingStartEvent mapping -> mapping(events, pointer, depth);
            case AliasEvent alias -> Json.MAPPER.nullNode();
            default -> throw new IllegalStateException("no value begins with " + event);
        };
    }

    private ArrayNode sequence(Iterator<Event> events, String pointer, int depth) {
        var array = Json.MAPPER.createArrayNode();
        for (var event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            array.add(value(event, events, Pointer.child(pointer, String.valueOf(array.size())), depth + 1));
        }
        return array;
    }

    private ObjectNode mapping(Iterator<Event> events, String pointer, int depth) {
        var object = Json.object();
        for (var event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            int line = line(event);
            var key = value(event, events, pointer, depth + 1);
            if (event instanceof ScalarEvent scalar) {
                entry(object, scalar.getValue(), line, events, pointer, depth);
            } else {
                unreadable(line, "the key is %s; expected a word.".formatted(Json.write(key)));
                value(events.next(), events, pointer, depth + 1);
            }
        }
        return object;
    }

    private void entry(ObjectNode object, String name, int line, Iterator<Event> events, String pointer, int depth) {
        var child = Pointer.child(pointer, name);
        boolean twice = object.has(name);
        if (twice) {
            problems.add(
                    place(line),
                    "%s stands here again, and first on line %s. Keep one."
                            .formatted(Pointer.dotted(child), lineByPointer.get(child)));
        } else {
            lineByPointer.putIfAbsent(child, line);
        }
        var value = value(events.next(), events, child, depth + 1);
        if (!twice) {
            object.set(name, value);
        }
    }

    private void refuseTag(Event event) {
        boolean tagged = (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
                || (event instanceof CollectionStartEvent collection
                        && collection.getTag().isPresent());
        if (tagged) {
            unreadable(line(event), "tags such as !!str are not read here. Write the value plainly, or in quotes.");
        }
    }

    /** Goes behind the value that has just begun. */
    private static void skip(Event begin, Iterator<Event> events) {
        int open = begin instanceof CollectionStartEvent ? 1 : 0;
        while (open > 0) {
            var event = events.next();
            if (event instanceof CollectionStartEvent) {
                open++;
            } else if (event instanceof CollectionEndEvent) {
                open--;
            }
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}

package pantheon.night.contract.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import pantheon.night.contract.Json;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of a YAML 1.2 stream, read from the parser's events. Aliases are written out, tags are passed over, a
 * key stands once in its mapping and is a scalar.
 */
final class YamlDocuments {
    /** Values of a text, those behind aliases counted as often as they are written out. */
    static final int MOST_VALUES = 200_000;

    private static final Parse PARSE = new Parse(LoadSettings.builder().build());

    private final int mostValues;
    private final Map<Anchor, JsonNode> anchors = new HashMap<>();
    private Map<String, Integer> lines = new HashMap<>();
    private int values;

    YamlDocuments(int mostValues) {
        this.mostValues = mostValues;
    }

    List<Data> read(String text) throws Data.Unreadable {
        int deep = YamlNesting.lineDeeperThan(Json.DEEPEST, text);
        if (deep > 0) {
            throw tooDeep(deep);
        }
        try {
            return documents(PARSE.parseString(text).iterator());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            throw new Data.Unreadable(line, "it is no YAML: " + oneLine(e.getProblem()));
        } catch (YamlEngineException
                | NumberFormatException e) { // the latter for digits of an escape that are not there
            throw new Data.Unreadable(0, "it is no YAML: " + oneLine(String.valueOf(e.getMessage())));
        }
    }

    private static Data.Unreadable tooDeep(int line) {
        return new Data.Unreadable(line, "it is nested more than %d levels deep".formatted(Json.DEEPEST));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private List<Data> documents(Iterator<Event> events) throws Data.Unreadable {
        var documents = new ArrayList<Data>();
        while (events.hasNext()) {
            var event = events.next();
            if (event instanceof NodeEvent) {
                lines = new HashMap<>();
                anchors.clear();
                documents.add(new Data(value(event, events, JsonPointer.empty(), 0), lines));
            }
        }
        return documents;
    }

    private JsonNode value(Event event, Iterator<Event> events, JsonPointer pointer, int depth) throws Data.Unreadable {
        lines.putIfAbsent(pointer.toString(), line(event));
        count(event instanceof AliasEvent ? 0 : 1);
        if (depth > Json.DEEPEST) {
            throw tooDeep(line(event));
        }
        var value = switch (event) {
            case ScalarEvent scalar -> CoreScalar.json(scalar);
            case SequenceStartEvent sequence -> sequence(events, pointer, depth);
            case MappingStartEvent mapping -> mapping(events, pointer, depth);
            case AliasEvent alias -> aliased(alias, depth);
            default -> throw new IllegalStateException("no value begins with " + event);
        };
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            node.getAnchor().ifPresent(anchor -> anchors.put(anchor, value));
        }
        return value;
    }

    private void count(int more) throws Data.Unreadable {
        values += more;
        if (values > mostValues) {
            throw new Data.Unreadable(0, "it has more than %d values".formatted(mostValues));
        }
    }

    /** An anchor is known once its value has ended, so nothing holds itself. */
    private JsonNode aliased(AliasEvent alias, int depth) throws Data.Unreadable {
        var value = alias.getAnchor().map(anchors::get).orElse(null);
        if (value == null) {
            throw new Data.Unreadable(line(alias), "an alias stands for no value before it");
        }
        written(value, depth);
        return value;
    }

    private void written(JsonNode value, int depth) throws Data.Unreadable {
        count(1);
        if (depth > Json.DEEPEST) {
            throw new Data.Unreadable(0, "its aliases nest more than %d levels deep".formatted(Json.DEEPEST));
        }
        for (var item : value) {
            written(item, depth + 1);
        }
    }

    private ArrayNode sequence(Iterator<Event> events, JsonPointer pointer, int depth) throws Data.Unreadable {
        var array = Json.MAPPER.createArrayNode();
        for (var event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            array.add(value(event, events, pointer.appendIndex(array.size()), depth + 1));
        }
        return array;
    }

    private ObjectNode mapping(Iterator<Event> events, JsonPointer pointer, int depth) throws Data.Unreadable {
        var object = Json.object();
        for (var event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            if (!(event instanceof ScalarEvent scalar)) {
                throw new Data.Unreadable(line(event), "a key is no scalar");
            }
            var key = scalar.getValue();
            if (object.has(key)) {
                throw new Data.Unreadable(line(event), "key %s stands twice".formatted(Json.quote(key)));
            }
            var at = pointer.appendProperty(key);
            lines.put(at.toString(), line(event));
            object.set(key, value(events.next(), events, at, depth + 1));
        }
        return object;
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}

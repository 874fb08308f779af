package pantheon.night.queue;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.agent.Agent;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Violation;
import pantheon.night.contract.WholeText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of a queue file, checked by itself: JSON, shape, agent known, input on the agent's schema.
 *
 * @param number from 1
 * @param id the task's, null where the line has not the shape of a task
 * @param key what the id is known by, null as it is
 * @param task null where there are problems
 */
record QueueLine(
        int number,
        @Nullable String id,
        IdPlaces.@Nullable Key key,
        @Nullable Task task,
        List<String> problems) {
    private static final Schema SHAPE = Schema.resource("/schema/queue/task.json");

    static QueueLine of(int number, String line, Map<String, Agent> agents) {
        if (line.length() > QueueReader.LONGEST_LINE_CHARS) {
            return shapeless(number, "the line is longer than " + QueueReader.LONGEST_LINE_CHARS + " characters");
        }
        JsonNode json;
        try {
            json = Json.parse(line);
        } catch (JacksonException e) {
            return shapeless(number, "the line is no JSON: " + Json.why(e));
        }
        if (Json.isTooDeep(json)) {
            return shapeless(number, "the line is nested deeper than " + Json.DEEPEST + " levels");
        }
        var half = WholeText.half(json);
        if (half.isPresent()) {
            return shapeless(number, half(half.get()));
        }
        try {
            return shaped(number, json, agents);
        } catch (StackOverflowError | OutOfMemoryError e) {
            return shapeless(number, "the line cannot be checked: " + Contained.why(e));
        }
    }

    private static QueueLine shaped(int number, JsonNode json, Map<String, Agent> agents) {
        var violations = SHAPE.check(json);
        return violations.isEmpty()
                ? known(number, (ObjectNode) json, agents)
                : new QueueLine(
                        number,
                        null,
                        null,
                        null,
                        violations.stream().map(Violation::toString).toList());
    }

    private static QueueLine known(int number, ObjectNode json, Map<String, Agent> agents) {
        var id = json.get("id").stringValue();
        var name = json.get("agent").stringValue();
        var input = (ObjectNode) json.get("input");
        var problems = problems(name, input, agents);
        try {
            var task = new Task(
                    id,
                    name,
                    input,
                    json.path("priority").asInt(0),
                    texts(json.path("labels")),
                    json.path("rejected").stringValue(null),
                    json.has("notBefore")
                            ? LocalDate.parse(json.get("notBefore").stringValue())
                            : null,
                    texts(json.path("after")));
            return new QueueLine(number, id, IdPlaces.Key.of(id), problems.isEmpty() ? task : null, problems);
        } catch (DateTimeParseException e) {
            var wrong = new ArrayList<>(problems);
            wrong.add("notBefore is \"%s\", which is no day of the calendar; expected one such as 2026-12-24"
                    .formatted(e.getParsedString()));
            return new QueueLine(number, id, IdPlaces.Key.of(id), null, wrong);
        }
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    private static List<String> problems(String name, ObjectNode input, Map<String, Agent> agents) {
        var agent = agents.get(name);
        return agent == null
                ? List.of(
                        "there is no agent \"%s\"; expected one of %s".formatted(name, new TreeSet<>(agents.keySet())))
                : agent.input().check(input).stream()
                        .map(violation -> "input " + violation)
                        .toList();
    }

    private static String half(String pointer) {
        return "%s has half a surrogate pair, which is no character; expected both halves, such as \\ud83d\\ude00"
                .formatted(pointer.isEmpty() ? "a key of the line" : pointer);
    }

    private static QueueLine shapeless(int number, String problem) {
        return new QueueLine(number, null, null, null, List.of(problem));
    }
}

package pantheon.night.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and validates queue files: JSONL, one task a line, empty lines skipped.
 *
 * <p>Each line is checked on its own: JSON, shape, agent known, input on the agent's schema, id unique over all the
 * files. Memory is constant but for the ids.
 */
public final class QueueReader {
    /** A longer line is refused unread; no frozen task needs one. */
    static final int LONGEST_LINE_CHARS = 1 << 20;

    private static final int MOST_PROBLEMS = 1000;
    private static final Schema SHAPE = Schema.resource("/schema/queue/task.json");

    private final Map<String, Agent> agents;
    private final Map<String, String> placeById = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long lines;
    private long untold;

    /** @param agents the configured agents by name */
    public QueueReader(Map<String, Agent> agents) {
        this.agents = Map.copyOf(agents);
    }

    /** What is wrong with the lines so far, each with its file and line; after the first thousand only how many more. */
    public List<String> problems() {
        if (untold == 0) {
            return List.copyOf(problems);
        }
        var all = new ArrayList<>(problems);
        all.add("and " + untold + " more problems");
        return all;
    }

    /** How many lines that were not empty have been read. */
    public long lines() {
        return lines;
    }

    /**
     * Reads one file and hands on each task whose line is right.
     *
     * @throws NightException with exit code 65 where the file cannot be read at all
     */
    public void read(Path file, Consumer<Task> tasks) {
        try (var reader = Files.newBufferedReader(file)) {
            String line;
            for (int number = 1; (line = line(reader)) != null; number++) {
                if (line.isBlank()) {
                    continue;
                }
                lines++;
                var place = file + ":" + number;
                var task = task(line, place);
                if (task != null) {
                    tasks.accept(task);
                }
            }
        } catch (MalformedInputException e) {
            throw new NightException(
                    ExitCode.DATA, "%s is not UTF-8 text. Write the queue file in UTF-8.".formatted(file), e);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.DATA, "%s cannot be read: %s. Check the path and its permissions.".formatted(file, e), e);
        }
    }

    /** The next line, cut at {@link #LONGEST_LINE_CHARS}, null at the end. */
    private static @Nullable String line(BufferedReader reader) throws IOException {
        var line = new StringBuilder();
        int c;
        while ((c = reader.read()) >= 0 && c != '\n') {
            if (line.length() <= LONGEST_LINE_CHARS) {
                line.append((char) c);
            }
        }
        return c < 0 && line.isEmpty() ? null : line.toString();
    }

    private @Nullable Task task(String line, String place) {
        if (line.length() > LONGEST_LINE_CHARS) {
            return broken(place, "the line is longer than " + LONGEST_LINE_CHARS + " characters");
        }
        JsonNode json;
        try {
            json = Json.parse(line);
        } catch (JacksonException e) {
            return broken(place, "the line is no JSON: " + e.getOriginalMessage());
        }
        if (Json.isTooDeep(json)) {
            return broken(place, "the line is nested deeper than " + Json.DEEPEST + " levels");
        }
        var violations = SHAPE.check(json);
        if (!violations.isEmpty()) {
            violations.forEach(violation -> broken(place, violation.toString()));
            return null;
        }
        return known((ObjectNode) json, place);
    }

    private @Nullable Task known(ObjectNode json, String place) {
        var id = json.get("id").stringValue();
        var first = placeById.putIfAbsent(id, place);
        if (first != null) {
            return broken(place, "id \"%s\" stands already at %s; ids are unique".formatted(id, first));
        }
        var name = json.get("agent").stringValue();
        var agent = agents.get(name);
        if (agent == null) {
            return broken(
                    place,
                    "there is no agent \"%s\"; expected one of %s".formatted(name, new TreeSet<>(agents.keySet())));
        }
        var input = (ObjectNode) json.get("input");
        var violations = agent.input().check(input);
        if (!violations.isEmpty()) {
            violations.forEach(violation -> broken(place, "input " + violation));
            return null;
        }
        return new Task(
                id,
                name,
                input,
                json.path("priority").asInt(0),
                json.path("labels").valueStream().map(JsonNode::stringValue).toList());
    }

    private @Nullable Task broken(String place, String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(place + ": " + problem);
        } else {
            untold++;
        }
        return null;
    }
}

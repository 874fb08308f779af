package pantheon.night.queue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import pantheon.night.ExitCode;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.contract.Json;

/**
 * Adds lines to a queue that do tasks again which have ended. An id is unique for good, so each gets a new one: the old
 * one with how many times it was.
 *
 * @param agents the configured agents by name
 * @param known whether a night knows a task of an id
 */
public record Requeuing(Map<String, Agent> agents, Predicate<String> known) {
    public Requeuing {
        agents = KeptOrder.map(agents);
    }

    /**
     * Adds a line for each task, all of them or none.
     *
     * @param tasks as they were, with the priority that they shall have
     * @return old id → new id
     * @throws NightException with exit code 65 where one would be no queue line any more, 73 where they cannot be written
     */
    public Map<String, String> to(Enqueuing.Place place, List<Task> tasks) {
        place.requireRead();
        var file = new QueueFile(place.target());
        return place.whileLocked(file, () -> add(place, file, tasks));
    }

    private Map<String, String> add(Enqueuing.Place place, QueueFile file, List<Task> tasks) {
        var reader = new QueueReader(agents);
        var taken = new HashSet<String>();
        place.all(file).forEach(of -> reader.read(of, task -> taken.add(task.id())));
        var ids = new LinkedHashMap<String, String>();
        var lines = new ArrayList<String>();
        for (var task : tasks) {
            var id = AgainId.after(task.id(), next -> taken.contains(next) || known.test(next));
            taken.add(id);
            ids.put(task.id(), id);
            lines.add(checked(line(id, task), task, reader));
        }
        if (!lines.isEmpty()) {
            file.add(lines);
        }
        return ids;
    }

    private static String line(String id, Task task) {
        var json = Json.object().put("id", id).put("agent", task.agent());
        json.set("input", task.input());
        if (task.priority() != 0) {
            json.put("priority", task.priority());
        }
        if (!task.labels().isEmpty()) {
            task.labels().forEach(json.putArray("labels")::add);
        }
        if (task.rejected() != null) {
            json.put("rejected", task.rejected());
        }
        return Json.write(json);
    }

    private static String checked(String line, Task task, QueueReader reader) {
        var problems = reader.problems(line);
        if (!problems.isEmpty()) {
            throw new NightException(
                    ExitCode.DATA,
                    "task %s cannot be queued again: %s. Nothing was added.".formatted(task.id(), problems.getFirst()));
        }
        return line;
    }
}

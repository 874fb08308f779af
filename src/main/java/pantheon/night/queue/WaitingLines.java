package pantheon.night.queue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import pantheon.night.contract.Json;
import tools.jackson.databind.node.ObjectNode;

/** The lines that a queue has, as far as it matters to who adds some: which ids are taken, and which work waits. */
public final class WaitingLines {
    private record Work(String agent, String input) {}

    private final Set<String> ids = new HashSet<>();
    private final Set<Work> works = new HashSet<>();

    private WaitingLines() {}

    /**
     * Reads queue files; lines that are broken wait for nobody.
     *
     * @param ended whether the task of an id has ended, so that its line is none that waits
     * @throws pantheon.night.NightException with exit code 65 where a file cannot be read
     */
    public static WaitingLines of(List<Path> files, QueueReader reader, Predicate<String> ended) {
        var lines = new WaitingLines();
        files.forEach(file -> reader.read(file, task -> {
            lines.ids.add(task.id());
            if (!ended.test(task.id())) {
                lines.works.add(new Work(task.agent(), Json.write(task.input())));
            }
        }));
        return lines;
    }

    /** Whether a line waits that has an agent do the same, whatever its id. */
    public boolean has(String agent, ObjectNode input) {
        return works.contains(new Work(agent, Json.write(input)));
    }

    boolean isTaken(String id) {
        return ids.contains(id);
    }
}

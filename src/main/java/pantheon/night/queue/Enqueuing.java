package pantheon.night.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.contract.Json;
import pantheon.night.disk.WriterLock;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.glob.Glob;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to a queue a line for each file of a workspace that matches, is not queued, and was not done as it is now.
 *
 * <p>A path is queued where a line that waits has the agent and the path, whatever its id; it was done where the last
 * attempt at it ended, was of the agent's version and had the same content, as {@link Changes} tells. Lines are checked as
 * the reader of queues checks them before any is written, so what is added is never what stops a night.
 */
public final class Enqueuing {
    private static final String SUFFIX = ".jsonl";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * What is wanted.
     *
     * @param agent a configured agent's name
     * @param priority of each line
     * @param labels of each line
     * @param notBefore the day on which the first night begins that does them; null for any
     * @param after the tasks whose work each builds on
     * @param again whether files are wanted too that were done as they are now
     */
    public record Wanted(
            String agent,
            int priority,
            List<String> labels,
            @Nullable LocalDate notBefore,
            List<String> after,
            List<Glob> globs,
            boolean again) {
        public Wanted {
            labels = List.copyOf(labels);
            after = List.copyOf(after);
            globs = List.copyOf(globs);
        }
    }

    /**
     * Where lines go, and what is queued and done there.
     *
     * @param queue the configured queue, a file or a folder
     * @param files the files of it that are there
     * @param target the file that lines are added to, of the queue or another
     * @param log the folder of the journals
     */
    public record Place(Path queue, Supplier<List<Path>> files, Path target, Path log) {
        private Path queueFolder() {
            var file = queue.toAbsolutePath();
            return Files.isDirectory(file) || !file.equals(target.toAbsolutePath())
                    ? file
                    : Objects.requireNonNull(file.getParent());
        }

        /** Does something while nobody else adds to the queue, or to the file. */
        <T> T whileLocked(QueueFile file, Supplier<T> action) {
            return inQueue(() -> inFile(file, action));
        }

        private <T> T inQueue(Supplier<T> action) {
            var folder = queueFolder();
            return isIn(target, folder) || (Files.isDirectory(folder) && Files.isWritable(folder))
                    ? new WriterLock(folder.resolve(".enqueue.lock"), PATIENCE).whileHeld(action)
                    : action.get();
        }

        /** A file of the queue has the queue's lock; any other has one of its own. */
        private <T> T inFile(QueueFile file, Supplier<T> action) {
            if (isIn(target, queueFolder())) {
                return action.get();
            }
            var lock =
                    file.path().resolveSibling(".%s.lock".formatted(file.path().getFileName()));
            return new WriterLock(lock, PATIENCE).whileHeld(action);
        }

        private static boolean isIn(Path file, Path folder) {
            return folder.equals(file.toAbsolutePath().normalize().getParent())
                    || folder.equals(file.toAbsolutePath().getParent());
        }

        /** The files of the queue, and the one that lines are added to. */
        List<Path> all(QueueFile file) {
            var all = new ArrayList<>(Files.exists(queue) ? files.get() : List.<Path>of());
            if (Files.exists(file.path()) && all.stream().noneMatch(of -> isSame(of, file.path()))) {
                all.add(file.path());
            }
            return all;
        }

        private static boolean isSame(Path one, Path other) {
            try {
                return Files.isSameFile(one, other);
            } catch (IOException e) {
                return false; // one that is gone is not the same
            }
        }

        /** A line in the queue's folder that no night reads would be work that nobody does. */
        void requireRead() {
            var folder = queue.toAbsolutePath().normalize();
            var file = target.toAbsolutePath().normalize();
            boolean isBelow = file.startsWith(folder) && !file.equals(folder);
            if (isBelow && !(folder.equals(file.getParent()) && file.toString().endsWith(SUFFIX))) {
                throw new NightException(
                        ExitCode.USAGE,
                        "no night reads %s: of the queue %s it reads the *.jsonl at its top. Name such a file with --to, or one elsewhere."
                                .formatted(target, queue));
            }
        }
    }

    /**
     * What became of it.
     *
     * @param added how many lines were added
     * @param queued how many files that match were queued already
     * @param done how many were done, by this version of the agent, and have not changed since
     * @param unmatched the patterns that match nothing
     * @param leftOut what matches and no task can work on: names that cannot be used, links, submodules
     */
    public record Added(int added, int queued, int done, List<Glob> unmatched, List<String> leftOut) {
        public Added {
            unmatched = List.copyOf(unmatched);
            leftOut = List.copyOf(leftOut);
        }
    }

    private final Map<String, Agent> agents;
    private final Workspace workspace;
    private final Wanted wanted;

    /**
     * @param agents the configured agents by name
     * @throws NightException with exit code 64 where a priority or a label is none that a queue takes
     */
    public Enqueuing(Map<String, Agent> agents, Workspace workspace, Wanted wanted) {
        this.agents = KeptOrder.map(agents);
        this.workspace = workspace;
        this.wanted = wanted;
        var probe = QueueLine.of(1, line("probe", Json.object()), this.agents);
        if (probe.id() == null) {
            throw new NightException(
                    ExitCode.USAGE,
                    "such lines would be no queue lines: %s. Nothing was added; correct --priority, --label or --after."
                            .formatted(probe.problems().getFirst()));
        }
    }

    /**
     * Adds the lines, all of them or none.
     *
     * @throws NightException with exit code 64 where the agent does not take a path as its input, 65 where the queue or a
     *     journal cannot be read, 73 where the lines cannot be written
     */
    public Added to(Place place) {
        place.requireRead();
        var file = new QueueFile(place.target());
        return place.whileLocked(file, () -> add(place, file));
    }

    private Added add(Place place, QueueFile file) {
        var reader = new QueueReader(agents);
        var paths = workspace.paths();
        var before = new DoneBefore(place.log(), agent(), workspace, paths);
        var lines = WaitingLines.of(place.all(file), reader, before::hasEnded);
        var matched = paths.stream().filter(this::matches).toList();
        var free = matched.stream()
                .filter(path -> !lines.has(wanted.agent(), input(path)))
                .toList();
        var fresh = free.stream()
                .filter(path -> wanted.again() || !before.isDone(path, input(path)))
                .toList();
        if (!fresh.isEmpty()) {
            file.add(fresh.stream()
                    .map(path -> checked(path, before.nextId(path, input(path), lines), reader))
                    .toList());
        }
        return new Added(
                fresh.size(), matched.size() - free.size(), free.size() - fresh.size(), unmatched(paths), leftOut());
    }

    private Agent agent() {
        return Objects.requireNonNull(agents.get(wanted.agent()), "an agent that is not configured is told before");
    }

    private boolean matches(String path) {
        return wanted.globs().stream().anyMatch(glob -> glob.matches(path));
    }

    private List<Glob> unmatched(List<String> paths) {
        return wanted.globs().stream()
                .filter(glob -> paths.stream().noneMatch(glob::matches))
                .toList();
    }

    private List<String> leftOut() {
        return workspace.unusable().stream().filter(this::matches).toList();
    }

    private String checked(String path, String id, QueueReader reader) {
        var line = line(id, input(path));
        var problems = reader.problems(line);
        if (!problems.isEmpty()) {
            throw new NightException(
                    ExitCode.USAGE,
                    "the line for %s would be no queue line of agent %s: %s. Nothing was added; write its queue lines by another way."
                            .formatted(Json.quote(path), wanted.agent(), problems.getFirst()));
        }
        return line;
    }

    private static ObjectNode input(String path) {
        return Json.object().put("path", path);
    }

    private String line(String id, ObjectNode input) {
        var json = Json.object().put("id", id).put("agent", wanted.agent());
        json.set("input", input);
        if (wanted.priority() != 0) {
            json.put("priority", wanted.priority());
        }
        if (wanted.notBefore() != null) {
            json.put("notBefore", wanted.notBefore().toString());
        }
        if (!wanted.after().isEmpty()) {
            wanted.after().forEach(json.putArray("after")::add);
        }
        if (!wanted.labels().isEmpty()) {
            wanted.labels().forEach(json.putArray("labels")::add);
        }
        return Json.write(json);
    }
}

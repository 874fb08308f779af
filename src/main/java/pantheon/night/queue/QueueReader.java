package pantheon.night.queue;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import pantheon.night.ExitCode;
import pantheon.night.InOrder;
import pantheon.night.IoReason;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.past.History;

/**
 * Reads and validates queue files: JSONL, one task a line, empty lines skipped.
 *
 * <p>Lines are checked side by side, each by itself; then, in order, that ids are unique over all the files. Memory is
 * constant but for the ids' hashes.
 */
public final class QueueReader {
    /** A longer line is refused unread; no frozen task needs one. */
    static final int LONGEST_LINE_CHARS = 1 << 20;

    /** A larger file is refused unread; a million tasks take a tenth of it. */
    static final long LARGEST_FILE_BYTES = 1L << 30;

    private static final int MOST_PROBLEMS = 1000;
    /** A place is a file's number, from 1, and below it a line's. */
    private static final int FILE_SHIFT = 32;
    /** The place of a line that is to be added. */
    private static final long ADDED = -1;

    private final Map<String, Agent> agents;
    private final Function<Task, Optional<String>> more;
    private final List<Path> files = new ArrayList<>();
    private final IdPlaces places = new IdPlaces();
    private final List<String> problems = new ArrayList<>();
    /** The tasks that name others, and where they stand. */
    private final Map<Task, Long> dependents = new LinkedHashMap<>();

    private long lines;
    private long untold;

    /** @param agents the configured agents by name */
    public QueueReader(Map<String, Agent> agents) {
        this(agents, task -> Optional.empty());
    }

    /** @param more what is wrong with a task whose line is right by itself; empty where nothing is */
    public QueueReader(Map<String, Agent> agents, Function<Task, Optional<String>> more) {
        this.agents = KeptOrder.map(agents);
        this.more = more;
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

    /** The tasks of one file; none where it cannot be read to its end, which then is a problem like any other. */
    public List<Task> tasks(Path file) {
        var tasks = new ArrayList<Task>();
        try {
            read(file, tasks::add);
            return tasks;
        } catch (NightException e) {
            problems.add(e.getMessage());
            return List.of();
        }
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
        files.add(file);
        try (var text = new QueueLines(file, LONGEST_LINE_CHARS + 1, LARGEST_FILE_BYTES);
                var inOrder = new InOrder<Numbered, QueueLine>(
                        line -> QueueLine.of(line.number(), line.text(), agents), line -> take(line, tasks))) {
            String line;
            for (int number = 1; (line = text.next()) != null; number++) {
                if (!line.isBlank()) {
                    lines++;
                    inOrder.add(new Numbered(number, line), line.length());
                }
            }
        } catch (MalformedInputException e) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s is %s. Write the queue file in UTF-8."
                            .formatted(file, QueueLines.isUtf16(file) ? "UTF-16 text" : "not UTF-8 text"),
                    e);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s cannot be read: %s. Check the path, its kind and its permissions."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    /** What would be wrong with one more line, which is remembered as if it stood behind the others. */
    List<String> problems(String line) {
        var read = QueueLine.of(1, line, agents);
        long first = read.key() == null ? 0 : places.putIfAbsent(read.key(), ADDED);
        return first == 0
                ? read.problems()
                : List.of("id \"%s\" stands already at %s; ids are unique"
                        .formatted(read.id(), first == ADDED ? "another new line" : name(first)));
    }

    private record Numbered(int number, String text) {}

    private void take(QueueLine line, Consumer<Task> tasks) {
        long place = (long) files.size() << FILE_SHIFT | line.number();
        long first = line.key() == null ? 0 : places.putIfAbsent(line.key(), place);
        if (first != 0) {
            tell(place, "id \"%s\" stands already at %s; ids are unique".formatted(line.id(), name(first)));
            return;
        }
        line.problems().forEach(problem -> tell(place, problem));
        var task = line.task();
        if (task != null) {
            more.apply(task).ifPresentOrElse(problem -> tell(place, problem), () -> taken(task, place, tasks));
        }
    }

    private void taken(Task task, long place, Consumer<Task> tasks) {
        if (task.isDependent()) {
            dependents.put(task, place);
        }
        tasks.accept(task);
    }

    /** Whether a line so far has an id. */
    public boolean has(String id) {
        return places.has(IdPlaces.Key.of(id));
    }

    /** The tasks so far that build on others; all lines of the queue have been read. */
    public Dependencies dependencies() {
        return new Dependencies(List.copyOf(dependents.keySet()), this::has);
    }

    /**
     * Tells what is wrong with what tasks build on, which is known once all lines have been read; gives of how many tasks
     * something is.
     *
     * @param elsewhere whether a line of the queue that was not read has an id
     * @param history asked where a task builds on another
     */
    public int judge(Predicate<String> elsewhere, Supplier<History> history) {
        if (dependents.isEmpty()) {
            return 0;
        }
        var queued = elsewhere.or(this::has);
        var wrong = new Dependencies(List.copyOf(dependents.keySet()), queued).problems(history.get());
        wrong.forEach((task, problem) -> tell(Objects.requireNonNull(dependents.get(task)), problem));
        return wrong.size();
    }

    private void tell(long place, String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(name(place) + ": " + problem);
        } else {
            untold++;
        }
    }

    /** A file and a line, of the place that stands for them. */
    private String name(long place) {
        return files.get((int) (place >>> FILE_SHIFT) - 1) + ":" + (int) place;
    }
}

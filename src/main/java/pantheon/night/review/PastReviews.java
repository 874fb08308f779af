package pantheon.night.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;

/**
 * What reviewers said of the tasks of the newest nights, whoever reviewed them.
 *
 * @param agreement of any two reviewers of a task, all pairs taken together
 * @param broken what is wrong with the reviews that are not on schema
 */
public record PastReviews(Agreement agreement, List<String> broken) {
    /** Nights are looked at, the newest first, until so many tasks were. */
    private static final int MOST_TASKS = 2000;

    public PastReviews {
        broken = List.copyOf(broken);
    }

    /**
     * Reads the reviews of nights.
     *
     * @param artifacts the folder of artifacts, one folder a night and in it one a task
     * @param runs the nights, oldest first
     * @param decided what people decided, by night and task
     * @throws NightException with exit code 74 where a folder cannot be read
     */
    public static PastReviews of(Path artifacts, List<String> runs, Map<String, Review> decided) {
        var reviews = Reviews.of(texts(artifacts, runs), decided);
        var all = reviews.pairs().values().stream().reduce(new Agreement(0, 0, 0, 0), PastReviews::together);
        return new PastReviews(all, reviews.broken());
    }

    private static Map<String, String> texts(Path artifacts, List<String> runs) {
        var texts = new LinkedHashMap<String, String>();
        int tasks = 0;
        try {
            for (var run : runs.reversed()) {
                var night = artifacts.resolve(run);
                if (tasks < MOST_TASKS && Files.isDirectory(night)) {
                    tasks += read(night, run, texts);
                }
            }
            return texts;
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "%s cannot be read: %s. Check its permissions.".formatted(artifacts, IoReason.of(e, artifacts)),
                    e);
        }
    }

    private static int read(Path night, String run, Map<String, String> texts) throws IOException {
        try (var folders = Files.list(night)) {
            var tasks = folders.sorted().toList();
            for (var task : tasks) {
                Review.text(task).ifPresent(text -> texts.put(run + "/" + task.getFileName(), text));
            }
            return tasks.size();
        }
    }

    private static Agreement together(Agreement one, Agreement other) {
        return new Agreement(
                one.bothAccept() + other.bothAccept(),
                one.firstOnly() + other.firstOnly(),
                one.secondOnly() + other.secondOnly(),
                one.neither() + other.neither());
    }
}

package pantheon.night.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What reviewers said of a night's tasks, from the artifacts {@code review.json}.
 *
 * @param pairs the agreement of each two reviewers, by their names
 * @param tasks how many tasks have a review
 * @param broken what is wrong with those that are not on schema
 */
public record Reviews(Map<String, Agreement> pairs, int tasks, List<String> broken) {
    public Reviews {
        broken = List.copyOf(broken);
    }

    /**
     * Counts what reviews say, and what people decided in the morning.
     *
     * @param texts the content of {@value Review#FILE} by the task's name
     * @param decided by the task's name
     */
    public static Reviews of(Map<String, String> texts, Map<String, Review> decided) {
        var votes = new TreeMap<String, int[]>();
        var broken = new ArrayList<String>();
        int reviewed = 0;
        var tasks = new TreeSet<>(texts.keySet());
        tasks.addAll(decided.keySet());
        for (var task : tasks) {
            try {
                count(together(texts.get(task), decided.getOrDefault(task, Review.none())), votes);
                reviewed++;
            } catch (Review.Unreadable e) {
                broken.add("%s/%s: %s".formatted(task, Review.FILE, e.getMessage()));
            }
        }
        return new Reviews(pairs(votes), reviewed, broken);
    }

    private static Review together(@Nullable String text, Review decided) throws Review.Unreadable {
        var written = text == null ? Review.none() : Review.parse(text);
        for (var word : decided.accepts().entrySet()) {
            written = written.with(word.getKey(), word.getValue(), "rejected");
        }
        return written;
    }

    private static Map<String, Agreement> pairs(Map<String, int[]> votes) {
        var pairs = new TreeMap<String, Agreement>();
        votes.forEach((pair, vote) -> pairs.put(pair, new Agreement(vote[0], vote[1], vote[2], vote[3])));
        return pairs;
    }

    private static void count(Review review, Map<String, int[]> votes) {
        var said = new TreeMap<>(review.accepts());
        said.forEach((first, yes) -> said.tailMap(first, false).forEach((second, too) -> {
            var vote = votes.computeIfAbsent(first + " and " + second, pair -> new int[4]);
            vote[(yes ? 0 : 2) + (too ? 0 : 1)]++;
        }));
    }
}

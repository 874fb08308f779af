package pantheon.night.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What reviewers said of a night's tasks, from the artifacts {@code review.json}.
 *
 * @param pairs the agreement of each two reviewers, by their names
 * @param tasks how many tasks have a review
 * @param broken what is wrong with those that are not on schema
 */
record Reviews(Map<String, Agreement> pairs, int tasks, List<String> broken) {
    static final String FILE = "review.json";
    static final Schema SCHEMA = Schema.resource("/schema/artifact/review.json");

    Reviews {
        broken = List.copyOf(broken);
    }

    static Reviews of(NightRecord night, Places places) {
        var texts = new LinkedHashMap<String, String>();
        for (var task : night.tasks()) {
            new TaskArtifacts(places, task.id()).text(FILE).ifPresent(text -> texts.put(task.id(), text));
        }
        return of(texts);
    }

    /** @param texts the content of {@value #FILE} by the task's name */
    static Reviews of(Map<String, String> texts) {
        var votes = new TreeMap<String, int[]>();
        var broken = new ArrayList<String>();
        int reviewed = 0;
        for (var task : texts.entrySet()) {
            try {
                var review = Json.parse(task.getValue());
                var wrong = SCHEMA.check(review);
                if (wrong.isEmpty()) {
                    reviewed++;
                    count(review, votes);
                } else {
                    broken.add("%s/%s: %s".formatted(task.getKey(), FILE, wrong.getFirst()));
                }
            } catch (JacksonException e) {
                broken.add("%s/%s: it is no JSON: %s".formatted(task.getKey(), FILE, e.getOriginalMessage()));
            }
        }
        var pairs = new TreeMap<String, Agreement>();
        votes.forEach((pair, vote) -> pairs.put(pair, new Agreement(vote[0], vote[1], vote[2], vote[3])));
        return new Reviews(pairs, reviewed, broken);
    }

    private static void count(JsonNode review, Map<String, int[]> votes) {
        var said = new TreeMap<String, Boolean>();
        review.get("reviews")
                .forEach(one -> said.put(
                        one.get("reviewer").stringValue(), one.get("accepts").booleanValue()));
        said.forEach((first, yes) -> said.tailMap(first, false).forEach((second, too) -> {
            var vote = votes.computeIfAbsent(first + " and " + second, pair -> new int[4]);
            vote[(yes ? 0 : 2) + (too ? 0 : 1)]++;
        }));
    }
}

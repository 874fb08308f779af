package pantheon.night.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PastReviewsTest {
    @TempDir
    private Path artifacts = Path.of("");

    private void review(String run, String task, String text) throws IOException {
        var folder = Files.createDirectories(artifacts.resolve(run).resolve(task));
        Files.writeString(folder.resolve("review.json"), text);
    }

    private static String said(String first, boolean accepts, String second, boolean acceptsToo) {
        return "{\"reviews\": [{\"reviewer\": \"%s\", \"accepts\": %s}, {\"reviewer\": \"%s\", \"accepts\": %s}]}"
                .formatted(first, accepts, second, acceptsToo);
    }

    @Test
    void reviews_of_all_nights_and_all_pairs_are_counted_together() throws IOException {
        review("1", "a", said("x", true, "y", true));
        review("2", "a", said("x", true, "y", false));
        review("2", "b", said("z", false, "x", false));
        review("of no night", "a", said("x", true, "y", true));
        assertEquals(
                new PastReviews(new Agreement(1, 1, 0, 1), List.of()),
                PastReviews.of(artifacts, List.of("1", "2", "without artifacts"), Map.of()));
    }

    @Test
    void what_a_person_decided_in_the_morning_is_a_review_as_well() throws IOException {
        review("1", "a", "{\"reviews\": [{\"reviewer\": \"x\", \"accepts\": true}]}");
        var decided = Map.of(
                "1/a", Review.none().with("ann", false, "The title lost its accent."),
                "1/b", Review.none().with("ann", true, ""));
        assertEquals(
                new PastReviews(new Agreement(0, 0, 1, 0), List.of()),
                PastReviews.of(artifacts, List.of("1"), decided));
    }

    @Test
    void a_review_that_is_not_on_schema_is_told_and_left_out() throws IOException {
        review("1", "a", "{}");
        review("1", "b", "no JSON");
        review("1", "c", said("x", true, "y", false));
        var reviews = PastReviews.of(artifacts, List.of("1"), Map.of());
        assertEquals(new Agreement(0, 1, 0, 0), reviews.agreement());
        assertEquals(2, reviews.broken().size(), reviews.broken().toString());
        assertTrue(
                reviews.broken().getFirst().startsWith("1/a/review.json: "),
                reviews.broken().toString());
    }

    @Test
    void without_reviews_nothing_agrees() {
        assertEquals(
                Agreement.State.UNDEFINED,
                PastReviews.of(artifacts, List.of("1"), Map.of()).agreement().state());
    }
}

package pantheon.night.sizing.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import pantheon.night.review.Agreement;

final class TwoReviewersTest {
    private static final Agreement SEEN = new Agreement(20, 5, 10, 15);
    private static final Agreement NONE = new Agreement(0, 0, 0, 0);

    @Test
    void what_the_user_says_goes_before_what_was_seen() {
        assertEquals(0.7, TwoReviewers.of(0.7, SEEN).kappa());
        assertEquals(0.4, TwoReviewers.of(null, SEEN).kappa(), 1e-12);
        assertInstanceOf(TwoReviewers.Assumed.class, TwoReviewers.of(null, NONE));
    }

    @Test
    void reviewers_who_always_said_the_same_tell_no_agreement() {
        assertInstanceOf(TwoReviewers.Assumed.class, TwoReviewers.of(null, new Agreement(30, 0, 0, 0)));
    }

    @Test
    void agreement_that_was_seen_comes_with_its_interval_and_its_alarm() {
        assertEquals(
                "κ 0.40 (0.15 to 0.65), of 50 tasks that two reviewed, HALT MERGES: below 0.4",
                TwoReviewers.of(null, SEEN).words());
    }
}

package pantheon.night.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.report.record.Wilson;
import pantheon.night.review.Agreement;

/** Bands of shares, and the agreement of reviewers, on published figures. */
final class StatisticsTest {
    @ParameterizedTest
    @CsvSource({"81, 263, .2553, .3662", "15, 148, .0624, .1605", "0, 20, 0, .1611", "20, 20, .8389, 1"})
    void wilson_bands_are_those_published(int successes, int trials, double low, double high) {
        var band = Wilson.of(successes, trials);
        assertEquals(low, band.low(), 5e-5);
        assertEquals(high, band.high(), 5e-5);
    }

    @Test
    void no_trial_tells_nothing() {
        var band = Wilson.of(0, 0);
        assertEquals(0, band.low());
        assertEquals(1, band.high());
        assertTrue(Double.isNaN(band.share()));
    }

    @Test
    void kappa_has_the_error_of_fleiss_cohen_and_everitt() {
        var agreement = new Agreement(20, 5, 10, 15);
        assertEquals(.400, agreement.kappa(), 5e-4);
        assertEquals(.127, agreement.standardError(), 5e-4);
        assertEquals(.151, agreement.low(), 1e-3);
        assertEquals(.649, agreement.high(), 1e-3);
        assertEquals(Agreement.State.HALT, agreement.state(), "judged by the lower end");
    }

    @Test
    void much_the_same_word_can_be_no_agreement() {
        var agreement = new Agreement(118, 5, 2, 0);
        assertEquals(-.02, agreement.kappa(), 5e-3);
        assertEquals(Agreement.State.HALT, agreement.state());
    }

    @ParameterizedTest
    @CsvSource({
        "50, 0, 0, 50, GOOD",
        "80, 5, 5, 60, GOOD",
        "60, 10, 12, 60, ALERT",
        "20, 20, 20, 20, HALT",
        "9, 0, 0, 0, UNDEFINED"
    })
    void agreement_has_a_state(int both, int first, int second, int neither, Agreement.State state) {
        assertEquals(state, new Agreement(both, first, second, neither).state());
    }
}

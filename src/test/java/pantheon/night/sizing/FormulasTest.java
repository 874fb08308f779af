package pantheon.night.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.sizing.math.Band;
import pantheon.night.sizing.math.ErlangC;
import pantheon.night.sizing.math.Normal;
import pantheon.night.sizing.math.Quantiles;
import pantheon.night.sizing.past.SlowDown;

/** Each formula against values that were worked out elsewhere, exact ones as fractions. */
final class FormulasTest {
    @ParameterizedTest
    @CsvSource({
        "2, 1, 0.333333333333333333",
        "2, 1.6, 0.711111111111111111", // 32/45
        "4, 3.2, 0.596432471787404441", // 8192/13735
        "5, 4, 0.554112554112554112", // 128/231
        "10, 8, 0.409180150796",
        "14, 10, 0.174131933595",
        "100, 80, 0.019646426634"
    })
    void erlang_c(int servers, double load, double expected) {
        assertEquals(expected, new ErlangC(servers, load).waits(), 1e-12);
    }

    @Test
    void erlang_c_of_very_many_servers_does_not_overflow() {
        double waits = new ErlangC(10_000, 9_900).waits();
        assertTrue(waits > 0 && waits < 1, "" + waits);
    }

    @Test
    void one_server_waits_as_often_as_it_is_busy() {
        var line = new ErlangC(1, 0.5);
        assertEquals(0.5, line.waits(), 1e-15);
        assertEquals(1, line.meanWait(), 1e-15);
        assertEquals(0, line.wait(0.5));
        assertEquals(Math.log(0.5 / 0.05) / 0.5, line.wait(0.95), 1e-12);
    }

    @Test
    void a_line_that_is_not_stable_grows_without_end() {
        var line = new ErlangC(2, 2);
        assertFalse(line.isStable());
        assertEquals(1, line.waits());
        assertEquals(Double.POSITIVE_INFINITY, line.meanWait());
        assertTrue(new Arrivals(7200, 2, Duration.ofSeconds(1), 1)
                .json()
                .get("wait_ms")
                .get("mean")
                .isNull());
    }

    @Test
    void a_utilisation_above_four_fifths_is_tight() {
        assertFalse(new Arrivals(2880, 1, Duration.ofSeconds(1), 1).isTight());
        var tight = new Arrivals(2900, 1, Duration.ofSeconds(1), 1);
        assertTrue(tight.isTight());
        assertEquals(2, tight.slotsNeeded());
    }

    @Test
    void less_variation_waits_less() {
        var even = new Arrivals(1800, 1, Duration.ofSeconds(1), 0);
        assertEquals(1000, even.meanWaitMillis(), 1e-9);
        assertEquals(500, even.correctedMeanWaitMillis(), 1e-9); // M/D/1
    }

    @ParameterizedTest
    @CsvSource({"81, 263, .2553, .3662", "15, 148, .0624, .1605", "0, 20, 0, .1611", "0, 0, 0, 1"})
    void wilson(double successes, double trials, double low, double high) {
        var band = Band.wilson(successes, trials);
        assertEquals(low, band.low(), 5e-5);
        assertEquals(high, band.high(), 5e-5);
    }

    @Test
    void two_reviewers_accept_less_than_one_the_less_the_less_they_agree() {
        assertEquals(0.64, DualReview.both(0.8, 0), 1e-15);
        assertEquals(0.8, DualReview.both(0.8, 1), 1e-15);
        assertEquals(0.64 + 0.4 * 0.16, DualReview.both(0.8, 0.4), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> DualReview.both(1.1, 0));
    }

    @Test
    void quantiles_lie_between_the_points_of_the_sample() {
        var quantiles = new Quantiles(new double[] {4, 1, 3, 2});
        assertEquals(1, quantiles.at(0));
        assertEquals(2.5, quantiles.at(0.5));
        assertEquals(4, quantiles.at(1));
        assertEquals(0.5, quantiles.shareUpTo(2));
        assertEquals(0, quantiles.shareUpTo(0.9));
        assertEquals(1, quantiles.shareUpTo(4));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0", "0.975, 1.959963984540054", "0.025, -1.959963984540054", "0.999, 3.090232306167813"})
    void normal_quantiles(double share, double expected) {
        assertEquals(expected, Normal.quantile(share), 1e-9);
    }

    @Test
    void the_slow_down_is_interpolated_between_what_was_measured_and_in_proportion_beyond() {
        var curve = new SlowDown(new java.util.TreeMap<>(java.util.Map.of(4, 2.0)));
        assertEquals(1, curve.at(1));
        assertEquals(1 + 1 / 3.0, curve.at(2), 1e-12);
        assertEquals(2, curve.at(4));
        assertEquals(4, curve.at(8));
        assertEquals(3, SlowDown.SHARED.at(3));
        assertFalse(SlowDown.SHARED.isMeasured());
    }
}

package pantheon.night.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static JudgedChoice right(double likelihood) {
        return new JudgedChoice(likelihood, true);
    }

    private static JudgedChoice wrong(double likelihood) {
        return new JudgedChoice(likelihood, false);
    }

    @Test
    void a_threshold_keeps_what_is_at_it_or_above() {
        var all = new Calibration(List.of(right(0.9), wrong(0.8), right(0.8), wrong(0.2)));
        var kept = all.at(0.8);
        assertEquals(new Share(3, 1), kept.kept());
        assertEquals(0.75, kept.coverage());
        assertEquals(1, all.at(0).coverage());
        assertEquals(new Share(0, 0), all.at(0.95).kept());
        assertEquals(0, all.at(0.95).kept().error());
    }

    @Test
    void the_threshold_is_the_least_at_which_the_error_is_as_wanted() {
        var all = new Calibration(List.of(right(0.95), right(0.9), wrong(0.8), right(0.7), right(0.6), wrong(0.3)));
        assertEquals(OptionalDouble.of(0.9), all.threshold(0.1));
        assertEquals(OptionalDouble.of(0.6), all.threshold(0.2)); // one of five
        assertEquals(OptionalDouble.of(0.3), all.threshold(0.5));
        assertEquals(OptionalDouble.empty(), new Calibration(List.of(wrong(0.9), right(0.1))).threshold(0.1));
    }

    @Test
    void choices_of_one_likelihood_are_kept_or_left_together() {
        var all = new Calibration(List.of(right(0.9), right(0.5), wrong(0.5)));
        assertEquals(OptionalDouble.of(0.9), all.threshold(0.1));
    }

    @Test
    void a_sure_threshold_has_enough_choices_behind_it() {
        var few =
                new Calibration(IntStream.range(0, 10).mapToObj(i -> right(0.9)).toList());
        assertEquals(OptionalDouble.of(0.9), few.threshold(0.05));
        assertEquals(OptionalDouble.empty(), few.sureThreshold(0.05)); // 0 of 10: up to 28 %
        var many = new Calibration(
                IntStream.range(0, 100).mapToObj(i -> right(0.9)).toList());
        assertEquals(OptionalDouble.of(0.9), many.sureThreshold(0.05));
    }

    @Test
    void a_certain_choice_is_kept_by_a_threshold_that_an_agent_can_ask_for() {
        assertEquals(OptionalDouble.of(0.999999), new Calibration(List.of(right(1), wrong(0.5))).threshold(0.1));
    }

    @Test
    void bins_hold_every_choice_once_and_a_model_that_knows_itself_is_within_their_bands() {
        var random = new Random(1);
        var choices = random.doubles(5_000)
                .mapToObj(likelihood -> new JudgedChoice(likelihood, random.nextDouble() < likelihood))
                .toList();
        var bins = new Calibration(choices).bins();
        assertEquals(10, bins.size());
        assertEquals(
                5_000, bins.stream().mapToInt(bin -> bin.choices().choices()).sum());
        assertTrue(bins.stream()
                        .filter(bin -> bin.choices().band().holds(1 - bin.mean()))
                        .count()
                >= 8);
        assertEquals(
                1, new Calibration(List.of(right(1))).bins().getLast().choices().choices());
    }

    @Test
    void a_likelihood_is_a_part() {
        assertThrows(IllegalArgumentException.class, () -> right(1.1));
        assertThrows(IllegalArgumentException.class, () -> right(Double.NaN));
    }
}

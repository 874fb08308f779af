package pantheon.night.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.sizing.math.Quantiles;
import pantheon.night.sizing.past.Basis;
import pantheon.night.sizing.past.PastTask;
import pantheon.night.sizing.past.Rates;

final class YieldTest {
    private static final int WORLDS = 2_000;
    private static final int REPLICATIONS = 1_000;

    /** What 80 tasks have shown of a rate. */
    private static Rates seen(int accepted, int tasks) {
        return Rates.seen(
                IntStream.range(0, tasks)
                        .mapToObj(i -> new PastTask(0, 0, 1000, i < accepted, 100, 30, -1, 1))
                        .toList(),
                1,
                Basis.OWN);
    }

    private static int drawn(int tasks, double rate, SplittableRandom random) {
        return (int) IntStream.range(0, tasks)
                .filter(task -> random.nextDouble() < rate)
                .count();
    }

    /** Worlds of known rates: so many tasks are seen, then a night comes, in which dawn comes at another time each. */
    @ParameterizedTest
    @ValueSource(ints = {15, 80, 400})
    void nineteen_nights_of_twenty_are_in_the_band(int tasksSeen) {
        var random = new SplittableRandom(tasksSeen);
        int inside = 0;
        for (int world = 0; world < WORLDS; world++) {
            double rate = 0.05 + 0.9 * random.nextDouble();
            var done = IntStream.generate(() -> 20 + random.nextInt(120))
                    .limit(REPLICATIONS)
                    .toArray();
            var accepted = new Yield(seen(drawn(tasksSeen, rate, random), tasksSeen), world, 0).accepted(done);
            int came = drawn(20 + random.nextInt(120), rate, random);
            inside += new Quantiles(accepted).band95().holds(came) ? 1 : 0;
        }
        assertTrue(inside >= 0.935 * WORLDS && inside <= 0.98 * WORLDS, inside + " of " + WORLDS);
    }

    /** The Wilson interval is the rate's alone, so the band of a night that is all but endless is it. */
    @Test
    void of_many_tasks_the_band_is_that_of_the_rate() {
        var rates = seen(52, 80);
        var accepted = new Yield(rates, 1, 0).accepted(filled(10_000_000));
        var band = new Quantiles(accepted).band95();
        assertEquals(rates.acceptedBand().low(), band.low() / 1e7, 0.01);
        assertEquals(rates.acceptedBand().high(), band.high() / 1e7, 0.01);
    }

    @Test
    void a_rate_that_nobody_has_seen_may_be_anything() {
        var unseen = Rates.unseen(Basis.ASSUMED, Duration.ofSeconds(30), 0.75, 0.5, 100, 30);
        var accepted = new Quantiles(new Yield(unseen, 1, 0).accepted(filled(1_000)));
        assertEquals(25, accepted.at(0.025), 25);
        assertEquals(975, accepted.at(0.975), 25);
    }

    private static int[] filled(int tasks) {
        var done = new int[2_000];
        Arrays.fill(done, tasks);
        return done;
    }
}

package pantheon.night.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pantheon.night.sizing.past.NightSpread;
import pantheon.night.sizing.past.Rates;

/** Queues in shards, against what is known of one. */
final class ShardsForecastTest {
    private static final int MANY = 500;
    private static final int TASKS = 400;
    private static final Rates RATES = exponential();

    private static Rates exponential() {
        int count = 1024;
        return Rows.rates(IntStream.range(0, count)
                .mapToObj(i -> Rows.took(0, -1000 * Math.log1p(-(i + 0.5) / count)))
                .toList());
    }

    /** Shards that all have as many tasks, of a second each. */
    private static IntFunction<List<NightPlan>> even(@Nullable Double window, NightSpread spread) {
        return shards -> Collections.nCopies(shards, Rows.plan(RATES, TASKS / shards, 1, window, spread));
    }

    private static double done(int shards, double window, NightSpread spread) {
        return ShardsForecast.of(shards, even(window, spread), MANY, 1).done().orElseThrow();
    }

    @Test
    void one_shard_is_the_whole_queue() {
        var whole = Forecast.of(Rows.plan(RATES, TASKS, 1, 400_000.0, NightSpread.NONE), MANY, 1);
        assertEquals(whole.probabilityDone().orElseThrow(), done(1, 400_000, NightSpread.NONE), 0.05);
    }

    @Test
    void what_single_tasks_take_differs_from_machine_to_machine() {
        double one = done(1, 410_000, NightSpread.NONE);
        var plans = Collections.nCopies(4, Rows.plan(RATES, TASKS, 1, 410_000.0, NightSpread.NONE));
        double four = ShardsForecast.of(4, shards -> plans, MANY, 1).done().orElseThrow();
        assertTrue(four < one - 0.1, "all of four are done less often than one: %f, %f".formatted(four, one));
        assertTrue(four >= Math.pow(one, 4) - 0.05, "but not less than if nothing were common");
    }

    @Test
    void a_long_night_is_one_on_all_machines() {
        var spread = new NightSpread(0, 0.8, 50);
        double one = done(1, 400_000, spread);
        var plans = Collections.nCopies(4, Rows.plan(RATES, TASKS, 1, 400_000.0, spread));
        assertEquals(one, ShardsForecast.of(4, shards -> plans, MANY, 1).done().orElseThrow(), 0.06);
    }

    @Test
    void the_fewest_shards_for_95_percent_are_found() {
        var forecast = ShardsForecast.of(2, even(60_000.0, NightSpread.NONE), MANY, 1);
        int fewest = forecast.forSure().orElseThrow();
        assertTrue(done(fewest, 60_000, NightSpread.NONE) >= 0.95);
        assertTrue(done(fewest - 1, 60_000, NightSpread.NONE) < 0.95);
        assertTrue(forecast.done().orElseThrow() < 0.01, "two are far too few");
        assertEquals(TASKS / 2, forecast.tasks());
    }

    @Test
    void a_night_that_no_number_of_machines_makes_short_enough_has_none() {
        var plan = Rows.plan(RATES, 1, 1, 1.0, NightSpread.NONE);
        var forecast = ShardsForecast.of(2, shards -> Collections.nCopies(shards, plan), 200, 1);
        assertEquals(OptionalInt.empty(), forecast.forSure());
    }

    @Test
    void a_night_without_an_end_is_never_cut_off() {
        var forecast = ShardsForecast.of(2, even(null, NightSpread.NONE), MANY, 1);
        assertEquals(OptionalDouble.empty(), forecast.done());
        assertEquals(OptionalInt.empty(), forecast.forSure());
        assertTrue(forecast.json().get("probability_done").isNull());
    }

    @Test
    void the_longest_shard_is_the_one_that_takes_longest_not_an_empty_one() {
        var plans = List.of(
                Rows.plan(RATES, 1, 1, 400_000.0, NightSpread.NONE),
                Rows.plan(RATES, 70, 1, 400_000.0, NightSpread.NONE),
                Rows.plan(RATES, 50, 1, 400_000.0, NightSpread.NONE));
        var forecast = ShardsForecast.of(3, shards -> plans, MANY, 1);
        assertEquals(1, forecast.longest());
        assertEquals(70, forecast.json().get("longest").get("tasks").intValue());
    }
}

package pantheon.night.sizing;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import pantheon.night.contract.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a queue in shards is expected to go, one night on a machine of its own each.
 *
 * @param shards how many there are
 * @param tasks how many tasks the longest shard has
 * @param longest the number of the shard that takes longest
 * @param forecast of that one
 * @param done the probability that all are done by dawn; empty where the night has no end
 * @param forSure the fewest shards of which all are done with 95 %; empty where {@value #MOST_TRIED} are too few, or the
 *     night has no end
 */
public record ShardsForecast(
        int shards, int tasks, int longest, Forecast forecast, OptionalDouble done, OptionalInt forSure) {
    /** Up to so many shards are tried. */
    public static final int MOST_TRIED = 256;

    /**
     * Forecasts them.
     *
     * @param plans the plans of the shards of a queue, by how many there are
     */
    public static ShardsForecast of(int shards, IntFunction<List<NightPlan>> plans, int replications, long seed) {
        var all = plans.apply(shards);
        int longest = 0;
        for (int i = 1; i < shards; i++) {
            longest = millis(all.get(i)) > millis(all.get(longest)) ? i : longest;
        }
        var forecast = Forecast.of(all.get(longest), replications, seed);
        boolean endless = all.getFirst().windowMillis() == null;
        return new ShardsForecast(
                shards,
                forecast.tasks(),
                longest,
                forecast,
                endless ? OptionalDouble.empty() : OptionalDouble.of(done(all, replications, seed)),
                endless ? OptionalInt.empty() : forSure(plans, replications, seed));
    }

    private static double done(List<NightPlan> plans, int replications, long seed) {
        var busy = plans.stream().filter(plan -> plan.workload().tasks() > 0).toList();
        return Makespan.shareDone(busy, replications, seed);
    }

    /** Doubled until they are enough, then halved between; more are hardly ever worse. */
    private static OptionalInt forSure(IntFunction<List<NightPlan>> plans, int replications, long seed) {
        int few = 0;
        int many = 1;
        while (done(plans.apply(many), replications, seed) < Forecast.SURE) {
            few = many;
            many *= 2;
            if (many > MOST_TRIED) {
                return OptionalInt.empty();
            }
        }
        while (many - few > 1) {
            int middle = (few + many) / 2;
            if (done(plans.apply(middle), replications, seed) >= Forecast.SURE) {
                many = middle;
            } else {
                few = middle;
            }
        }
        return OptionalInt.of(many);
    }

    /** What a shard's tasks take, in the mean. */
    private static double millis(NightPlan plan) {
        var workload = plan.workload();
        double millis = 0;
        for (int i = 0; i < workload.agents().size(); i++) {
            var rates = workload.agents().get(i).rates();
            millis += workload.tasks(i)
                    * (rates.mean(plan.slowDown(), plan.slots()).toNanos() / 1e6);
        }
        return millis;
    }

    /** As {@code --json} prints it; its schema ships with the program. */
    public ObjectNode json() {
        var json = Json.object().put("shards", shards);
        done.ifPresentOrElse(share -> json.put("probability_done", share), () -> json.putNull("probability_done"));
        json.putObject("longest")
                .put("shard", longest)
                .put("tasks", tasks)
                .put("p50_ms", Math.round(forecast.makespan().at(0.5)))
                .put("p95_ms", Math.round(forecast.makespan().at(0.95)));
        forSure.ifPresentOrElse(count -> json.put("for_sure", count), () -> json.putNull("for_sure"));
        return json;
    }
}

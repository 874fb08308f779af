package pantheon.night.sizing;

import java.time.Duration;
import pantheon.night.contract.Json;
import pantheon.night.sizing.math.ErlangC;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that takes tasks as they arrive, as M/M/c sees it.
 *
 * @param perHour arrivals, more than 0
 * @param slots tasks served beside one another
 * @param service the mean time of a task on a slot
 * @param variation of that time; M/M/c takes it for 1, and the mean wait is corrected by (1 + c²)/2 as Allen and Cunneen do
 */
public record Arrivals(double perHour, int slots, Duration service, double variation) {
    /** The utilisation above which waits grow out of hand. */
    public static final double MOST_UTILISATION = 0.8;

    /** The line in units of the mean service time. */
    public ErlangC line() {
        return new ErlangC(slots, perHour * service.toNanos() / 1e9 / 3600);
    }

    public boolean isTight() {
        return line().utilisation() > MOST_UTILISATION;
    }

    /** The fewest slots that keep the utilisation at most at {@link #MOST_UTILISATION}, the time of a task unchanged. */
    public int slotsNeeded() {
        return (int) Math.max(1, Math.ceil(line().load() / MOST_UTILISATION - 1e-9));
    }

    /** The wait that a share of the arrivals stays below, in milliseconds. */
    public double waitMillis(double share) {
        return line().wait(share) * service.toNanos() / 1e6;
    }

    public double meanWaitMillis() {
        return line().meanWait() * service.toNanos() / 1e6;
    }

    /** The mean wait with the variation that was seen. */
    public double correctedMeanWaitMillis() {
        return meanWaitMillis() * (1 + variation * variation) / 2;
    }

    public ObjectNode json() {
        var json = Json.object();
        json.put("per_hour", perHour);
        json.put("slots", slots);
        json.put("service_ms", service.toNanos() / 1e6);
        json.put("utilisation", line().utilisation());
        json.put("tight", isTight());
        json.put("slots_needed", slotsNeeded());
        json.put("probability_of_waiting", line().waits());
        json.set("wait_ms", waitJson());
        return json;
    }

    private ObjectNode waitJson() {
        var wait = Json.object();
        put(wait, "mean", meanWaitMillis());
        put(wait, "mean_allen_cunneen", correctedMeanWaitMillis());
        put(wait, "p50", waitMillis(0.5));
        put(wait, "p80", waitMillis(0.8));
        put(wait, "p95", waitMillis(0.95));
        put(wait, "p99", waitMillis(0.99));
        return wait;
    }

    /** A wait without end is null. */
    private static void put(ObjectNode json, String name, double millis) {
        if (Double.isFinite(millis)) {
            json.put(name, millis);
        } else {
            json.putNull(name);
        }
    }
}

package pantheon.night.sizing.past;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How earlier forecasts did.
 *
 * <p>A night that the window cut off has no makespan: it is a miss where it was longer than the band already, and tells
 * nothing of the band where it was not.
 *
 * @param forecasts those that rested on what nights had shown, oldest first
 * @param assumed how many rested on assumptions and are not judged
 */
public record TrackRecord(List<PastForecast> forecasts, int assumed) {
    public TrackRecord {
        forecasts = List.copyOf(forecasts);
    }

    public static TrackRecord of(List<PastForecast> all) {
        var told = all.stream().filter(PastForecast::tells).toList();
        var judged = told.stream().filter(PastForecast::isFromNights).toList();
        return new TrackRecord(judged, told.size() - judged.size());
    }

    /**
     * How often the makespan was inside a band.
     *
     * @param nights those that tell
     */
    public record Coverage(int inside, int nights) {}

    /** Of the band from P10 to P90. */
    public Coverage of80() {
        return coverage("p10", "p90");
    }

    /** Of the band from P2.5 to P97.5. */
    public Coverage of95() {
        return coverage("p2_5", "p97_5");
    }

    private Coverage coverage(String low, String high) {
        int inside = 0;
        int nights = 0;
        for (var past : forecasts) {
            var fit = past.fit(low, high);
            nights += fit == PastForecast.Fit.UNKNOWN ? 0 : 1;
            inside += fit == PastForecast.Fit.INSIDE ? 1 : 0;
        }
        return new Coverage(inside, nights);
    }

    /** Brier's score of the probability to be done by dawn: 0 is perfect, a coin's 0.25; empty without such a night. */
    public Optional<Double> brier() {
        var withDawn = forecasts.stream()
                .filter(past -> !Double.isNaN(past.probabilityDone()))
                .toList();
        return withDawn.isEmpty()
                ? Optional.empty()
                : Optional.of(withDawn.stream()
                        .mapToDouble(past -> Math.pow(past.probabilityDone() - (past.isDone() ? 1 : 0), 2))
                        .average()
                        .orElseThrow());
    }

    /** By how much nights differ from their forecasts. */
    public NightSpread spread() {
        var errors = new ArrayList<NightSpread.ForecastError>();
        for (var past : forecasts) {
            double error = Math.log(past.millis() / past.quantile("p50"));
            if (past.isDone() || error > 0) { // of a night that was cut off, the least that it was wrong by
                errors.add(
                        new NightSpread.ForecastError(error, past.number("log_shift"), past.number("log_sd_within")));
            }
        }
        return NightSpread.of(errors);
    }
}

package pantheon.night.sizing.past;

import java.util.Locale;
import pantheon.night.outcome.NightOutcome;
import tools.jackson.databind.JsonNode;

/**
 * An earlier night's forecast beside what came.
 *
 * @param forecast as {@code Forecast.json} wrote it
 * @param outcome how the night ended
 * @param millis from the forecast to the night's end, more than 0
 */
public record PastForecast(JsonNode forecast, NightOutcome outcome, double millis) {
    /** Whether the night came to the end of its queue, so that its makespan is known. */
    boolean isDone() {
        return outcome == NightOutcome.DONE;
    }

    /** Whether the window closed first: the makespan is longer than what was seen of it. */
    boolean isCutOff() {
        return outcome == NightOutcome.WINDOW_CLOSED;
    }

    /** Whether it can be judged: it had tasks, and its night ended in one of the two ways. */
    boolean tells() {
        return (isDone() || isCutOff()) && quantile("p50") > 0;
    }

    /** Whether it rested on what nights had shown; the error of an assumption tells nothing of nights. */
    public boolean isFromNights() {
        return forecast.path("agents")
                .valueStream()
                .allMatch(agent -> Basis.valueOf(
                                agent.path("basis").asString("assumed").toUpperCase(Locale.ROOT))
                        .isSeen());
    }

    /** Where a makespan is that a band was forecast for. */
    public enum Fit {
        BELOW,
        INSIDE,
        ABOVE,
        /** It had no tasks, was cut off before it was longer than the band, or did not end. */
        UNKNOWN
    }

    /**
     * Where the makespan is of the band between two of the forecast's quantiles.
     *
     * @param low for example {@code p2_5}
     * @param high for example {@code p97_5}
     */
    public Fit fit(String low, String high) {
        if (!tells()) {
            return Fit.UNKNOWN;
        }
        if (millis > quantile(high)) {
            return Fit.ABOVE;
        }
        if (isCutOff()) {
            return Fit.UNKNOWN;
        }
        return millis < quantile(low) ? Fit.BELOW : Fit.INSIDE;
    }

    /** A quantile of the makespan in milliseconds, 0 where the forecast has none of that name. */
    public double quantile(String name) {
        return forecast.path("makespan_ms").path(name).asDouble(0);
    }

    double number(String name) {
        return forecast.path(name).asDouble(0);
    }

    /** The forecast's probability that the queue would be done by dawn, NaN where there was no dawn. */
    double probabilityDone() {
        return forecast.path("probability_done").asDouble(Double.NaN);
    }
}

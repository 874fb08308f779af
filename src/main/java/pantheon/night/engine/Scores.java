package pantheon.night.engine;

import java.time.Duration;
import java.util.List;

/**
 * How likely a model finds each of some texts in their place.
 *
 * @param logLikelihoods of each text with what ends it, in their order: natural logarithms, 0 or less
 * @param took how long that took
 */
public record Scores(List<Double> logLikelihoods, Duration took) {
    public Scores {
        logLikelihoods = List.copyOf(logLikelihoods);
    }
}

package pantheon.night.engine;

import java.util.OptionalDouble;
import pantheon.night.outcome.Scoring;

/** How likely parts of a generation were among all that its grammar allowed in their place. */
@FunctionalInterface
public interface Likelihood {
    /** That of an engine that does not tell. */
    Likelihood UNTOLD = (argument, from, to) -> OptionalDouble.empty();

    /**
     * The likelihood of the value of a call's argument.
     *
     * @param from its first byte in the generation's text in UTF-8
     * @param to the byte behind what ends it
     * @return 0 to 1; empty where it is not known
     */
    OptionalDouble of(String argument, int from, int to);

    /** By what the value of a call's argument was chosen. */
    default Scoring scoring(String argument) {
        return Scoring.PATH;
    }
}

package pantheon.night.agent;

import java.util.OptionalDouble;
import pantheon.night.tool.Choice;
import pantheon.night.tool.Offer;

/**
 * An offer of a turn, and what the model made of it.
 *
 * @param isGiven whether it gave the argument a value
 * @param likelihood how likely it found what it chose, among all that was offered: 0 to 1, in millionths; empty where it
 *     chose nothing of it, or its engine does not tell
 */
public record Chosen(Offer offer, boolean isGiven, OptionalDouble likelihood) {
    private static final double MILLION = 1e6;

    public Chosen {
        likelihood = likelihood.isPresent()
                ? OptionalDouble.of(Math.round(likelihood.getAsDouble() * MILLION) / MILLION)
                : likelihood;
    }

    /** Whether the model is less sure than the agent asks for, or nobody knows how sure it is. */
    boolean isUnsure() {
        return isGiven
                && offer.choice() instanceof Choice.FromResults from
                && from.leastConfidence() > likelihood.orElse(0);
    }
}

package pantheon.night.agent.choice;

import java.util.Optional;
import java.util.OptionalDouble;
import pantheon.night.outcome.Scoring;
import pantheon.night.tool.Choice;
import pantheon.night.tool.Offer;
import tools.jackson.databind.JsonNode;

/**
 * An offer of a turn, and what the model made of it.
 *
 * @param value what it gave; empty where it did not give the argument
 * @param likelihood how likely it found what it chose, among all that was offered: 0 to 1, in millionths; empty where it
 *     chose nothing of it, or its engine does not tell
 * @param scoring by what it was chosen
 */
public record Chosen(Offer offer, Optional<JsonNode> value, OptionalDouble likelihood, Scoring scoring) {
    private static final double MILLION = 1e6;

    public Chosen {
        likelihood = likelihood.isPresent()
                ? OptionalDouble.of(Math.round(likelihood.getAsDouble() * MILLION) / MILLION)
                : likelihood;
    }

    /** Whether the model is less sure than the agent asks for, or nobody knows how sure it is. */
    public boolean isUnsure() {
        return value.isPresent()
                && offer.choice() instanceof Choice.FromResults from
                && from.leastConfidence() > likelihood.orElse(0);
    }
}

package pantheon.night.engine.sampling;

import java.util.List;
import pantheon.night.engine.Likelihood;

/** The tokens of one turn as they are picked: takes logits, adds the next token or more, and knows when it ends. */
public interface Sampler {
    /** What became of a step. */
    enum Step {
        /** One token or more were added. */
        WENT_ON,
        /** The same, and the turn is complete with them. */
        LAST,
        /** The turn is complete. */
        ENDED,
        /** What is left of the room does not suffice for any way to complete the turn. */
        NO_ROOM
    }

    /** Adds what must come first, for which no logits are needed. */
    default void begin() {}

    /** How many of the first of some tokens may come next, one after the other. */
    default int admits(int[] tokens) {
        return tokens.length;
    }

    /**
     * What is likely to come next, for several tokens to be computed in one run.
     *
     * @param all the prompt's tokens and those so far
     */
    default int[] draft(int[] all) {
        return Draft.of(all);
    }

    /**
     * Takes the next step.
     *
     * @param logits those behind the last token, as wide as the vocabulary
     */
    Step next(float[] logits);

    /** The tokens so far, without the end of the turn. */
    List<Integer> tokens();

    /** How many of them the model was not asked for. */
    int forcedTokens();

    /** How likely the values were that it chose. */
    default Likelihood likelihood() {
        return Likelihood.UNTOLD;
    }
}

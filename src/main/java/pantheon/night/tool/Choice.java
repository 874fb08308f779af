package pantheon.night.tool;

import pantheon.night.outcome.Scoring;

/** Where the values come from that an argument is limited to. */
public sealed interface Choice {
    /** The strings that a field of the task's input lists. */
    record FromInput(String field) implements Choice {}

    /**
     * What a tool has returned in the same task so far.
     *
     * @param last whether only what it returned last counts
     * @param leastConfidence how likely the model has to find what it chooses, among all that is offered, for the task to
     *     go on: 0 to 1, 0 where it may be as unsure as it is
     * @param scoring by what the model is to choose
     */
    record FromResults(String tool, ResultPointer at, boolean last, double leastConfidence, Scoring scoring)
            implements Choice {
        public FromResults {
            if (!(leastConfidence >= 0 && leastConfidence <= 1)) {
                throw new IllegalArgumentException("leastConfidence is " + leastConfidence + "; expected 0 to 1");
            }
        }
    }
}

package pantheon.night.training;

import pantheon.night.training.duplicates.Fingerprint;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a trace, as far as it alone can tell. */
sealed interface Candidate {
    /** How many secrets were taken out of it. */
    int secrets();

    /**
     * It can be learned from, unless the same is known already.
     *
     * @param sample its {@link Sample} as it is written
     */
    record Green(Trace trace, String sample, Fingerprint fingerprint, int secrets) implements Candidate {}

    /**
     * It cannot be learned from, and is kept apart for people to look at.
     *
     * @param origin what its row ends with, as {@link Sample#origin} tells it
     */
    record Failed(String reason, ObjectNode row, String origin, int secrets) implements Candidate {}

    /** It cannot be told. */
    record LeftOut(String reason, int secrets) implements Candidate {}
}

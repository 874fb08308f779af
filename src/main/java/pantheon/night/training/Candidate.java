package pantheon.night.training;

import java.util.List;
import pantheon.night.training.duplicates.Fingerprint;

/** What becomes of a trace, as far as it alone can tell. */
sealed interface Candidate {
    /** What was taken out of it, each secret without what all of its kind begin with. */
    List<String> removed();

    /**
     * It can be learned from, unless the same is known already.
     *
     * @param sample its {@link Sample} as it is written
     */
    record Green(Trace trace, String sample, Fingerprint fingerprint, List<String> removed) implements Candidate {}

    /**
     * It cannot be learned from, and is kept apart for people to look at.
     *
     * @param row as a line
     */
    record Failed(FailedRows.Failed row, List<String> removed) implements Candidate {}

    /** It cannot be told. */
    record LeftOut(String reason, List<String> removed) implements Candidate {}
}

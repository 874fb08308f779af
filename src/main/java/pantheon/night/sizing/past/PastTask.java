package pantheon.night.sizing.past;

/**
 * How one task went, as its journal tells; the bootstrap draws it whole, so retries and timeouts come as they occurred.
 *
 * @param night the number of its night, from 0, oldest first
 * @param modelMillis time in the model, prefill and decode, with as many tasks open as there were
 * @param otherMillis all other time of its slot: tools, checks, checkout, commit
 * @param inputTokens prompt tokens that were prefilled, so without those from the cache
 * @param inputBytes the length by which the longest tasks go first; -1 where the journal does not tell it
 * @param open how many tasks were open when it began, itself included
 */
public record PastTask(
        int night,
        double modelMillis,
        double otherMillis,
        boolean accepted,
        long inputTokens,
        long outputTokens,
        long inputBytes,
        int open) {}

package pantheon.night.engine.decode;

/**
 * What one sequence has of a run.
 *
 * @param tokens the tokens to append, 1 to {@link Runner#chunkTokens()}
 * @param wanted behind how many of the last of them logits are wanted, 1 or more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Share(Sequence sequence, int[] tokens, int wanted) {
    public Share {
        if (wanted < 1 || wanted > tokens.length) {
            throw new IllegalArgumentException("%d of %d logits are wanted".formatted(wanted, tokens.length));
        }
    }
}

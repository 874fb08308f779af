package pantheon.night.engine.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A conversation's place in a {@link DecodeLoop}: the tokens of its last turn, and the keys and values of the first of
 * them. Looked into by the loop's thread alone.
 */
public final class Place {
    private int[] tokens = {};
    private @Nullable Sequence sequence;
    private boolean busy;

    Place() {}

    boolean isSeated() {
        return sequence != null;
    }

    /** Whether a turn of it is under way. */
    boolean isBusy() {
        return busy;
    }

    Sequence sequence() {
        if (sequence == null) {
            throw new IllegalStateException("the place has no sequence");
        }
        return sequence;
    }

    void seat(Sequence opened) {
        sequence = opened;
        tokens = new int[0];
    }

    void begin() {
        busy = true;
    }

    /** @param all the turn's tokens, the first of which the sequence has */
    void end(int[] all) {
        busy = false;
        tokens = all;
    }

    /** How many of the first of some tokens the sequence has. */
    int shared(int[] asked) {
        int parting = Arrays.mismatch(tokens, asked);
        return Math.min(parting < 0 ? asked.length : parting, sequence().tokens());
    }

    /** The tokens that the sequence has. */
    int[] computed() {
        return Arrays.copyOf(tokens, Math.min(tokens.length, sequence().tokens()));
    }

    void leave() {
        if (sequence != null) {
            sequence.close();
            sequence = null;
        }
    }
}

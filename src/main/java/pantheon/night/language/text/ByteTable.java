package pantheon.night.language.text;

import java.util.Arrays;
import org.apache.lucene.util.automaton.Automaton;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.automaton.LiveStates;
import pantheon.night.language.free.FreeRuns;

/**
 * A deterministic automaton over bytes. From every state but that of an empty language an end is reached. Safe for use by
 * several threads.
 */
public abstract sealed class ByteTable permits PackedTable, WrittenTable {
    /** No way from here. */
    public static final int DEAD = -1;
    /** The length of what does not exist. */
    public static final int NEVER = Integer.MAX_VALUE;

    private static final int START = 0;

    /** The table of an automaton with labels from 0 to 255. */
    public static ByteTable of(Automaton bytes) {
        return new PackedTable(bytes.isDeterministic() ? LiveStates.only(bytes) : Automatons.deterministic(bytes));
    }

    /** A row of a state from which no byte leads anywhere. */
    static int[] deadRow() {
        var row = new int[256];
        Arrays.fill(row, DEAD);
        return row;
    }

    public final int start() {
        return START;
    }

    /** The state after a byte from 0 to 255, or {@link #DEAD}. */
    public abstract int step(int state, int nextByte);

    public abstract boolean accepts(int state);

    /** Whether a state stands between characters, not inside of one or of an escape. */
    public final boolean isBetween(int state) {
        return state < between();
    }

    /** How many states, the first ones, stand between characters. */
    public abstract int between();

    /** The states between characters that come next: behind the character that is under way, or one more. */
    public abstract int[] behind(int state);

    /** The bytes of the shortest way to an end, 0 at an end. */
    public abstract int shortest(int state);

    /** From no state the shortest way to an end has more bytes. */
    public abstract int longestShortest();

    /** What can follow whatever it is. */
    public abstract FreeRuns freeRuns();

    /** The number of states. */
    public abstract int size();

    /** The texts of this language that are not in another. */
    public final ByteTable without(ByteTable other) {
        return Difference.of(this, other);
    }

    public final boolean isEmpty() {
        return shortest(START) == NEVER;
    }

    /** Whether nothing can follow. */
    public abstract boolean isClosed(int state);
}

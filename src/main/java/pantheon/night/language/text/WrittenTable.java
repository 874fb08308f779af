package pantheon.night.language.text;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.lucene.util.automaton.Automaton;
import org.jspecify.annotations.Nullable;
import pantheon.night.language.automaton.Ways;
import pantheon.night.language.free.FewStates;
import pantheon.night.language.free.FreeRuns;

/**
 * How the strings of a language are written between quotes, as an automaton over bytes.
 *
 * <p>Only what is walked is made: a state's row when it is first stepped from. Safe for use by several threads. From
 * every state but that of an empty language an end is reached.
 */
final class WrittenTable extends ByteTable {
    /** The most bytes from inside of a character to its end. */
    private static final int MOST_INSIDE = 5;

    private final Automaton language;
    private final JsonTextTable maker;
    private final int between;
    private final int[] shortest;
    private final FreeRuns freeRuns;
    private volatile @Nullable Row[] rows;
    private volatile boolean isWhole;

    /** A state's ways; whole once it can be seen, since its parts are final and never change. */
    private static final class Row {
        /** For each byte. */
        private final int[] next;
        /** The states between characters that come next. */
        private final int[] behind;

        private final int shortest;

        Row(int[] next, int[] behind, int shortest) {
            this.next = next;
            this.behind = behind;
            this.shortest = shortest;
        }
    }

    /**
     * Takes a language.
     *
     * @param language deterministic, without dead states, over code points
     * @param choice whether some characters may be escaped that need not be
     */
    WrittenTable(Automaton language, boolean choice) {
        this.language = language;
        maker = new JsonTextTable(language, choice);
        between = maker.between();
        shortest = WrittenLengths.shortest(language);
        freeRuns = new FreeRuns(new LanguageGroupWays(language));
        rows = new Row[between];
    }

    @Override
    public int step(int state, int nextByte) {
        return row(state).next[nextByte];
    }

    private Row row(int state) {
        var all = rows;
        var known = all[state];
        return known == null ? made(state) : known;
    }

    /** Makes the row of a state between characters, and those of the states inside of one to which it leads. */
    private synchronized Row made(int state) {
        var known = rows[state];
        if (known != null) {
            return known;
        }
        int before = maker.inside();
        var next = maker.row(state);
        var grown = Arrays.copyOf(rows, between + maker.inside());
        for (int index = before; index < maker.inside(); index++) {
            grown[between + index] = inside(maker.inside(index), grown);
        }
        var row = new Row(next, new int[0], shortest[state]);
        grown[state] = row;
        rows = grown;
        return row;
    }

    /** The row of a state inside of a character; those that it leads to are made before it. */
    private Row inside(int[] next, @Nullable Row[] known) {
        var behind = new FewStates();
        int least = NEVER;
        int last = DEAD;
        for (int target : next) {
            if (target != DEAD && target != last) {
                var row = known[target];
                least = Math.min(least, target < between || row == null ? shortest[target] : row.shortest);
                behind.addAll(target < between || row == null ? new int[] {target} : row.behind);
            }
            last = target;
        }
        return new Row(next, behind.toArray(), least + 1);
    }

    @Override
    public boolean accepts(int state) {
        return state < language.getNumStates() && language.isAccept(state);
    }

    @Override
    public int between() {
        return between;
    }

    @Override
    public int[] behind(int state) {
        if (state >= between) {
            return row(state).behind;
        }
        var found = new FewStates();
        if (state < language.getNumStates()) {
            Ways.from(language, state, way -> found.add(way.dest));
        }
        return found.toArray();
    }

    @Override
    public int shortest(int state) {
        return state < between ? shortest[state] : row(state).shortest;
    }

    @Override
    public int longestShortest() {
        return (int) Math.min(NEVER, (long) IntStream.of(shortest).max().orElse(0) + MOST_INSIDE);
    }

    @Override
    public FreeRuns freeRuns() {
        return freeRuns;
    }

    @Override
    public boolean isClosed(int state) {
        return state < between && behind(state).length == 0;
    }

    /** All states, each of which is made for it. */
    @Override
    public int size() {
        for (int state = 0; !isWhole && state < between; state++) {
            row(state);
        }
        isWhole = true;
        return rows.length;
    }
}

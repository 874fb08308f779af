package pantheon.night.language.free;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many characters of some groups can follow from a state of a language, whatever they are.
 *
 * <p>What is free needs no walk. Safe for use by several threads.
 */
public final class FreeRuns {
    /** The length of a run that never ends. */
    public static final int ENDLESS = Integer.MAX_VALUE;

    private static final int[] NONE = {};

    private final GroupWays ways;
    private @Nullable Runs most;
    private @Nullable Runs common;

    /** How long the runs of some groups are. */
    public static final class Runs {
        private final int groups;
        private final int[] lengths;

        private Runs(int groups, int[] lengths) {
            this.groups = groups;
            this.lengths = lengths;
        }

        /** The groups, by their bits. */
        public int groups() {
            return groups;
        }

        /** How many characters of them are free from a state between characters. */
        public int length(int state) {
            return lengths[state];
        }
    }

    /** @param ways asked by one thread at a time */
    public FreeRuns(GroupWays ways) {
        this.ways = ways;
    }

    /**
     * The runs that serve best from a state on: those of the most groups that any state takes, or, where these are short
     * there, those of the groups that all states share which take almost as many.
     *
     * @param enough how long a run has to be
     */
    public synchronized Runs from(int state, int enough) {
        if (most == null) {
            most = runs(mostGroups());
        }
        if (most.length(state) >= enough) {
            return most;
        }
        if (common == null) {
            common = runs(commonGroups(most.groups()));
        }
        return common.length(state) >= enough ? common : most;
    }

    private Runs runs(int groups) {
        return new Runs(groups, lengths(groups));
    }

    private int mostGroups() {
        int found = 0;
        for (int state = 0; state < ways.states(); state++) {
            int taken = ways.groups(state);
            found = Integer.bitCount(taken) > Integer.bitCount(found) ? taken : found;
        }
        return found;
    }

    private int commonGroups(int mostTaken) {
        int found = mostTaken;
        for (int state = 0; state < ways.states(); state++) {
            int taken = ways.groups(state) & mostTaken;
            found = 3 * Integer.bitCount(taken) >= 2 * Integer.bitCount(mostTaken) ? found & taken : found;
        }
        return found;
    }

    /** For each state how many characters of some groups are free: backwards from where some are refused. */
    private int[] lengths(int groups) {
        int states = ways.states();
        var found = new int[states];
        var queue = new int[states];
        var before = new int[states][];
        Arrays.fill(found, ENDLESS);
        int end = 0;
        for (int state = 0; state < states; state++) {
            before[state] = NONE;
            if ((ways.groups(state) & groups) != groups) {
                found[state] = 0;
                queue[end++] = state;
            }
        }
        turn(groups, found, before);
        spread(found, queue, end, before);
        return found;
    }

    /** Fills in, for each state, those that lead to it by some groups. */
    private void turn(int groups, int[] found, int[][] before) {
        var counts = new int[before.length];
        for (int state = 0; state < before.length; state++) {
            if (found[state] == ENDLESS) {
                for (int next : ways.next(state, groups)) {
                    var list = before[next];
                    before[next] = counts[next] < list.length ? list : Arrays.copyOf(list, 2 * list.length + 4);
                    before[next][counts[next]++] = state;
                }
            }
        }
        Arrays.setAll(before, state -> Arrays.copyOf(before[state], counts[state]));
    }

    private static void spread(int[] found, int[] queue, int filled, int[][] before) {
        int end = filled;
        for (int at = 0; at < end; at++) {
            for (int earlier : before[queue[at]]) {
                if (found[earlier] == ENDLESS) {
                    found[earlier] = found[queue[at]] + 1;
                    queue[end++] = earlier;
                }
            }
        }
    }
}

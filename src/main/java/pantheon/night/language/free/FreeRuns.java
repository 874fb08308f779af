package pantheon.night.language.free;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which groups of characters can follow from a state of a language in any order, and how many of them.
 *
 * <p>What is free needs no walk. Worked out as states are asked for; safe for use by several threads.
 */
public final class FreeRuns {
    /** The length of a run that never ends. */
    public static final int ENDLESS = Integer.MAX_VALUE;

    private static final int[] NONE = {};

    private final GroupWays ways;
    private final Map<Integer, int[]> lengths = new HashMap<>();
    private final Map<Integer, List<Run>> known = new HashMap<>();

    /**
     * So many characters of some groups, whatever they are.
     *
     * @param groups by their bits, see {@link CharacterGroups}
     */
    public record Run(int groups, int length) {}

    /** @param ways asked by one thread at a time */
    public FreeRuns(GroupWays ways) {
        this.ways = ways;
    }

    /** The runs from a state; none, one, or a short one of more groups and an endless one. */
    public synchronized List<Run> from(int state) {
        return known.computeIfAbsent(state, this::find);
    }

    private List<Run> find(int state) {
        if (state >= ways.states()) {
            return List.of(); // that of an empty language
        }
        int groups = ways.groups(state);
        var found = new ArrayList<Run>();
        if (groups != 0) {
            int length = lengths.computeIfAbsent(groups, this::lengths)[state];
            found.add(new Run(groups, length));
            int endless = length == ENDLESS ? 0 : endless(state, groups);
            if (endless != 0) {
                found.add(new Run(endless, ENDLESS));
            }
        }
        return List.copyOf(found);
    }

    /** Those of some groups of which all states that they lead to take all. */
    private int endless(int state, int groups) {
        int before;
        int left = groups;
        do {
            before = left;
            left = shared(state, before);
        } while (left != before && left != 0);
        return left;
    }

    /** The groups that all states take to which some groups lead. */
    private int shared(int start, int groups) {
        var seen = new BitSet();
        var waiting = new ArrayDeque<Integer>(List.of(start));
        int shared = groups;
        seen.set(start);
        while (!waiting.isEmpty() && shared != 0) {
            int state = waiting.remove();
            int taken = ways.groups(state);
            shared &= taken;
            for (int next : ways.next(state, groups & taken)) {
                if (!seen.get(next)) {
                    seen.set(next);
                    waiting.add(next);
                }
            }
        }
        return shared;
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

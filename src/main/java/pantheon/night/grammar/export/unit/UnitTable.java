package pantheon.night.grammar.export.unit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import pantheon.night.grammar.export.tree.Part;

/** A deterministic automaton over units; state 0 is the first. */
public final class UnitTable {
    private final List<List<Way>> ways = new ArrayList<>();
    private final BitSet ends = new BitSet();

    /** From a state by one unit to another. */
    public record Way(Unit unit, int target) {}

    public int add(boolean end) {
        ways.add(new ArrayList<>(2));
        ends.set(ways.size() - 1, end);
        return ways.size() - 1;
    }

    public void connect(int from, Unit unit, int to) {
        ways.get(from).add(new Way(unit, to));
    }

    public int size() {
        return ways.size();
    }

    public List<Way> ways(int state) {
        return ways.get(state);
    }

    public boolean ends(int state) {
        return ends.get(state);
    }

    /** Whether a state takes one unit any number of times, and nothing else. */
    public boolean isLoop(int state) {
        return ends.get(state)
                && ways.get(state).size() == 1
                && ways.get(state).getFirst().target() == state;
    }

    /** How many ways lead into each state. */
    public int[] waysIn() {
        var count = new int[size()];
        ways.forEach(list -> list.forEach(way -> count[way.target()]++));
        return count;
    }

    /** The states from which an end is reached, or one of some others. */
    public BitSet live(Collection<Integer> others) {
        var live = (BitSet) ends.clone();
        others.forEach(live::set);
        var found = Arrays.copyOf(live.stream().toArray(), size());
        int end = live.cardinality();
        var before = new Before();
        for (int next = 0; next < end; next++) {
            int state = found[next];
            for (int at = before.first[state]; at < before.first[state + 1]; at++) {
                int source = before.sources[at];
                if (!live.get(source)) {
                    live.set(source);
                    found[end++] = source;
                }
            }
        }
        return live;
    }

    /** For each state those from which a way leads to it: the sources from its first one to the next state's first one. */
    private final class Before {
        private final int[] first = new int[size() + 1];
        private final int[] sources;

        Before() {
            var count = waysIn();
            for (int state = 0; state < count.length; state++) {
                first[state + 1] = first[state] + count[state];
            }
            sources = new int[first[size()]];
            for (int state = 0; state < size(); state++) {
                for (var way : ways.get(state)) {
                    sources[first[way.target()] + --count[way.target()]] = state;
                }
            }
        }
    }

    /** Whether all texts have so many units. */
    public boolean isBetween(int min, int max) {
        return shortest() >= min && (max == Part.Repeat.ENDLESS || longest() <= max);
    }

    private int shortest() {
        var depth = new int[size()];
        Arrays.fill(depth, -1);
        depth[0] = 0;
        var queue = new ArrayDeque<>(List.of(0));
        while (!queue.isEmpty()) {
            int state = queue.remove();
            if (ends.get(state)) {
                return depth[state];
            }
            for (var way : ways.get(state)) {
                if (depth[way.target()] < 0) {
                    depth[way.target()] = depth[state] + 1;
                    queue.add(way.target());
                }
            }
        }
        return Part.Repeat.ENDLESS;
    }

    /** Takes states away whose ways in are all gone; what is left over lies in a circle, so there is no longest text. */
    private int longest() {
        var open = waysIn();
        var depth = new int[size()];
        var queue = new ArrayDeque<Integer>();
        for (int state = 0; state < size(); state++) {
            if (open[state] == 0) {
                queue.add(state);
            }
        }
        int longest = 0;
        int seen = 0;
        while (!queue.isEmpty()) {
            int state = queue.remove();
            seen++;
            longest = Math.max(longest, ends.get(state) ? depth[state] : 0);
            for (var way : ways.get(state)) {
                depth[way.target()] = Math.max(depth[way.target()], depth[state] + 1);
                if (--open[way.target()] == 0) {
                    queue.add(way.target());
                }
            }
        }
        return seen == size() ? longest : Part.Repeat.ENDLESS;
    }
}

package pantheon.night.grammar.export.unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.export.tree.NotHeld;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.export.tree.Part.Repeat;

/**
 * Writes an automaton as one part by taking its states away one by one, the ways through each put together; first those
 * that make the result grow least (Brzozowski and McCluskey).
 */
public final class StateElimination {
    private static final int MOST_STATES = 600;
    private static final long MOST_SIZE = 60_000;

    private final int begin;
    private final int end;
    private final List<Map<Integer, Sized>> ways = new ArrayList<>();
    private final List<Set<Integer>> before = new ArrayList<>();
    private final Set<Integer> left = new HashSet<>();
    /** By how much the result grows when a state is taken away, of those whose ways have not changed since. */
    private final Map<Integer, Long> growths = new HashMap<>();

    /** A part, and about how long it is once it is spelled. */
    private record Sized(Part part, long size) {}

    private StateElimination(UnitTable table) {
        begin = table.size();
        end = begin + 1;
        for (int state = 0; state <= end; state++) {
            ways.add(new HashMap<>());
            before.add(new HashSet<>());
        }
        for (int state = 0; state < table.size(); state++) {
            left.add(state);
            for (var way : table.ways(state)) {
                connect(state, way.target(), sized(way.unit()));
            }
            if (table.ends(state)) {
                connect(state, end, new Sized(Part.NOTHING, 0));
            }
        }
        connect(begin, 0, new Sized(Part.NOTHING, 0));
    }

    static Part of(UnitTable table) {
        if (table.size() > MOST_STATES) {
            throw tooLarge();
        }
        return new StateElimination(table).reduced();
    }

    private static NotHeld tooLarge() {
        return new NotHeld("has strings or numbers whose automaton is too large for a regular expression");
    }

    private static Sized sized(Unit unit) {
        return new Sized(
                unit.part(), 4L * unit.raw().size() + 8L * unit.escapes().size());
    }

    private void connect(int from, int to, Sized way) {
        var known = ways.get(from).get(to);
        var joined = known == null || known.equals(way) ? way : either(known, way);
        if (joined.size() > MOST_SIZE) {
            throw tooLarge();
        }
        ways.get(from).put(to, joined);
        before.get(to).add(from);
        growths.remove(from);
        growths.remove(to);
    }

    private static Sized either(Sized one, Sized other) {
        return new Sized(Part.choice(one.part(), other.part()), one.size() + other.size() + 1);
    }

    private Part reduced() {
        while (!left.isEmpty()) {
            int cheapest = cheapest();
            left.remove(cheapest);
            eliminate(cheapest);
        }
        var whole = ways.get(begin).get(end);
        return whole == null ? Part.choice() : whole.part();
    }

    private int cheapest() {
        int best = -1;
        long least = Long.MAX_VALUE;
        for (int state : left) {
            long growth = growths.computeIfAbsent(state, this::growth);
            if (growth < least) {
                least = growth;
                best = state;
            }
        }
        return best;
    }

    private long growth(int state) {
        long in = 0;
        long out = 0;
        int sources = 0;
        int targets = 0;
        for (int from : before.get(state)) {
            if (from != state) {
                in += size(ways.get(from).get(state));
                sources++;
            }
        }
        for (var way : ways.get(state).entrySet()) {
            if (way.getKey() != state) {
                out += way.getValue().size();
                targets++;
            }
        }
        long self = size(ways.get(state).get(state));
        return in * targets + out * sources + self * sources * targets - in - out;
    }

    private static long size(@Nullable Sized way) {
        return way == null ? 0 : way.size();
    }

    private void eliminate(int state) {
        var loop = ways.get(state).remove(state);
        before.get(state).remove(state);
        growths.keySet().removeAll(before.get(state));
        growths.keySet().removeAll(ways.get(state).keySet());
        for (int from : before.get(state)) {
            var begun = ways.get(from).remove(state);
            if (begun != null) {
                ways.get(state).forEach((to, rest) -> connect(from, to, through(begun, loop, rest)));
            }
        }
        ways.get(state).keySet().forEach(to -> before.get(to).remove(state));
        ways.get(state).clear();
    }

    private static Sized through(Sized begun, @Nullable Sized loop, Sized rest) {
        var around = loop == null ? Part.NOTHING : new Repeat(loop.part(), 0, Repeat.ENDLESS);
        return new Sized(Part.sequence(begun.part(), around, rest.part()), begun.size() + size(loop) + 4 + rest.size());
    }
}

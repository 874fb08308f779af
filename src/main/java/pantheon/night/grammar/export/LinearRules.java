package pantheon.night.grammar.export;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.export.tree.Part.Named;
import pantheon.night.grammar.export.tree.Rules;
import pantheon.night.grammar.export.unit.CountedTable.Repeats;
import pantheon.night.grammar.export.unit.Unit;
import pantheon.night.grammar.export.unit.UnitTable;
import pantheon.night.grammar.export.unit.UnitTable.Way;

/**
 * Writes an automaton as rules that refer to one another at their ends only: one for each state, but for those that
 * stand in a row.
 */
final class LinearRules {
    private final Rules rules;
    private final RepeatForm repeats;
    private final UnitTable table;
    private final Map<Integer, Repeats> loops;
    private final Part end;
    private final BitSet live;
    private final int[] waysIn;
    private final Named[] names;
    private final IdentityHashMap<Unit, List<Part>> begins;

    /**
     * @param loops states with something else behind them than the table says
     * @param end what comes behind a text
     * @param begins how units begin, of all automata that are written into the rules
     */
    LinearRules(
            Rules rules,
            RepeatForm repeats,
            UnitTable table,
            Map<Integer, Repeats> loops,
            Part end,
            IdentityHashMap<Unit, List<Part>> begins) {
        this.rules = rules;
        this.repeats = repeats;
        this.table = table;
        this.loops = loops;
        this.end = end;
        this.begins = begins;
        // A loop's own state may be short of the fewest units, and still reaches an end by its repeat.
        live = table.live(loops.keySet());
        waysIn = table.waysIn();
        names = new Named[table.size()];
    }

    Part written() {
        for (int state = 0; state < table.size(); state++) {
            if (live.get(state) && (state == 0 || !isInRow(state))) {
                names[state] = rules.reserve();
            }
        }
        for (int state = 0; state < table.size(); state++) {
            if (names[state] != null) {
                rules.define(names[state], Part.apart(ways(state)));
            }
        }
        return names[0] == null ? Part.choice() : names[0];
    }

    /** Whether one way alone leads to a state, and one alone on from it. */
    private boolean isInRow(int state) {
        return waysIn[state] == 1 && loops.get(state) == null && ways(state, 2) == 1;
    }

    private int ways(int state, int most) {
        int count = table.ends(state) ? 1 : 0;
        for (var way : table.ways(state)) {
            if (live.get(way.target())) {
                count += way.target() == state ? most : way.unit().ways().size();
            }
        }
        return count;
    }

    private List<Part> ways(int state) {
        var loop = loops.get(state);
        if (loop != null) {
            return List.of(repeats.of(rules, loop.unit(), loop.min(), loop.max(), end));
        }
        var ways = new ArrayList<Part>();
        for (var way : table.ways(state)) {
            if (live.get(way.target())) {
                for (var begin : begins(way.unit())) {
                    ways.add(row(begin, way));
                }
            }
        }
        if (table.ends(state)) {
            ways.add(end);
        }
        return ways;
    }

    /** What begins so, on to the next state that has a rule, or to the end. */
    private Part row(Part begin, Way way) {
        int state = way.target();
        if (names[state] != null) {
            return Part.sequence(begin, names[state]);
        }
        var parts = new ArrayList<Part>();
        parts.add(begin);
        while (names[state] == null) {
            if (table.ends(state)) {
                parts.add(end);
                return Part.sequence(parts);
            }
            var next = onlyWay(state);
            parts.addAll(begins(next.unit()));
            state = next.target();
        }
        parts.add(names[state]);
        return Part.sequence(parts);
    }

    /** How a unit begins, each way once. */
    private List<Part> begins(Unit unit) {
        return begins.computeIfAbsent(
                unit,
                missing -> unit.ways().stream()
                        .map(way -> repeats.shared(rules, way))
                        .toList());
    }

    private Way onlyWay(int state) {
        for (var way : table.ways(state)) {
            if (live.get(way.target())) {
                return way;
            }
        }
        throw new IllegalStateException("no way leads on from state " + state);
    }
}

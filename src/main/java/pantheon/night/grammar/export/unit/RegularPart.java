package pantheon.night.grammar.export.unit;

import java.util.ArrayList;
import java.util.List;
import pantheon.night.grammar.export.tree.NotHeld;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.export.unit.UnitTable.Way;

/** Writes an automaton as one part without rules: a tree of its texts where there are few, else by taking states away. */
public final class RegularPart {
    private static final int MOST_NODES = 20_000;
    private static final int DEEPEST = 1_000;

    private final UnitTable table;
    private int nodes;

    private RegularPart(UnitTable table) {
        this.table = table;
    }

    public static Part of(UnitTable table) {
        if (table.isBetween(0, DEEPEST)) {
            try {
                return new RegularPart(table).behind(0);
            } catch (NotHeld e) {
                return StateElimination.of(table);
            }
        }
        return StateElimination.of(table);
    }

    /** What may come from a state on. */
    private Part behind(int from) {
        var row = new ArrayList<Part>();
        int state = from;
        while (!table.ends(state) && table.ways(state).size() == 1) {
            var only = table.ways(state).getFirst();
            row.add(only.unit().part());
            state = only.target();
        }
        row.add(fork(state));
        return Part.sequence(row);
    }

    private Part fork(int state) {
        nodes += table.ways(state).size();
        if (nodes > MOST_NODES) {
            throw new NotHeld("has more than %d ways through its texts".formatted(MOST_NODES));
        }
        var ways = new ArrayList<Part>();
        for (Way way : table.ways(state)) {
            ways.add(Part.sequence(List.of(way.unit().part(), behind(way.target()))));
        }
        if (table.ends(state)) {
            ways.add(Part.NOTHING);
        }
        return Part.choice(ways);
    }
}

package pantheon.night.grammar.export.unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.export.tree.Part.Repeat;

/**
 * An automaton and a count of the units taken, as one automaton. Where a state of the first does nothing but take one
 * unit over and over, the count ends: what is left is a repeat.
 */
public final class CountedTable {
    private final UnitTable table;
    private final int min;
    private final int max;
    private final UnitTable out = new UnitTable();
    private final Map<Integer, Repeats> loops = new HashMap<>();
    private final List<Place> places = new ArrayList<>();
    /** The first of the places whose ways are not written yet; counts never fall from one to the next. */
    private int next;

    /** For each state of the first automaton its last place. */
    private final @Nullable Place[] last;

    private record Place(int number, int state, int count) {}

    /** How often one unit comes yet. */
    public record Repeats(Unit unit, int min, int max) {}

    private CountedTable(UnitTable table, int min, int max) {
        this.table = table;
        this.min = min;
        this.max = max;
        last = new Place[table.size()];
    }

    /** Both together; empty where that has more states than some. */
    public static Optional<CountedTable> of(UnitTable table, int min, int max, int mostStates) {
        var counted = new CountedTable(table, min, max);
        counted.number(0, 0);
        while (counted.next < counted.places.size() && counted.places.size() <= mostStates) {
            counted.add(counted.places.get(counted.next++));
        }
        return counted.next == counted.places.size() ? Optional.of(counted) : Optional.empty();
    }

    public UnitTable table() {
        return out;
    }

    /** The states behind which just a repeat is left. */
    public Map<Integer, Repeats> loops() {
        return loops;
    }

    private int number(int state, int count) {
        int counted = max == Repeat.ENDLESS ? Math.min(count, min) : count;
        var known = last[state];
        if (known != null && known.count() == counted) {
            return known.number();
        }
        var place = new Place(out.add(table.ends(state) && counted >= min), state, counted);
        places.add(place);
        last[state] = place;
        return place.number();
    }

    private void add(Place place) {
        if (table.isLoop(place.state())) {
            int most = max == Repeat.ENDLESS ? Repeat.ENDLESS : max - place.count();
            var unit = table.ways(place.state()).getFirst().unit();
            loops.put(place.number(), new Repeats(unit, Math.max(0, min - place.count()), most));
        } else if (place.count() < max) {
            for (var way : table.ways(place.state())) {
                out.connect(place.number(), way.unit(), number(way.target(), place.count() + 1));
            }
        }
    }
}

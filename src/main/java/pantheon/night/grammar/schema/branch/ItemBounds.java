package pantheon.night.grammar.schema.branch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a branch asks of an array. */
public final class ItemBounds {
    private final List<Facet> facets;
    private int min;
    private int max = Branch.UNBOUNDED;

    /** What one schema says of an array's items: the first ones, and all others. */
    public record Facet(
            List<@Nullable Integer> first, @Nullable Integer others) {}

    ItemBounds() {
        facets = new ArrayList<>(2);
    }

    ItemBounds(ItemBounds other) {
        facets = new ArrayList<>(other.facets);
        min = other.min;
        max = other.max;
    }

    void add(Facet facet) {
        facets.add(facet);
    }

    void atLeast(int bound) {
        min = Math.max(min, bound);
    }

    void atMost(int bound) {
        max = Math.min(max, bound);
    }

    /** Whether no count is between the bounds. */
    boolean areCrossed() {
        return min > max;
    }

    /** The fewest items. */
    public int min() {
        return min;
    }

    /** The most items, or {@link Branch#UNBOUNDED}. */
    public int max() {
        return max;
    }

    /** What the facets together ask of the item with an index. */
    public Conjunction item(int index) {
        var conjunction = Conjunction.ANY;
        for (var facet : facets) {
            var literal = index < facet.first().size() ? facet.first().get(index) : facet.others();
            conjunction = literal == null ? conjunction : conjunction.and(literal);
        }
        return conjunction;
    }

    /** How many items the facets name one by one. */
    public int firstItems() {
        return facets.stream().mapToInt(facet -> facet.first().size()).max().orElse(0);
    }
}

package pantheon.night.grammar.schema.branch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a branch asks of an object. */
public final class PropertyBounds {
    private final List<Facet> facets;
    private final Set<String> required;
    private final Set<String> forbidden;
    private final Set<Integer> names;
    private int min;
    private int max = Branch.UNBOUNDED;

    /** What one schema says of an object's values: by name, by pattern, and of all others. */
    public record Facet(
            Map<String, Conjunction> named,
            Map<String, Integer> patterns,
            @Nullable Integer others) {
        /** Of one property. */
        public static Facet of(String name, int literal) {
            return new Facet(Map.of(name, Conjunction.of(literal)), Map.of(), null);
        }
    }

    PropertyBounds() {
        facets = new ArrayList<>(2);
        required = new LinkedHashSet<>();
        forbidden = new LinkedHashSet<>(2);
        names = new LinkedHashSet<>(2);
    }

    PropertyBounds(PropertyBounds other) {
        facets = new ArrayList<>(other.facets);
        required = new LinkedHashSet<>(other.required);
        forbidden = new LinkedHashSet<>(other.forbidden);
        names = new LinkedHashSet<>(other.names);
        min = other.min;
        max = other.max;
    }

    void add(Facet facet) {
        facets.add(facet);
    }

    void name(int literal) {
        names.add(literal);
    }

    void require(String name) {
        required.add(name);
    }

    void forbid(String name) {
        forbidden.add(name);
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

    public List<Facet> facets() {
        return Collections.unmodifiableList(facets);
    }

    /** The names that have to be there. */
    public Set<String> required() {
        return Collections.unmodifiableSet(required);
    }

    /** The names that must not be there. */
    public Set<String> forbidden() {
        return Collections.unmodifiableSet(forbidden);
    }

    /** Literals that every name has to fit. */
    public Set<Integer> names() {
        return Collections.unmodifiableSet(names);
    }

    /** The fewest properties. */
    public int min() {
        return min;
    }

    /** The most properties, or {@link Branch#UNBOUNDED}. */
    public int max() {
        return max;
    }

    /** The names that the facets know, in the order in which they were met. */
    public Set<String> knownNames() {
        var known = new LinkedHashSet<String>();
        facets.forEach(facet -> known.addAll(facet.named().keySet()));
        known.addAll(required);
        known.addAll(forbidden);
        return known;
    }

    /** The patterns of names that the facets have, each once. */
    public List<String> patterns() {
        return facets.stream()
                .flatMap(facet -> facet.patterns().keySet().stream())
                .distinct()
                .toList();
    }
}

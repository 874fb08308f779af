package pantheon.night.grammar.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One way to fit a conjunction: what it asks of each type of value, with every choice made.
 *
 * <p>A method that returns a boolean says whether anything can still fit.
 */
final class Branch {
    static final int NULL = 1;
    static final int TRUE = 2;
    static final int FALSE = 4;
    static final int NUMBER = 8;
    static final int STRING = 16;
    static final int ARRAY = 32;
    static final int OBJECT = 64;
    static final int ANY = 127;
    static final int UNBOUNDED = Integer.MAX_VALUE;

    int types = ANY;
    /** The values of {@code enum} and {@code const}, or null where any will do. */
    @Nullable
    List<JsonNode> allowed;

    @Nullable
    BigDecimal minimum;

    boolean exclusiveMinimum;

    @Nullable
    BigDecimal maximum;

    boolean exclusiveMaximum;
    boolean integer;
    boolean fractional;
    final List<BigDecimal> multiples;
    final List<BigDecimal> otherNumbers;

    /** Patterns and formats of a string. */
    final Set<Language> languages;

    final Set<String> otherStrings;
    int minLength;
    int maxLength = UNBOUNDED;

    final List<ArrayFacet> arrays;
    int minItems;
    int maxItems = UNBOUNDED;

    final List<ObjectFacet> objects;
    final Set<String> required;
    final Set<String> forbidden;
    /** Literals that every key has to fit. */
    final Set<Integer> names;

    int minProperties;
    int maxProperties = UNBOUNDED;

    /** What one schema says of an array's items: the first ones, and all others. */
    record ArrayFacet(List<Integer> first, @Nullable Integer others) {}

    /** What one schema says of an object's values: by name, by pattern, and of all others. */
    record ObjectFacet(
            Map<String, Conjunction> named,
            Map<String, Integer> patterns,
            @Nullable Integer others) {
        static ObjectFacet of(String name, int literal) {
            return new ObjectFacet(Map.of(name, Conjunction.of(literal)), Map.of(), null);
        }
    }

    Branch() {
        multiples = new ArrayList<>(0);
        otherNumbers = new ArrayList<>(0);
        languages = new LinkedHashSet<>(2);
        otherStrings = new LinkedHashSet<>(2);
        arrays = new ArrayList<>(2);
        objects = new ArrayList<>(2);
        required = new LinkedHashSet<>();
        forbidden = new LinkedHashSet<>(2);
        names = new LinkedHashSet<>(2);
    }

    Branch(Branch other) {
        types = other.types;
        allowed = other.allowed;
        minimum = other.minimum;
        exclusiveMinimum = other.exclusiveMinimum;
        maximum = other.maximum;
        exclusiveMaximum = other.exclusiveMaximum;
        integer = other.integer;
        fractional = other.fractional;
        multiples = new ArrayList<>(other.multiples);
        otherNumbers = new ArrayList<>(other.otherNumbers);
        languages = new LinkedHashSet<>(other.languages);
        otherStrings = new LinkedHashSet<>(other.otherStrings);
        minLength = other.minLength;
        maxLength = other.maxLength;
        arrays = new ArrayList<>(other.arrays);
        minItems = other.minItems;
        maxItems = other.maxItems;
        objects = new ArrayList<>(other.objects);
        required = new LinkedHashSet<>(other.required);
        forbidden = new LinkedHashSet<>(other.forbidden);
        names = new LinkedHashSet<>(other.names);
        minProperties = other.minProperties;
        maxProperties = other.maxProperties;
    }

    boolean only(int mask) {
        types &= mask;
        return types != 0;
    }

    boolean allows(int type) {
        return (types & type) != 0;
    }

    /** Takes a type away where a bound on its values has become impossible. */
    private boolean unless(boolean impossible, int type) {
        return only(impossible ? ANY & ~type : ANY);
    }

    boolean allow(List<JsonNode> values) {
        if (allowed == null) {
            allowed = values;
        } else {
            allowed = allowed.stream()
                    .filter(value -> values.stream().anyMatch(other -> Values.equal(value, other)))
                    .toList();
        }
        return !allowed.isEmpty();
    }

    boolean atLeast(BigDecimal bound, boolean exclusive) {
        int order = minimum == null ? 1 : bound.compareTo(minimum);
        if (order > 0 || (order == 0 && exclusive)) {
            minimum = bound;
            exclusiveMinimum = exclusive;
        }
        return unless(isNumberImpossible(), NUMBER);
    }

    boolean atMost(BigDecimal bound, boolean exclusive) {
        int order = maximum == null ? -1 : bound.compareTo(maximum);
        if (order < 0 || (order == 0 && exclusive)) {
            maximum = bound;
            exclusiveMaximum = exclusive;
        }
        return unless(isNumberImpossible(), NUMBER);
    }

    boolean onlyIntegers() {
        integer = true;
        return unless(fractional, NUMBER);
    }

    boolean noIntegers() {
        fractional = true;
        return unless(integer, NUMBER);
    }

    private boolean isNumberImpossible() {
        if (minimum == null || maximum == null) {
            return false;
        }
        int order = minimum.compareTo(maximum);
        return order > 0 || (order == 0 && (exclusiveMinimum || exclusiveMaximum));
    }

    boolean isIn(Language language) {
        languages.add(language);
        return unless(languages.contains(language.opposite()), STRING);
    }

    boolean differ(String text) {
        otherStrings.add(text);
        return true;
    }

    boolean name(int literal) {
        names.add(literal);
        return true;
    }

    boolean lengthAtLeast(int bound) {
        minLength = Math.max(minLength, bound);
        return unless(minLength > maxLength, STRING);
    }

    boolean lengthAtMost(int bound) {
        maxLength = Math.min(maxLength, bound);
        return unless(minLength > maxLength, STRING);
    }

    boolean itemsAtLeast(int bound) {
        minItems = Math.max(minItems, bound);
        return unless(minItems > maxItems, ARRAY);
    }

    boolean itemsAtMost(int bound) {
        maxItems = Math.min(maxItems, bound);
        return unless(minItems > maxItems, ARRAY);
    }

    boolean propertiesAtLeast(int bound) {
        minProperties = Math.max(minProperties, bound);
        return unless(minProperties > maxProperties, OBJECT);
    }

    boolean propertiesAtMost(int bound) {
        maxProperties = Math.min(maxProperties, bound);
        return unless(minProperties > maxProperties, OBJECT);
    }

    boolean require(String name) {
        required.add(name);
        return unless(forbidden.contains(name), OBJECT);
    }

    boolean forbid(String name) {
        forbidden.add(name);
        return unless(required.contains(name), OBJECT);
    }

    /** What the facets together ask of the item with an index. */
    Conjunction item(int index) {
        var conjunction = Conjunction.ANY;
        for (var facet : arrays) {
            var literal = index < facet.first().size() ? facet.first().get(index) : facet.others();
            conjunction = literal == null ? conjunction : conjunction.and(literal);
        }
        return conjunction;
    }

    /** How many items the facets name one by one. */
    int firstItems() {
        return arrays.stream().mapToInt(facet -> facet.first().size()).max().orElse(0);
    }

    /** The names that the facets know, in the order in which they were met. */
    Set<String> knownNames() {
        var known = new LinkedHashMap<String, Boolean>();
        objects.forEach(facet -> facet.named().keySet().forEach(name -> known.put(name, true)));
        required.forEach(name -> known.put(name, true));
        forbidden.forEach(name -> known.put(name, true));
        return known.keySet();
    }
}

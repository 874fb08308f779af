package pantheon.night.grammar.schema.branch;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One way to fit a conjunction: what it asks of each type of value, with every choice made.
 *
 * <p>A method that returns a boolean says whether anything can still fit.
 */
public final class Branch {
    public static final int NULL = 1;
    public static final int TRUE = 2;
    public static final int FALSE = 4;
    public static final int NUMBER = 8;
    public static final int STRING = 16;
    public static final int ARRAY = 32;
    public static final int OBJECT = 64;
    public static final int ANY = 127;
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    private int types = ANY;
    private @Nullable List<JsonNode> allowed;
    private final NumberBounds numbers;
    private final StringBounds strings;
    private final ItemBounds items;
    private final PropertyBounds properties;

    /** Any value. */
    public Branch() {
        numbers = new NumberBounds();
        strings = new StringBounds();
        items = new ItemBounds();
        properties = new PropertyBounds();
    }

    /** A branch that goes on from another one. */
    public Branch(Branch other) {
        types = other.types;
        allowed = other.allowed;
        numbers = new NumberBounds(other.numbers);
        strings = new StringBounds(other.strings);
        items = new ItemBounds(other.items);
        properties = new PropertyBounds(other.properties);
    }

    /** The values of {@code enum} and {@code const}, or null where any will do. */
    public @Nullable List<JsonNode> allowed() {
        return allowed;
    }

    public NumberBounds numbers() {
        return numbers;
    }

    public StringBounds strings() {
        return strings;
    }

    public ItemBounds items() {
        return items;
    }

    public PropertyBounds properties() {
        return properties;
    }

    public boolean only(int mask) {
        types &= mask;
        return types != 0;
    }

    public boolean allows(int type) {
        return (types & type) != 0;
    }

    /** Takes a type away where a bound on its values has become impossible. */
    private boolean unless(boolean impossible, int type) {
        return only(impossible ? ANY & ~type : ANY);
    }

    public boolean allow(List<JsonNode> values) {
        if (allowed == null) {
            allowed = values;
        } else {
            allowed = allowed.stream()
                    .filter(value -> values.stream().anyMatch(other -> Values.equal(value, other)))
                    .toList();
        }
        return !allowed.isEmpty();
    }

    public boolean atLeast(BigDecimal bound, boolean exclusive) {
        numbers.atLeast(bound, exclusive);
        return unless(numbers.areCrossed(), NUMBER);
    }

    public boolean atMost(BigDecimal bound, boolean exclusive) {
        numbers.atMost(bound, exclusive);
        return unless(numbers.areCrossed(), NUMBER);
    }

    public boolean onlyIntegers() {
        numbers.onlyIntegers();
        return unless(numbers.isFractional(), NUMBER);
    }

    public boolean noIntegers() {
        numbers.noIntegers();
        return unless(numbers.isInteger(), NUMBER);
    }

    public boolean multipleOf(BigDecimal step) {
        numbers.multipleOf(step);
        return true;
    }

    public boolean differ(BigDecimal number) {
        numbers.differ(number);
        return true;
    }

    public boolean isIn(Language language) {
        strings.isIn(language);
        return unless(strings.languages().contains(language.opposite()), STRING);
    }

    public boolean differ(String text) {
        strings.differ(text);
        return true;
    }

    public boolean lengthAtLeast(int bound) {
        strings.atLeast(bound);
        return unless(strings.areCrossed(), STRING);
    }

    public boolean lengthAtMost(int bound) {
        strings.atMost(bound);
        return unless(strings.areCrossed(), STRING);
    }

    public boolean add(ItemBounds.Facet facet) {
        items.add(facet);
        return true;
    }

    public boolean itemsAtLeast(int bound) {
        items.atLeast(bound);
        return unless(items.areCrossed(), ARRAY);
    }

    public boolean itemsAtMost(int bound) {
        items.atMost(bound);
        return unless(items.areCrossed(), ARRAY);
    }

    public boolean add(PropertyBounds.Facet facet) {
        properties.add(facet);
        return true;
    }

    public boolean propertiesAtLeast(int bound) {
        properties.atLeast(bound);
        return unless(properties.areCrossed(), OBJECT);
    }

    public boolean propertiesAtMost(int bound) {
        properties.atMost(bound);
        return unless(properties.areCrossed(), OBJECT);
    }

    public boolean name(int literal) {
        properties.name(literal);
        return true;
    }

    public boolean require(String name) {
        properties.require(name);
        return unless(properties.forbidden().contains(name), OBJECT);
    }

    public boolean forbid(String name) {
        properties.forbid(name);
        return unless(properties.required().contains(name), OBJECT);
    }
}

package pantheon.night.grammar.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.language.text.ByteTable;
import pantheon.night.language.text.JsonText;

/**
 * Objects: known properties in their order, others by the language of their names, and how many there may be.
 *
 * <p>"From" is the index of the first known property that can still come, since they come in order; others can come
 * anywhere between.
 */
public final class ObjectShape implements Alternative {
    /** The bytes around a key and its value beside the key's own: quotes, colon, blanks, comma. */
    private static final int AROUND = 6;
    /** Those of them before the name: comma, blank, quote. */
    private static final int BEFORE_NAME = 3;

    private final List<Property> properties;
    private final List<Property> required;
    private final List<Others> others;
    private final int min;
    private final int max;

    private NameTrie names = new NameTrie(List.of(), new boolean[0]);
    private int[] requiredFrom = {};
    private int[] firstRequired = {};
    private int[] usableFrom = {};
    private long[] bytesFrom = {};
    private int cheapestOthers = ValueSet.NEVER;

    /**
     * A property whose name is known.
     *
     * @param written the name as it stands between quotes
     */
    public record Property(String written, ValueSet values, boolean required) {
        public boolean isUsable() {
            return !values.isEmpty();
        }

        byte[] bytes() {
            return written.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Properties with other names.
     *
     * @param names what can stand between the quotes
     * @param any whether every name is in the language, the known ones too, which do not count
     */
    public record Others(ByteTable names, boolean any, ValueSet values) {
        int shortest() {
            // Two more bytes, so that several of them can have names that differ.
            return values.isEmpty() ? ValueSet.NEVER : names.shortest(names.start()) + 2 + AROUND + values.shortest();
        }
    }

    ObjectShape(List<Property> properties, List<Others> others, int min, int max) {
        this.properties = List.copyOf(properties);
        this.others = List.copyOf(others);
        required = properties.stream().filter(Property::required).toList();
        this.min = min;
        this.max = max;
    }

    /** Makes the tables, once the sets below are known to be empty or not. */
    void finish() {
        int count = properties.size();
        requiredFrom = new int[count + 1];
        firstRequired = new int[count + 1];
        usableFrom = new int[count + 1];
        bytesFrom = new long[count + 1];
        firstRequired[count] = count;
        for (int i = count - 1; i >= 0; i--) {
            sumUp(i, properties.get(i));
        }
        cheapestOthers = cheapestOthers();
        names = names(properties);
    }

    /** Makes a property's row from that of the property behind it. */
    private void sumUp(int i, Property property) {
        boolean required = property.required();
        requiredFrom[i] = requiredFrom[i + 1] + (required ? 1 : 0);
        firstRequired[i] = required ? i : firstRequired[i + 1];
        usableFrom[i] = usableFrom[i + 1] + (property.isUsable() ? 1 : 0);
        bytesFrom[i] = bytesFrom[i + 1] + (required ? cost(property) : 0);
    }

    private static NameTrie names(List<Property> properties) {
        var usable = new boolean[properties.size()];
        for (int i = 0; i < usable.length; i++) {
            usable[i] = properties.get(i).isUsable();
        }
        return new NameTrie(properties.stream().map(Property::bytes).toList(), usable);
    }

    private static long cost(Property property) {
        return property.bytes().length + AROUND + (long) property.values().shortest();
    }

    private int cheapestOthers() {
        return others.stream().mapToInt(Others::shortest).min().orElse(ValueSet.NEVER);
    }

    /** The known properties, in their order. */
    public List<Property> properties() {
        return properties;
    }

    /** The fewest properties. */
    public int min() {
        return min;
    }

    /** The most properties, {@link Branch#UNBOUNDED} for any number. */
    public int max() {
        return max;
    }

    public NameTrie names() {
        return names;
    }

    /** Whether there are known names at all. */
    public boolean knowsNames() {
        return !properties.isEmpty();
    }

    public boolean isUsable(int index) {
        return properties.get(index).isUsable();
    }

    /** A count of properties, as far as it matters: up to the fewest, where there is no upper bound. */
    public int counted(int count) {
        return max == Branch.UNBOUNDED ? Math.min(count, min) : count;
    }

    /** The bytes that are left of the object inside a known key, whichever it becomes. */
    public int shortestKnown(int node, int first, int last, int count) {
        long best = ValueSet.NEVER;
        for (int index : names.below(node)) {
            if (first <= index && index <= last) {
                var property = properties.get(index);
                long key = property.bytes().length - names.depth(node) + 3L;
                best = Math.min(best, key + property.values().shortest() + shortest(index + 1, counted(count + 1)));
            }
        }
        return (int) best;
    }

    /** The bytes that are left before a key's opening quote. */
    public int shortestKey(int from, int count) {
        long known = shortestKnown(NameTrie.ROOT, firstNext(from, count), lastNext(from, count), count);
        long other = mayTakeOthers(from, count)
                ? (long) cheapestOthers - BEFORE_NAME + shortest(from, counted(count + 1))
                : ValueSet.NEVER;
        return (int) Math.min(Math.min(known, other) + 1, ValueSet.NEVER - 1);
    }

    public Property property(int index) {
        return properties.get(index);
    }

    public List<Others> others() {
        return others;
    }

    public boolean mayClose(int from, int count) {
        return count >= min && requiredFrom[from] == 0;
    }

    /** The first known property that can be next; see {@link #lastNext}. */
    public int firstNext(int from, int count) {
        // Where only the required ones still fit, those between are passed over.
        return (long) count + requiredFrom[from] < max ? from : firstRequired[from];
    }

    /** The last known property that can be next, less than {@link #firstNext} where there is none. */
    public int lastNext(int from, int count) {
        if (count >= max) {
            return -1;
        }
        int last = Math.min(firstRequired[from], properties.size() - 1);
        if (cheapestOthers == ValueSet.NEVER) {
            while (last >= from && count + usableFrom[last] < min) {
                last--;
            }
        }
        return last;
    }

    /** Whether a property with another name can be next. */
    public boolean mayTakeOthers(int from, int count) {
        return cheapestOthers != ValueSet.NEVER && count + requiredFrom[from] < max;
    }

    public boolean mayGoOn(int from, int count) {
        return mayTakeOthers(from, count)
                || names.leadsTo(NameTrie.ROOT, firstNext(from, count), lastNext(from, count));
    }

    /** The bytes that are left, the closing brace included: what is required, and what the fewest ask for. */
    public int shortest(int from, int count) {
        long bytes = 1 + bytesFrom[from];
        int missing = min - count - requiredFrom[from];
        if (missing > 0) {
            bytes += cheapest(from, missing);
        }
        return (int) Math.min(bytes, ValueSet.NEVER - 1);
    }

    private long cheapest(int from, int missing) {
        var costs = new ArrayList<Long>();
        for (var property : properties.subList(from, properties.size())) {
            if (!property.required() && property.isUsable()) {
                costs.add(cost(property));
            }
        }
        costs.sort(Long::compare);
        long bytes = costs.stream().limit(missing).mapToLong(cost -> cost).sum();
        int more = missing - costs.size();
        return more <= 0
                ? bytes
                : cheapestOthers() == ValueSet.NEVER ? ValueSet.NEVER : bytes + (long) more * cheapestOthers();
    }

    @Override
    public int shortest() {
        if (required.size() > max || !required.stream().allMatch(Property::isUsable)) {
            return ValueSet.NEVER;
        }
        long least = 2 + required.stream().mapToLong(ObjectShape::cost).sum();
        long more = required.size() < min ? cheapest(0, min - required.size()) : 0;
        return more >= ValueSet.NEVER ? ValueSet.NEVER : (int) Math.min(least + more, ValueSet.NEVER - 1);
    }

    @Override
    public boolean startsWith(int firstByte) {
        return firstByte == '{';
    }

    @Override
    public Stream<ValueSet> children() {
        return Stream.concat(
                properties.stream().map(Property::values), others.stream().map(Others::values));
    }

    @Override
    public Stream<ValueSet> needed() {
        return min > required.size() ? children() : required.stream().map(Property::values);
    }

    /** How many of the known properties from one on are required. */
    int requiredFrom(int from) {
        return requiredFrom[from];
    }

    /** The same with other sets of values; its tables are not made yet. */
    ObjectShape with(UnaryOperator<ValueSet> values) {
        var changed = properties.stream()
                .map(property -> new Property(property.written(), values.apply(property.values()), property.required()))
                .toList();
        var changedOthers = others.stream()
                .map(other -> new Others(other.names(), other.any(), values.apply(other.values())))
                .toList();
        return new ObjectShape(changed, changedOthers, min, max);
    }

    /** The same with other sets of values and none but the known properties. */
    ObjectShape ofNames(UnaryOperator<ValueSet> values) {
        var shape = new ObjectShape(with(values).properties, List.of(), min, max);
        shape.finish();
        return shape;
    }

    /** The same, with other values for one property, which it knows. */
    ObjectShape with(String name, ValueSet values) {
        var written = JsonText.write(name);
        var changed = properties.stream()
                .map(property -> property.written().equals(written)
                        ? new Property(written, values, property.required())
                        : property)
                .toList();
        var shape = new ObjectShape(changed, others, min, max);
        shape.finish();
        return shape;
    }
}

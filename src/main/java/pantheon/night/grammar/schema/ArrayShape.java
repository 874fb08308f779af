package pantheon.night.grammar.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.schema.branch.Branch;

/** Arrays: the sets of the first items one by one, that of all others, and how many there may be. */
public final class ArrayShape implements Alternative {
    private final List<ValueSet> first;
    private final @Nullable ValueSet others;
    private final int min;
    private final int max;

    /** @param others null where there can be none but the first */
    ArrayShape(List<ValueSet> first, @Nullable ValueSet others, int min, int max) {
        this.first = List.copyOf(first);
        this.others = others;
        this.min = min;
        this.max = others == null ? Math.min(max, first.size()) : max;
    }

    /** The same with other sets of items. */
    ArrayShape with(UnaryOperator<ValueSet> items) {
        return new ArrayShape(
                first.stream().map(items).toList(), others == null ? null : items.apply(others), min, max);
    }

    /** The fewest items. */
    public int min() {
        return min;
    }

    /** The most items, {@link Branch#UNBOUNDED} for any number. */
    public int max() {
        return max;
    }

    /** How many items have a set of their own, the first ones. */
    public int firstItems() {
        return first.size();
    }

    /** Whether there can be an item with this index, from 0. */
    public boolean canHold(int index) {
        return index < max && !item(index).isEmpty();
    }

    /** A count of items, as far as it matters: beyond the first ones and the fewest, only an upper bound asks for it. */
    public int counted(int count) {
        return max == Branch.UNBOUNDED ? Math.min(count, Math.max(min, Math.max(1, first.size()))) : count;
    }

    /** The set of the item with an index. */
    public ValueSet item(int index) {
        if (index < first.size()) {
            return first.get(index);
        }
        if (others == null) {
            throw new IllegalStateException("there is no item " + index);
        }
        return others;
    }

    /** The bytes that are left after some items: the others that are needed, and the closing bracket. */
    public int shortest(int from) {
        long bytes = 1;
        for (int i = from; i < min; i++) {
            if (i >= max || item(i).isEmpty()) {
                return ValueSet.NEVER;
            }
            if (i >= first.size()) {
                bytes += (long) (min - i) * (item(i).shortest() + 2L);
                break;
            }
            bytes += item(i).shortest() + 2L;
        }
        return (int) Math.min(bytes, ValueSet.NEVER - 1);
    }

    @Override
    public int shortest() {
        int rest = shortest(0);
        return rest >= ValueSet.NEVER - 1 ? rest : rest + 1;
    }

    @Override
    public boolean startsWith(int firstByte) {
        return firstByte == '[';
    }

    @Override
    public Stream<ValueSet> children() {
        return others == null ? first.stream() : Stream.concat(first.stream(), Stream.of(others));
    }

    @Override
    public Stream<ValueSet> needed() {
        var needed = new ArrayList<>(first.subList(0, Math.min(min, first.size())));
        if (others != null && min > first.size()) {
            needed.add(others);
        }
        return needed.stream();
    }
}

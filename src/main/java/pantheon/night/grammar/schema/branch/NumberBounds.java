package pantheon.night.grammar.schema.branch;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a branch asks of a number. */
public final class NumberBounds {
    private @Nullable BigDecimal minimum;
    private boolean exclusiveMinimum;
    private @Nullable BigDecimal maximum;
    private boolean exclusiveMaximum;
    private boolean integer;
    private boolean fractional;
    private final List<BigDecimal> multiples;
    private final List<BigDecimal> others;

    NumberBounds() {
        multiples = new ArrayList<>(0);
        others = new ArrayList<>(0);
    }

    NumberBounds(NumberBounds other) {
        minimum = other.minimum;
        exclusiveMinimum = other.exclusiveMinimum;
        maximum = other.maximum;
        exclusiveMaximum = other.exclusiveMaximum;
        integer = other.integer;
        fractional = other.fractional;
        multiples = new ArrayList<>(other.multiples);
        others = new ArrayList<>(other.others);
    }

    void atLeast(BigDecimal bound, boolean exclusive) {
        int order = minimum == null ? 1 : bound.compareTo(minimum);
        if (order > 0 || (order == 0 && exclusive)) {
            minimum = bound;
            exclusiveMinimum = exclusive;
        }
    }

    void atMost(BigDecimal bound, boolean exclusive) {
        int order = maximum == null ? -1 : bound.compareTo(maximum);
        if (order < 0 || (order == 0 && exclusive)) {
            maximum = bound;
            exclusiveMaximum = exclusive;
        }
    }

    void onlyIntegers() {
        integer = true;
    }

    void noIntegers() {
        fractional = true;
    }

    void multipleOf(BigDecimal step) {
        multiples.add(step);
    }

    void differ(BigDecimal value) {
        others.add(value);
    }

    /** Whether no number is between the bounds. */
    boolean areCrossed() {
        if (minimum == null || maximum == null) {
            return false;
        }
        int order = minimum.compareTo(maximum);
        return order > 0 || (order == 0 && (exclusiveMinimum || exclusiveMaximum));
    }

    /** The bound from below, or null for none. */
    public @Nullable BigDecimal minimum() {
        return minimum;
    }

    public boolean isMinimumExclusive() {
        return exclusiveMinimum;
    }

    /** The bound from above, or null for none. */
    public @Nullable BigDecimal maximum() {
        return maximum;
    }

    public boolean isMaximumExclusive() {
        return exclusiveMaximum;
    }

    /** Whether it has to be whole. */
    public boolean isInteger() {
        return integer;
    }

    /** Whether it must not be whole. */
    public boolean isFractional() {
        return fractional;
    }

    /** The steps of which it has to be a multiple. */
    public List<BigDecimal> multiples() {
        return Collections.unmodifiableList(multiples);
    }

    /** The numbers from which it has to differ. */
    public List<BigDecimal> others() {
        return Collections.unmodifiableList(others);
    }

    /** Whether nothing is asked but, perhaps, that it is whole. */
    public boolean isPlain() {
        return minimum == null && maximum == null && !fractional && multiples.isEmpty() && others.isEmpty();
    }

    public boolean fits(BigDecimal number) {
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        return !(integer && !whole)
                && !(fractional && whole)
                && isAbove(number)
                && isBelow(number)
                && multiples.stream().allMatch(step -> number.remainder(step).signum() == 0)
                && others.stream().noneMatch(other -> other.compareTo(number) == 0);
    }

    private boolean isAbove(BigDecimal number) {
        int order = minimum == null ? 1 : number.compareTo(minimum);
        return order > 0 || (order == 0 && !exclusiveMinimum);
    }

    private boolean isBelow(BigDecimal number) {
        int order = maximum == null ? -1 : number.compareTo(maximum);
        return order < 0 || (order == 0 && !exclusiveMaximum);
    }
}

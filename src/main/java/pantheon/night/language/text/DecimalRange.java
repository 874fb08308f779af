package pantheon.night.language.text;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers between two bounds, each of which may be missing.
 *
 * @param exclusiveMinimum whether the minimum itself is out
 * @param exclusiveMaximum whether the maximum itself is out
 */
record DecimalRange(
        @Nullable BigDecimal minimum,
        boolean exclusiveMinimum,
        @Nullable BigDecimal maximum,
        boolean exclusiveMaximum) {
    boolean reachesAboveZero() {
        return maximum == null || maximum.signum() > 0 || (maximum.signum() == 0 && !exclusiveMaximum);
    }

    boolean reachesBelowZero() {
        return minimum == null || minimum.signum() < 0 || (minimum.signum() == 0 && !exclusiveMinimum);
    }

    /** Whether more is bounded than the sign. */
    boolean isBoundedBeyondSign() {
        return bounds().anyMatch(bound -> bound.signum() != 0);
    }

    /** The most digits that a bound has before the point, 1 at least. */
    int wholeDigits() {
        return bounds().mapToInt(bound -> bound.precision() - bound.scale()).reduce(1, Math::max);
    }

    private Stream<BigDecimal> bounds() {
        return Stream.of(minimum, maximum).filter(Objects::nonNull);
    }

    /** The same numbers with the other sign. */
    DecimalRange mirrored() {
        return new DecimalRange(negated(maximum), exclusiveMaximum, negated(minimum), exclusiveMinimum);
    }

    private static @Nullable BigDecimal negated(@Nullable BigDecimal bound) {
        return bound == null ? null : bound.negate();
    }
}

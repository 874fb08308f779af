package pantheon.night.language.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.jspecify.annotations.Nullable;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.language.pattern.EcmaPattern;

/**
 * JSON numbers by their values.
 *
 * <p>Integers are written plainly, without a fraction of zeros. An exponent, of 17 at most, can be written only where at
 * most the sign is bounded. Within other bounds numbers are written out, with
 * no more digits behind the point than a double tells apart, since validators compare doubles.
 */
public final class Decimals {
    private static final String WHOLE = "(0|[1-9]\\d*)";
    private static final String FRACTION = "(\\.\\d+)?";
    /** Numbers that are whole, or whose doubles a 64-bit integer can be compared with, as validators do. */
    private static final String COMPARABLE =
            "-?(0|[1-9]\\d*|(0|[1-9]\\d{0,17})\\.\\d+|\\d(\\.\\d+)?[eE](-\\d{1,2}|\\+?(\\d|1[0-7])))";

    private static final String EXPONENT = "([eE][+-]?\\d{1,2})?";
    private static final int DOUBLE_DIGITS = 17;
    private static final int MOST_DIGITS = 400;

    private Decimals() {}

    /**
     * The texts of numbers.
     *
     * @param integer whether only whole numbers count
     * @param multipleOf positive, or null
     * @throws UnsupportedPattern where a bound is too long, or {@code multipleOf} too large, for an automaton
     */
    public static Automaton language(
            @Nullable BigDecimal minimum,
            boolean exclusiveMinimum,
            @Nullable BigDecimal maximum,
            boolean exclusiveMaximum,
            boolean integer,
            @Nullable BigDecimal multipleOf) {
        var range = new DecimalRange(minimum, exclusiveMinimum, maximum, exclusiveMaximum);
        boolean plain = integer || multipleOf != null || range.isBoundedBeyondSign();
        var all = plain ? plain(range) : Automatons.intersection(signed(range, regex(EXPONENT)), regex(COMPARABLE));
        if (integer) {
            all = Automatons.intersection(all, regex("-?" + WHOLE));
        }
        return multipleOf == null ? all : Automatons.intersection(all, Multiples.of(multipleOf));
    }

    private static Automaton plain(DecimalRange range) {
        var all = signed(range, Automata.makeEmptyString());
        return range.isBoundedBeyondSign() ? Automatons.intersection(all, regex("-?" + WHOLE + fraction(range))) : all;
    }

    /** Numbers in a range, with an exponent behind that is not looked at. */
    private static Automaton signed(DecimalRange range, Automaton exponent) {
        var sides = new ArrayList<Automaton>();
        if (range.reachesAboveZero()) {
            sides.add(unsigned(range));
        }
        if (range.reachesBelowZero()) {
            sides.add(Operations.concatenate(List.of(Automata.makeChar('-'), unsigned(range.mirrored()))));
        }
        return Automatons.deterministic(Operations.concatenate(List.of(Operations.union(sides), exponent)));
    }

    /** Numbers with a fraction other than zero, written out; short enough that a double keeps it. */
    public static Automaton fractional() {
        return regex("-?(0|[1-9]\\d{0,8})\\.\\d{0,5}[1-9]");
    }

    /** Numbers that are written out. */
    public static Automaton plain() {
        return regex("-?" + WHOLE + FRACTION);
    }

    /** The most digits behind the point that keep a double apart from bounds. */
    private static String fraction(DecimalRange range) {
        return "(\\.\\d{1,%d})?".formatted(Math.max(1, DOUBLE_DIGITS - range.wholeDigits()));
    }

    private static Automaton regex(String pattern) {
        return EcmaPattern.language("^" + (pattern.contains("|") ? "(?:" + pattern + ")" : pattern) + "$");
    }

    /** Numbers without a sign in a range; a bound below zero is none from below, and all from above. */
    private static Automaton unsigned(DecimalRange range) {
        var from = range.minimum();
        var to = range.maximum();
        var all = from == null || from.signum() < 0 ? regex(WHOLE + FRACTION) : atLeast(from, range.exclusiveMinimum());
        return to == null ? all : Automatons.minus(all, atLeast(to, !range.exclusiveMaximum()));
    }

    private static Automaton atLeast(BigDecimal bound, boolean exclusive) {
        var parts = written(bound).split("\\.", 2);
        var whole = parts[0];
        var fraction = parts.length < 2 ? "" : parts[1];
        var ways = new ArrayList<String>();
        ways.add("[1-9]\\d{%d}\\d*%s".formatted(whole.length(), FRACTION));
        addGreaterWhole(whole, ways);
        addGreaterFraction(whole, fraction, ways);
        ways.add(sameDigits(whole, fraction, exclusive));
        return regex(String.join("|", ways));
    }

    private static String written(BigDecimal bound) {
        var plain = bound.signum() == 0 ? BigDecimal.ZERO : bound.stripTrailingZeros();
        if (Math.abs((long) plain.scale()) > MOST_DIGITS || plain.precision() > MOST_DIGITS) {
            throw new UnsupportedPattern("the bound %s has more than %d digits".formatted(bound, MOST_DIGITS));
        }
        return plain.toPlainString();
    }

    private static void addGreaterWhole(String whole, List<String> ways) {
        for (int i = 0; i < whole.length(); i++) {
            var after = "\\d{%d}%s".formatted(whole.length() - i - 1, FRACTION);
            greater(whole.charAt(i), whole.substring(0, i), after).ifPresent(ways::add);
        }
    }

    private static void addGreaterFraction(String whole, String fraction, List<String> ways) {
        for (int i = 0; i < fraction.length(); i++) {
            var before = whole + "\\." + fraction.substring(0, i);
            greater(fraction.charAt(i), before, "\\d*").ifPresent(ways::add);
        }
    }

    /** What has a greater digit in a place than some one; nothing where that is a nine. */
    private static Optional<String> greater(char digit, String before, String after) {
        return digit == '9' ? Optional.empty() : Optional.of("%s[%c-9]%s".formatted(before, digit + 1, after));
    }

    /** What begins with all the digits of a bound; where the bound itself is out, with something behind them. */
    private static String sameDigits(String whole, String fraction, boolean exclusive) {
        return fraction.isEmpty()
                ? whole + (exclusive ? "\\.\\d*[1-9]\\d*" : FRACTION)
                : whole + "\\." + fraction + (exclusive ? "\\d*[1-9]\\d*" : "\\d*");
    }
}

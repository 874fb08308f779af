package pantheon.night.grammar.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.jspecify.annotations.Nullable;

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
    private static final int MOST_REMAINDERS = 5_000;

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
        boolean plain = integer || multipleOf != null || isBoundBeyondSign(minimum) || isBoundBeyondSign(maximum);
        var exponent = plain ? Automata.makeEmptyString() : regex(EXPONENT);
        var sides = new ArrayList<Automaton>();
        if (maximum == null || maximum.signum() > 0 || (maximum.signum() == 0 && !exclusiveMaximum)) {
            sides.add(side(minimum, exclusiveMinimum, maximum, exclusiveMaximum));
        }
        if (minimum == null || minimum.signum() < 0 || (minimum.signum() == 0 && !exclusiveMinimum)) {
            sides.add(Operations.concatenate(List.of(
                    Automata.makeChar('-'),
                    side(negated(maximum), exclusiveMaximum, negated(minimum), exclusiveMinimum))));
        }
        var all = Automatons.deterministic(Operations.concatenate(List.of(Operations.union(sides), exponent)));
        if (isBoundBeyondSign(minimum) || isBoundBeyondSign(maximum)) {
            all = Automatons.intersection(all, regex("-?" + WHOLE + fraction(minimum, maximum)));
        }
        if (!plain) {
            all = Automatons.intersection(all, regex(COMPARABLE));
        }
        if (integer) {
            all = Automatons.intersection(all, regex("-?" + WHOLE));
        }
        return multipleOf == null ? all : Automatons.intersection(all, multiples(multipleOf));
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
    private static String fraction(@Nullable BigDecimal... bounds) {
        int whole = 1;
        for (var bound : bounds) {
            whole = Math.max(whole, bound == null ? 1 : bound.precision() - bound.scale());
        }
        return "(\\.\\d{1,%d})?".formatted(Math.max(1, DOUBLE_DIGITS - whole));
    }

    private static Automaton regex(String pattern) {
        return EcmaPattern.language("^" + (pattern.contains("|") ? "(?:" + pattern + ")" : pattern) + "$");
    }

    private static boolean isBoundBeyondSign(@Nullable BigDecimal bound) {
        return bound != null && bound.signum() != 0;
    }

    private static @Nullable BigDecimal negated(@Nullable BigDecimal bound) {
        return bound == null ? null : bound.negate();
    }

    /** Numbers without a sign between bounds; a bound below zero is none from below, and all from above. */
    private static Automaton side(
            @Nullable BigDecimal from, boolean exclusiveFrom, @Nullable BigDecimal to, boolean exclusiveTo) {
        var all = from == null || from.signum() < 0 ? regex(WHOLE + FRACTION) : atLeast(from, exclusiveFrom);
        return to == null ? all : Automatons.minus(all, atLeast(to, !exclusiveTo));
    }

    private static Automaton atLeast(BigDecimal bound, boolean exclusive) {
        var plain = bound.signum() == 0 ? BigDecimal.ZERO : bound.stripTrailingZeros();
        if (Math.abs((long) plain.scale()) > MOST_DIGITS || plain.precision() > MOST_DIGITS) {
            throw new UnsupportedPattern("the bound %s has more than %d digits".formatted(bound, MOST_DIGITS));
        }
        var text = plain.toPlainString();
        int point = text.indexOf('.');
        var whole = point < 0 ? text : text.substring(0, point);
        var fraction = point < 0 ? "" : text.substring(point + 1);
        var ways = new ArrayList<String>();
        ways.add("[1-9]\\d{%d}\\d*%s".formatted(whole.length(), FRACTION));
        for (int i = 0; i < whole.length(); i++) {
            above(whole.charAt(i))
                    .ifPresent(ways, whole.substring(0, i), "\\d{%d}%s".formatted(whole.length() - i - 1, FRACTION));
        }
        for (int i = 0; i < fraction.length(); i++) {
            above(fraction.charAt(i)).ifPresent(ways, whole + "\\." + fraction.substring(0, i), "\\d*");
        }
        if (fraction.isEmpty()) {
            ways.add(whole + (exclusive ? "\\.\\d*[1-9]\\d*" : FRACTION));
        } else {
            ways.add(whole + "\\." + fraction + (exclusive ? "\\d*[1-9]\\d*" : "\\d*"));
        }
        return regex(String.join("|", ways));
    }

    private static Digits above(char digit) {
        return new Digits(digit == '9' ? "" : "[%c-9]".formatted(digit + 1));
    }

    private record Digits(String pattern) {
        void ifPresent(List<String> ways, String before, String after) {
            if (!pattern.isEmpty()) {
                ways.add(before + pattern + after);
            }
        }
    }

    /** Numbers that are written out and whose value is a multiple, by the remainder of their digits. */
    private static Automaton multiples(BigDecimal step) {
        var plain = step.stripTrailingZeros();
        int places = Math.max(0, plain.scale());
        BigInteger unit = plain.setScale(places).unscaledValue();
        if (unit.signum() <= 0) {
            throw new UnsupportedPattern("multipleOf is %s; expected more than 0".formatted(step));
        }
        if (unit.bitLength() > 16 || unit.intValueExact() * (places + 2L) > MOST_REMAINDERS) {
            throw new UnsupportedPattern("an automaton of the multiples of %s is too complex".formatted(step));
        }
        int modulus = unit.intValueExact();
        var out = new Automaton.Builder();
        int sign = out.createState();
        int first = out.createState();
        int zero = out.createState();
        out.addTransition(sign, first, '-');
        // Rows of remainders: before the point, then after each place behind it.
        var rows = new int[places + 2][modulus];
        for (var row : rows) {
            for (int i = 0; i < modulus; i++) {
                row[i] = out.createState();
            }
        }
        var point = new int[modulus];
        for (int i = 0; i < modulus; i++) {
            point[i] = out.createState();
        }
        for (int from : new int[] {sign, first}) {
            out.addTransition(from, zero, '0');
            for (int digit = 1; digit <= 9; digit++) {
                out.addTransition(from, rows[0][digit % modulus], '0' + digit);
            }
        }
        out.addTransition(zero, point[0], '.');
        out.setAccept(zero, true);
        for (int rest = 0; rest < modulus; rest++) {
            out.addTransition(rows[0][rest], point[rest], '.');
            for (int digit = 0; digit <= 9; digit++) {
                int next = (rest * 10 + digit) % modulus;
                out.addTransition(rows[0][rest], rows[0][next], '0' + digit);
                for (int place = 0; place < places; place++) {
                    out.addTransition(place == 0 ? point[rest] : rows[place][rest], rows[place + 1][next], '0' + digit);
                }
            }
            for (int place = 0; place <= places; place++) {
                long whole = rest;
                for (int i = place; i < places; i++) {
                    whole = whole * 10 % modulus;
                }
                out.setAccept(rows[place][rest], whole % modulus == 0);
            }
        }
        zeros(out, rows, point, places);
        return Automatons.deterministic(out.finish());
    }

    /** Behind the last place that counts, zeros alone can follow. */
    private static void zeros(Automaton.Builder out, int[][] rows, int[] point, int places) {
        int last = rows[places + 1][0];
        out.setAccept(last, true);
        out.addTransition(last, last, '0');
        out.addTransition(places == 0 ? point[0] : rows[places][0], last, '0');
    }
}

package pantheon.night.language.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.automaton.UnsupportedPattern;

final class DecimalsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "0, 10",
                "-5, 5",
                "-10, -3",
                "1.5, 2.25",
                "-0.5, 0.5",
                "none, 7",
                "7, none",
                "none, -7",
                "-7, none",
                "0, none",
                "none, 0",
                "99, 101",
                "0.001, 0.1",
                "-100.25, -99.75",
                "1000, 1000",
                "0, 0",
                "-12.5, 1200"
            })
    void holds_just_the_numbers_between_bounds(@Nullable String low, @Nullable String high) {
        for (int exclusive = 0; exclusive < 4; exclusive++) {
            boolean above = (exclusive & 1) != 0;
            boolean below = (exclusive & 2) != 0;
            var minimum = low == null ? null : new BigDecimal(low);
            var maximum = high == null ? null : new BigDecimal(high);
            var language = Decimals.language(minimum, above, maximum, below, false, null);
            var random = new Random(3);
            for (int i = 0; i < 3_000; i++) {
                var text = number(random);
                var value = new BigDecimal(text);
                boolean within = (minimum == null || value.compareTo(minimum) >= (above ? 1 : 0))
                        && (maximum == null || value.compareTo(maximum) <= (below ? -1 : 0));
                assertEquals(within, Automatons.accepts(language, text), text + " in " + low + " to " + high);
            }
        }
    }

    private static String number(Random random) {
        var whole = random.nextInt(3) == 0
                ? "0"
                : Integer.toString(random.nextInt(1, (int) Math.pow(10, random.nextInt(1, 5))));
        var fraction = random.nextBoolean()
                ? ""
                : "." + "%03d".formatted(random.nextInt(1000)).substring(0, random.nextInt(1, 4));
        return (random.nextBoolean() ? "-" : "") + whole + fraction;
    }

    @ParameterizedTest
    @CsvSource({"3", "7", "12", "0.01", "0.25", "2.5", "0.5", "100", "1000"})
    void holds_just_the_multiples(BigDecimal step) {
        var language = Decimals.language(null, false, null, false, false, step);
        var random = new Random(4);
        int found = 0;
        for (int i = 0; i < 5_000; i++) {
            var text = i % 3 == 0
                    ? step.multiply(BigDecimal.valueOf(random.nextInt(200))).toPlainString()
                    : number(random);
            boolean multiple = new BigDecimal(text).remainder(step).signum() == 0;
            found += multiple ? 1 : 0;
            assertEquals(multiple, Automatons.accepts(language, text), text + " of " + step);
        }
        assertTrue(found > 1_000);
    }

    @Test
    void integers_are_written_plainly() {
        var integers = Decimals.language(null, false, null, false, true, null);
        for (var text : new String[] {"0", "-1", "10", "123456789012345678901234567890"}) {
            assertTrue(Automatons.accepts(integers, text), text);
        }
        for (var text : new String[] {"1.0", "1e3", "01", "-", "", "+1", "1."}) {
            assertFalse(Automatons.accepts(integers, text), text);
        }
    }

    @Test
    void exponents_are_for_numbers_whose_sign_alone_is_bounded() {
        var any = Decimals.language(null, false, null, false, false, null);
        var positive = Decimals.language(BigDecimal.ZERO, true, null, false, false, null);
        var bounded = Decimals.language(BigDecimal.ONE, false, null, false, false, null);
        assertTrue(Automatons.accepts(any, "-1.5e-07"));
        assertTrue(Automatons.accepts(any, "12.5"));
        assertFalse(Automatons.accepts(any, "4.3E63"), "validators compare with 64-bit integers");
        assertTrue(Automatons.accepts(positive, "1e+16"));
        assertFalse(Automatons.accepts(positive, "0e+16"));
        assertFalse(Automatons.accepts(bounded, "1e+16"));
        assertFalse(Automatons.accepts(any, "1e999"), "no double holds it");
    }

    @Test
    void what_needs_too_large_an_automaton_is_refused() {
        assertThrows(
                UnsupportedPattern.class,
                () -> Decimals.language(null, false, null, false, false, new BigDecimal("99991")));
        assertThrows(
                UnsupportedPattern.class,
                () -> Decimals.language(new BigDecimal("1e500"), false, null, false, false, null));
    }
}

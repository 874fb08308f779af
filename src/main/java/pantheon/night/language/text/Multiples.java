package pantheon.night.language.text;

import java.math.BigDecimal;
import java.util.List;
import org.apache.lucene.util.automaton.Automaton;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.automaton.UnsupportedPattern;

/** Numbers that are written out and whose value is a multiple of a step, by the remainder of their digits. */
final class Multiples {
    private static final int MOST_REMAINDERS = 5_000;

    private final int modulus;
    private final int places;
    private final Automaton.Builder out = new Automaton.Builder();
    private final int sign;
    private final int first;
    private final int zero;
    /** For each remainder a state: in the first row before the point, then behind each place after it. */
    private final int[][] rows;
    /** For each remainder the state behind the point. */
    private final int[] point;

    /**
     * @param modulus the step without its point
     * @param places how many digits the step has behind the point
     */
    private Multiples(int modulus, int places) {
        this.modulus = modulus;
        this.places = places;
        sign = out.createState();
        first = out.createState();
        zero = out.createState();
        rows = new int[places + 2][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = states();
        }
        point = states();
    }

    private int[] states() {
        var states = new int[modulus];
        for (int rest = 0; rest < modulus; rest++) {
            states[rest] = out.createState();
        }
        return states;
    }

    /** @throws UnsupportedPattern where the step is not positive, or too many remainders would be told apart */
    static Automaton of(BigDecimal step) {
        var plain = step.stripTrailingZeros();
        int places = Math.max(0, plain.scale());
        var unit = plain.setScale(places).unscaledValue();
        if (unit.signum() <= 0) {
            throw new UnsupportedPattern("multipleOf is %s; expected more than 0".formatted(step));
        }
        if (unit.bitLength() > 16 || unit.intValueExact() * (places + 2L) > MOST_REMAINDERS) {
            throw new UnsupportedPattern("an automaton of the multiples of %s is too complex".formatted(step));
        }
        return new Multiples(unit.intValueExact(), places).automaton();
    }

    private Automaton automaton() {
        begin();
        for (int rest = 0; rest < modulus; rest++) {
            goOn(rest);
            for (int place = 0; place <= places; place++) {
                out.setAccept(rows[place][rest], isMultiple(rest, place));
            }
        }
        goOnWithZeros();
        return Automatons.deterministic(out.finish());
    }

    private void begin() {
        out.addTransition(sign, first, '-');
        for (int from : List.of(sign, first)) {
            out.addTransition(from, zero, '0');
            for (int digit = 1; digit <= 9; digit++) {
                out.addTransition(from, rows[0][digit % modulus], '0' + digit);
            }
        }
        out.addTransition(zero, point[0], '.');
        out.setAccept(zero, true);
    }

    private void goOn(int rest) {
        out.addTransition(rows[0][rest], point[rest], '.');
        for (int digit = 0; digit <= 9; digit++) {
            int next = (rest * 10 + digit) % modulus;
            out.addTransition(rows[0][rest], rows[0][next], '0' + digit);
            for (int place = 0; place < places; place++) {
                out.addTransition(behindPoint(place, rest), rows[place + 1][next], '0' + digit);
            }
        }
    }

    private int behindPoint(int place, int rest) {
        return place == 0 ? point[rest] : rows[place][rest];
    }

    /** Whether digits with a remainder are a multiple, once zeros stand in the places that are left. */
    private boolean isMultiple(int rest, int place) {
        long whole = rest;
        for (int i = place; i < places; i++) {
            whole = whole * 10 % modulus;
        }
        return whole % modulus == 0;
    }

    /** Behind the last place that counts, zeros alone can follow. */
    private void goOnWithZeros() {
        int last = rows[places + 1][0];
        out.setAccept(last, true);
        out.addTransition(last, last, '0');
        out.addTransition(behindPoint(places, 0), last, '0');
    }
}

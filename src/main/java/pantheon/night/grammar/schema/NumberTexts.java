package pantheon.night.grammar.schema;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.automaton.Automaton;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.schema.branch.NumberBounds;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.text.ByteTable;
import pantheon.night.language.text.Decimals;

/** How the numbers within some bounds are written, each made once. */
final class NumberTexts {
    /** The shapes that almost every schema has. */
    private static final TextShape ANY_NUMBER = plain(false);

    private static final TextShape ANY_INTEGER = plain(true);

    private final Map<List<Object>, ByteTable> made = new HashMap<>();

    private static TextShape plain(boolean integer) {
        return new TextShape(ByteTable.of(Decimals.language(null, false, null, false, integer, null)));
    }

    TextShape within(NumberBounds bounds) {
        if (bounds.isPlain()) {
            return bounds.isInteger() ? ANY_INTEGER : ANY_NUMBER;
        }
        return new TextShape(made.computeIfAbsent(key(bounds), missing -> ByteTable.of(decimals(bounds))));
    }

    private static List<Object> key(NumberBounds bounds) {
        return List.of(
                String.valueOf(bounds.minimum()),
                String.valueOf(bounds.maximum()),
                bounds.isMinimumExclusive(),
                bounds.isMaximumExclusive(),
                bounds.isInteger(),
                bounds.isFractional(),
                List.copyOf(bounds.multiples()),
                List.copyOf(bounds.others()));
    }

    private static Automaton decimals(NumberBounds bounds) {
        var multiples = bounds.multiples();
        var all = language(bounds, multiples.isEmpty() ? null : multiples.getFirst());
        for (var multiple : multiples.stream().skip(1).toList()) {
            all = Automatons.intersection(all, language(bounds, multiple));
        }
        if (bounds.isFractional()) {
            all = Automatons.intersection(all, Decimals.fractional());
        }
        return bounds.others().isEmpty()
                ? all
                : without(bounds.others(), Automatons.intersection(all, Decimals.plain()));
    }

    private static Automaton without(List<BigDecimal> others, Automaton all) {
        var rest = all;
        for (var value : others) {
            rest = Automatons.minus(rest, Decimals.language(value, false, value, false, false, null));
        }
        return rest;
    }

    private static Automaton language(NumberBounds bounds, @Nullable BigDecimal multipleOf) {
        return Decimals.language(
                bounds.minimum(),
                bounds.isMinimumExclusive(),
                bounds.maximum(),
                bounds.isMaximumExclusive(),
                bounds.isInteger(),
                multipleOf);
    }
}
